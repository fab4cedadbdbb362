import { isDeepStrictEqual } from 'node:util';
import { KubeError } from '../protocol/kube-error.ts';
import { type Endpoint, endpointKey } from './endpoint.ts';

/** What a request needs to be let in: where it goes, how, and as whom. */
export interface Credentials {
  readonly endpoint: Endpoint;
  /** `authorization` and the like. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where credentials come from. */
export interface CredentialsSource {
  /** Those of now. What it rejects with is told where it is a {@link CredentialsFailure}; else it is not, as it may hold secrets. */
  read(): Promise<Credentials>;
  /** The server refused what was read: what is kept of it may not be handed out again. */
  forget?(): void;
}

/** Why there are no credentials, in words for an error: no secret may be in them. */
export class CredentialsFailure extends Error {}

/**
 * Asks a source for credentials. To be asked for every request: tokens rotate. Requests at the same time share one
 * question, so one run of a credential plugin.
 */
export class CredentialsAsker {
  readonly #source: CredentialsSource;
  #asking: Promise<Credentials> | undefined;
  #latest: Credentials | undefined;

  constructor(source: CredentialsSource) {
    this.#source = source;
  }

  /**
   * The credentials of now. `refused` are those that the server has just answered with 401: as long as there are no
   * others, caches are passed over. Rejects with the `KubeError` Credentials, which holds no secret.
   */
  ask(resource: string, refused?: Credentials): Promise<Credentials> {
    if (refused !== undefined && refused === this.#latest) {
      this.#latest = undefined;
      // Whoever asked before may get what was refused.
      this.#asking = undefined;
      this.#source.forget?.();
    }
    this.#asking ??= this.#read();
    return this.#asking.then(
      (credentials) => this.#keep(credentials),
      (error: unknown) => Promise.reject(credentialsError(resource, error)),
    );
  }

  // Equal ones are one object, so that a refusal counts, whichever request it comes from.
  #keep(credentials: Credentials): Credentials {
    if (this.#latest === undefined || !isEqual(this.#latest, credentials)) this.#latest = credentials;
    return this.#latest;
  }

  #read(): Promise<Credentials> {
    const asking = this.#source.read().finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    return asking;
  }
}

function isEqual(one: Credentials, other: Credentials): boolean {
  return isDeepStrictEqual(one.headers, other.headers) && endpointKey(one.endpoint) === endpointKey(other.endpoint);
}

function credentialsError(resource: string, error: unknown): KubeError {
  const known = error instanceof CredentialsFailure ? error.message : undefined;
  return new KubeError({
    reason: 'Credentials',
    resource,
    message: known ?? 'the credentials could not be read or refreshed',
  });
}
