import type { CredentialsQuestion } from '../../rest/config/credentials.ts';

/** What a user is let in by: a bearer token, a client certificate with its key, or both. */
export interface LoginMaterial {
  readonly token?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** How a user is let in. */
export interface Login {
  /** What lets them in now. Rejects with a `CredentialsFailure` where there is nothing. */
  read(question: CredentialsQuestion): Promise<LoginMaterial>;
  /** The server refused what was read. */
  forget?(): void;
}
