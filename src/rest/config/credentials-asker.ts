import { isDeepStrictEqual } from 'node:util';
import { Observable } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { endpointKey } from '../connection/endpoint.ts';
import { CredentialsFailure } from './credentials-failure.ts';
import type { Credentials, CredentialsSource } from './credentials.ts';

interface Asked {
  readonly answer: Promise<Credentials>;
  readonly waitsFor: ReadonlySet<string>;
  readonly abort: AbortController;
  readonly readsFrom: string | undefined;
  /** The number of requests that wait for the answer. */
  waiting: number;
}

/**
 * Asks a source for credentials, for each request anew, because tokens rotate. Requests at the same time share one
 * question, so one run of a credential plugin. The question is given up when no request waits for it any more.
 */
export class CredentialsAsker {
  readonly #source: CredentialsSource;
  #asked: Asked | undefined;
  #latest: Credentials | undefined;

  constructor(source: CredentialsSource) {
    this.#source = source;
  }

  /** The server of the requests, if the source knows it before it is asked. */
  get host(): string | undefined {
    return this.#source.host;
  }

  /**
   * The current credentials, as one value, asked for at each subscription. `refused` are the credentials that the
   * server has just answered with 401; as long as there are no others, caches are not used. Errors with the `KubeError`
   * Credentials, which holds no secret, if there are none, or no answer within `limit` milliseconds.
   */
  ask(resource: string, limit: number, refused?: Credentials): Observable<Credentials> {
    return new Observable((subscriber) => {
      if (refused !== undefined && refused === this.#latest) {
        this.#latest = undefined;
        // An earlier question may be answered with the refused credentials.
        this.#asked = undefined;
        this.#source.forget?.();
      }
      if (this.#asked?.readsFrom !== this.#source.readsFrom) this.#asked = undefined;
      const asked = (this.#asked ??= this.#read());
      asked.waiting += 1;
      const deadline = setTimeout(() => subscriber.error(unanswered(resource, limit, asked.waitsFor)), limit);
      subscriber.add(() => {
        clearTimeout(deadline);
        asked.waiting -= 1;
        if (asked.waiting > 0) return;
        this.#done(asked);
        asked.abort.abort();
      });
      asked.answer.then(
        (credentials) => {
          // A late answer belongs to an older question and decides nothing.
          if (subscriber.closed) return;
          subscriber.next(this.#keep(credentials));
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(credentialsError(resource, error)),
      );
    });
  }

  // Equal credentials are one object, so that a refusal counts for all requests with them.
  #keep(credentials: Credentials): Credentials {
    if (this.#latest === undefined || !isEqual(this.#latest, credentials)) this.#latest = credentials;
    return this.#latest;
  }

  #read(): Asked {
    const abort = new AbortController();
    const waitsFor = new Set<string>();
    const { readsFrom } = this.#source;
    const answer = this.#source.read({ signal: abort.signal, waitsFor }).finally(() => this.#done(asked));
    const asked: Asked = { answer, waitsFor, abort, readsFrom, waiting: 0 };
    return asked;
  }

  #done(asked: Asked): void {
    if (this.#asked === asked) this.#asked = undefined;
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

function unanswered(resource: string, limit: number, waitsFor: ReadonlySet<string>): KubeError {
  const words = [...waitsFor].join(' and ') || 'credentials';
  const message = `waited ${limit / 1000} s for ${words} in vain; the next request asks again`;
  return new KubeError({ reason: 'Credentials', resource, message });
}
