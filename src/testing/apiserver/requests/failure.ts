import { resourceWords } from '../../../serving/served-resource.ts';
import { failureStatus } from '../../../serving/failure-status.ts';
import { type ApiReply, jsonReply, plainReply, statusReply } from './api-reply.ts';
import type { ApiRequest, Verb } from './api-request.ts';
import { forbidden, unauthorized } from './refusals.ts';

/** Which requests are to fail, how often, and how. */
export interface Failure {
  /**
   * The HTTP code: 401, 403, 404 (as of a resource that is gone), 410, 429, 500, 503, 504 with the texts of a
   * kube-apiserver. Or `reset`, which breaks the connection, or `hang`, which never answers.
   */
  readonly code: 401 | 403 | 404 | 410 | 429 | 500 | 503 | 504 | 'reset' | 'hang';
  /** How many requests fail. Default: 1. */
  readonly times?: number;
  /** Default: every verb. */
  readonly verbs?: readonly Verb[];
  /** By name, `v1/pods`. Default: every resource. */
  readonly resource?: string;
  /** Seconds, as a header, and in a Status as `details.retryAfterSeconds`. Default: 1 for 429, else none. */
  readonly retryAfter?: number;
  /** Of 429: as an overloaded server says it, in plain text. Default: false, as a server that is starting says it. */
  readonly plain?: boolean;
  /** In place of the server's text. */
  readonly message?: string;
}

function statusOf(failure: Failure, request: ApiRequest, code: number): ApiReply {
  const { message, retryAfter } = failure;
  const details = retryAfter === undefined ? undefined : { retryAfterSeconds: retryAfter };
  switch (code) {
    case 401:
      return statusReply(unauthorized());
    case 403:
      return statusReply(
        forbidden(request.target ?? { group: '', plural: '' }, request.verb ?? 'get', request.target?.namespace),
      );
    case 404:
      return plainReply(404, message ?? '404 page not found');
    case 410: {
      const text = message ?? 'The resourceVersion for the provided list is too old.';
      return statusReply(failureStatus(410, 'Expired', text, details));
    }
    case 429: {
      const retryAfterSeconds = retryAfter ?? 1;
      if (failure.plain === true) {
        const text = message ?? 'Too many requests, please try again later.';
        return plainReply(429, text, { 'Retry-After': String(retryAfterSeconds) });
      }
      const text = message ?? 'storage is (re)initializing';
      return statusReply(failureStatus(429, 'TooManyRequests', text, { retryAfterSeconds }));
    }
    case 503: {
      const text = message ?? 'the server is currently unable to handle the request';
      return statusReply(failureStatus(503, 'ServiceUnavailable', text, details));
    }
    case 504: {
      // As of a list that has timed out, whose Status lacks kind and apiVersion.
      const text = message ?? 'Timeout: request did not complete within the allotted timeout';
      const { kind: _kind, apiVersion: _apiVersion, ...status } = failureStatus(504, 'Timeout', text, details ?? {});
      return jsonReply(504, status);
    }
    default:
      return statusReply(failureStatus(500, 'InternalError', message ?? 'Internal error occurred', details));
  }
}

const codes: ReadonlySet<Failure['code']> = new Set<Failure['code']>([
  401,
  403,
  404,
  410,
  429,
  500,
  503,
  504,
  'reset',
  'hang',
]);

/** Failures that are still to happen, in the order in which they were asked for. */
export class PendingFailures {
  readonly #pending: { readonly failure: Failure; left: number }[] = [];

  /** Throws a TypeError for a failure with an invalid code. */
  add(failure: Failure): void {
    if (!codes.has(failure.code)) {
      throw new TypeError(`invalid code ${String(failure.code)} of a failure: expected ${[...codes].join(', ')}`);
    }
    this.#pending.push({ failure, left: failure.times ?? 1 });
  }

  clear(): void {
    this.#pending.length = 0;
  }

  /** The reply of the first failure that is meant for a request; it has one time less to happen. */
  next(request: ApiRequest): ApiReply | undefined {
    const { verb, target } = request;
    const entry = this.#pending.find(
      ({ failure: { verbs, resource }, left }) =>
        left > 0 &&
        (verbs === undefined || (verb !== undefined && verbs.includes(verb))) &&
        (resource === undefined || (target !== undefined && resource === resourceWords(target))),
    );
    if (entry === undefined) return undefined;
    entry.left--;
    if (entry.left <= 0) this.#pending.splice(this.#pending.indexOf(entry), 1);
    const { code } = entry.failure;
    return typeof code === 'string' ? code : statusOf(entry.failure, request, code);
  }
}
