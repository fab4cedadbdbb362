import { printable } from './printable.ts';
import type { Status } from './status.ts';
import { toldCause } from './told-cause.ts';
import { toldStatus } from './told-status.ts';

/** The reasons that a server gives in a {@link Status}. Source: apimachinery `meta/v1/types.go`, StatusReason. */
export type StatusReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Expired'
  | 'RequestEntityTooLarge'
  | 'UnsupportedMediaType'
  | 'Invalid'
  | 'TooManyRequests'
  | 'InternalError'
  | 'ServerTimeout'
  | 'StorageReadError'
  | 'ServiceUnavailable'
  | 'Timeout'
  | 'Unknown';

/**
 * The reasons found on this side of the connection.
 *
 * - `ConnectionRefused`: nothing listens there.
 * - `ConnectTimeout`: the connection, or its handshake, took longer than its deadline.
 * - `Network`: the connection broke; the cause has the system's error.
 * - `Idle`: a stream was silent for longer than the server was asked to keep it open, or than a connection may be silent, or
 *   a probe found its connection dead.
 * - `ShortWatch`: the server ended a watch at once and empty.
 * - `StreamCut`: a streaming list ended before its marker, or a stream in the middle of a frame.
 * - `MarkerMissing`: a streaming list was silent for too long before its marker.
 * - `Stale`: the server answered a list with an older version than it was asked for.
 * - `Malformed`: the server sent invalid JSON, or something else than was asked for; or an object without a key, which is left out.
 * - `TooLarge`: a list has more objects than it may have; or a frame, an item or a body is larger than the configured size, or
 *   than the longest string of JavaScript.
 * - `Credentials`: the credentials could not be read or refreshed.
 */
export type ClientReason =
  | 'ConnectionRefused'
  | 'ConnectTimeout'
  | 'Network'
  | 'Idle'
  | 'ShortWatch'
  | 'StreamCut'
  | 'MarkerMissing'
  | 'Stale'
  | 'Malformed'
  | 'TooLarge'
  | 'Credentials';

/** Why a request or a stream failed. */
export type KubeErrorReason = StatusReason | ClientReason;

/** What a {@link KubeError} is made of. */
export interface KubeErrorInit {
  readonly reason: KubeErrorReason;
  /** The resource that was asked for, in words: `v1/pods in default`. */
  readonly resource: string;
  /** The cause in one sentence, without secrets. */
  readonly message: string;
  /** The HTTP status, or the code of an in-stream Status. */
  readonly code?: number | undefined;
  readonly status?: Status | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A failed request or stream, by its reason. The message starts with the resource and names the cause, in one printable line
 * of at most 1,000 characters; it never holds credentials, headers or an object's content. In a stream of cache events it
 * travels as the value `Interrupted`.
 *
 * A `cause` that is not a KubeError is a copy: its name, code, message, place and causes, and nothing else that a platform or a
 * library may have added. So a log may show all that `console.log` and `JSON.stringify` show of this error. The
 * {@link status} is not part of that.
 */
export class KubeError extends Error {
  readonly reason: KubeErrorReason;
  /** The resource that was asked for, in words that can be printed. */
  readonly resource: string;
  readonly code: number | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
  readonly #status: Status | undefined;

  constructor({ reason, resource, message, code, status, retryAfter, cause }: KubeErrorInit) {
    const behind = cause instanceof KubeError ? cause : toldCause(cause);
    super(printable(`${resource}: ${message}`), behind === undefined ? undefined : { cause: behind });
    this.name = 'KubeError';
    this.reason = reason;
    this.resource = printable(resource);
    this.code = code;
    this.retryAfter = retryAfter !== undefined && retryAfter > 0 ? retryAfter : undefined;
    this.#status = status === undefined ? undefined : toldStatus(status);
  }

  /**
   * What the server said: up to 64 Ki characters, which may hold control characters and are not safe to print. Not enumerable, so
   * that no log has it by accident.
   */
  get status(): Status | undefined {
    return this.#status;
  }
}

// Reasons decide first; the code only where the server gave no reason (apimachinery api/errors, ReasonAndCodeForError).
const reasonByCode: Readonly<Record<number, StatusReason>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  408: 'Timeout',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const statusReasons: ReadonlySet<string> = new Set<StatusReason>([
  ...Object.values(reasonByCode),
  'AlreadyExists',
  'Gone',
  'ServerTimeout',
  'StorageReadError',
]);

/**
 * The error that a Status stands for. Its reason is the Status's, or follows from the code where that is unknown, and for 410
 * and 429 in any case. `retryAfter` is the longer of the header, in milliseconds, and `details.retryAfterSeconds`.
 *
 * ```ts
 * const error = kubeErrorFromStatus('v1/pods', { code: 404, reason: 'NotFound' });
 * ```
 */
export function kubeErrorFromStatus(resource: string, given: Status, code?: number, retryAfter?: number): KubeError {
  const status = toldStatus(given);
  const effectiveCode = status.code ?? code;
  const byCode = effectiveCode === undefined ? undefined : reasonByCode[effectiveCode];
  const known = status.reason !== undefined && statusReasons.has(status.reason);
  const byReason = known ? (status.reason as StatusReason) : undefined;
  const reason =
    effectiveCode === 429 || (effectiveCode === 410 && byReason !== 'Gone') ? byCode : (byReason ?? byCode);
  const seconds = status.details?.retryAfterSeconds ?? 0;
  const asked = Math.max(retryAfter ?? 0, seconds > 0 ? seconds * 1000 : 0);
  return new KubeError({
    reason: reason ?? 'Unknown',
    resource,
    message: status.message || `the server answered ${effectiveCode ?? 'an error'} without a message`,
    code: effectiveCode,
    status,
    retryAfter: asked > 0 ? asked : undefined,
  });
}

/**
 * True where the server no longer has the version that was asked for. Servers up to 1.17 said `Gone`.
 *
 * ```ts
 * pods.status$.subscribe(({ lastError }) => {
 *   if (lastError !== undefined && isExpired(lastError)) console.log('the version is gone');
 * });
 * ```
 */
export function isExpired(error: KubeError): boolean {
  return error.reason === 'Expired' || error.reason === 'Gone';
}

/**
 * True where the server has not reached the version that was asked for: it lags, or its etcd was restored. Servers say so in
 * three ways: by the reason of a cause; up to 1.18.5 only by the cause's message; up to 1.16 only by the Status's message.
 *
 * ```ts
 * pods.status$.subscribe(({ lastError }) => {
 *   if (lastError !== undefined && isResourceVersionTooLarge(lastError)) console.log('the server is behind');
 * });
 * ```
 */
export function isResourceVersionTooLarge({ status, reason }: KubeError): boolean {
  const causes = status?.details?.causes ?? [];
  if (causes.some((cause) => cause.reason === 'ResourceVersionTooLarge')) return true;
  const messages = [status?.message, ...causes.map((cause) => cause.message)];
  return reason === 'Timeout' && messages.some((message) => message?.includes('Too large resource version'));
}

/** A thrown value as a KubeError: itself if it is one, else an error of the given reason with a copy of it as the cause. */
export function kubeErrorFrom(resource: string, cause: unknown, reason: KubeErrorReason = 'Unknown'): KubeError {
  if (cause instanceof KubeError) return cause;
  return new KubeError({ reason, resource, message: wordsOf(toldCause(cause)), cause });
}

function wordsOf(told: unknown): string {
  return told instanceof Error ? told.message : String(told);
}
