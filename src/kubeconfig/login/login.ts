import type { CredentialsQuestion } from '../../rest/config/credentials.ts';
import type { TlsMaterial } from '../../rest/connection/endpoint.ts';
import type { SentHeaders } from '../../rest/connection/sent-request.ts';

/** What a user is let in by: a bearer token, a client certificate with its key, or both. */
export interface LoginMaterial {
  readonly token?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Further headers of each request, by names in small letters. They hold credentials. */
  readonly headers?: SentHeaders | undefined;
  /** TLS settings that go before those of the cluster and the user. */
  readonly tls?: TlsMaterial | undefined;
}

/** How a user is let in. */
export interface Login {
  /** What lets them in now. Rejects with a `CredentialsFailure` where there is nothing. */
  read(question: CredentialsQuestion): Promise<LoginMaterial>;
  /** The server refused this, which was read. What was read since may be good. */
  forget?(refused: LoginMaterial): void;
}
