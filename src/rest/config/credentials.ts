import { isDeepStrictEqual } from 'node:util';
import { Observable } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { type Endpoint, endpointKey } from '../connection/endpoint.ts';
import type { SentHeaders } from '../connection/sent-request.ts';

/** What a request needs to be let in: where it goes, how, and as whom. */
export interface Credentials {
  readonly endpoint: Endpoint;
  /** `authorization` and the like. */
  readonly headers: SentHeaders;
}

/** A question for credentials, as their source sees it. */
export interface CredentialsQuestion {
  /** Aborted when nobody waits for the answer any more: what was started for it is to be ended. */
  readonly signal: AbortSignal;
  /** What the source waits for at the moment, in words for an error: `the file /token`. The source keeps it. */
  readonly waitsFor: Set<string>;
}

/** Where credentials come from. */
export interface CredentialsSource {
  /** Those of now. What it rejects with is told where it is a {@link CredentialsFailure}; else it is not, as it may hold secrets. */
  read(question: CredentialsQuestion): Promise<Credentials>;
  /** Where requests go, as far as that is known before it is read: `https://10.0.0.1:6443`. */
  readonly host?: string | undefined;
  /** What it would read from now. A question that was asked of something else has no part in what is asked from now on. */
  readonly readsFrom?: string;
  /** The server refused what was read: what is kept of it may not be handed out again. */
  forget?(): void;
}

/** Why there are no credentials, in words for an error: no secret may be in them. */
export class CredentialsFailure extends Error {}

interface Asked {
  readonly answer: Promise<Credentials>;
  readonly waitsFor: ReadonlySet<string>;
  readonly abort: AbortController;
  readonly readsFrom: string | undefined;
  /** How many wait for the answer. */
  waiting: number;
}

/**
 * Asks a source for credentials. To be asked for every request: tokens rotate. Requests at the same time share one
 * question, so one run of a credential plugin. It is given up when none of them waits any more.
 */
export class CredentialsAsker {
  readonly #source: CredentialsSource;
  #asked: Asked | undefined;
  #latest: Credentials | undefined;

  constructor(source: CredentialsSource) {
    this.#source = source;
  }

  /** Where requests go, as far as its source knows that before it is asked. */
  get host(): string | undefined {
    return this.#source.host;
  }

  /**
   * The credentials of now, as one value; asked for at each subscription. `refused` are those that the server has just
   * answered with 401: as long as there are no others, caches are passed over. Errors with the `KubeError` Credentials, which
   * holds no secret, where there are none, or no answer within `limit` milliseconds.
   */
  ask(resource: string, limit: number, refused?: Credentials): Observable<Credentials> {
    return new Observable((subscriber) => {
      if (refused !== undefined && refused === this.#latest) {
        this.#latest = undefined;
        // Whoever asked before may get what was refused.
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
          // An answer that comes late is that of an older question: it decides nothing.
          if (subscriber.closed) return;
          subscriber.next(this.#keep(credentials));
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(credentialsError(resource, error)),
      );
    });
  }

  // Equal ones are one object, so that a refusal counts, whichever request it comes from.
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
