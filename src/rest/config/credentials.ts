import type { Endpoint } from '../connection/endpoint.ts';
import type { SentHeaders } from '../connection/sent-request.ts';

/** The server of a request, its TLS settings, and the user that it is sent as. */
export interface Credentials {
  readonly endpoint: Endpoint;
  /** `authorization` and the like. */
  readonly headers: SentHeaders;
}

/** A question for credentials, as their source sees it. */
export interface CredentialsQuestion {
  /** Aborted when no request waits for the answer any more. The source then ends everything that it started for it. */
  readonly signal: AbortSignal;
  /**
   * The thing that the source waits for at the moment, in words for an error: `the file /token`. The source sets it.
   */
  readonly waitsFor: Set<string>;
}

/** A source of credentials. */
export interface CredentialsSource {
  /**
   * The current credentials. A rejection is quoted only if it is a `CredentialsFailure`, because other errors may
   * hold secrets.
   */
  read(question: CredentialsQuestion): Promise<Credentials>;
  /** The server of the requests, if it is known before credentials are read: `https://10.0.0.1:6443`. */
  readonly host?: string | undefined;
  /** The identity of the thing that it would read now. If it changes, older questions do not answer new ones. */
  readonly readsFrom?: string;
  /** The server refused these credentials. The source may not hand out a kept copy of them again. */
  forget?(): void;
}
