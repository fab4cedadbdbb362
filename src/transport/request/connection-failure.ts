import type { KubeErrorReason } from '../../protocol/errors/kube-error.ts';
import { memberOf } from '../member-of.ts';

/** A failure of a connection, in the words of a platform or a library. */
export interface ConnectionFailure {
  readonly reason: Extract<KubeErrorReason, 'ConnectionRefused' | 'ConnectTimeout' | 'Network'>;
  /** The word of the failure: `ECONNREFUSED`, `AbortError`. One of the words that are known here. */
  readonly word: string;
}

// The words of the system (Node's `errno`), of undici, of Node's streams and HTTP/2, and of axios.
const connectTimeouts = ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT'];
const broken = [
  ...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET', 'EADDRNOTAVAIL', 'ENOTCONN', 'EPROTO'],
  ...['ESOCKETTIMEDOUT', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_ABORTED'],
  ...['UND_ERR_CLOSED', 'UND_ERR_DESTROYED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'ABORT_ERR', 'ERR_ABORTED'],
  ...['ERR_STREAM_PREMATURE_CLOSE', 'ERR_SOCKET_CLOSED', 'ERR_HTTP2_STREAM_ERROR', 'ERR_HTTP2_STREAM_CANCEL'],
  ...['ERR_HTTP2_SESSION_ERROR', 'ERR_HTTP2_INVALID_SESSION', 'ERR_HTTP2_GOAWAY_SESSION', 'ERR_NETWORK'],
  ...['ERR_CANCELED'],
];
const names = ['AbortError', 'TimeoutError', 'ConnectTimeoutError', 'SocketError'];
const refused = ['ECONNREFUSED', 'ConnectionRefused'];

const failures: ReadonlyMap<string, ConnectionFailure> = new Map(
  (
    [
      ['ConnectionRefused', refused],
      ['ConnectTimeout', connectTimeouts],
      ['Network', [...broken, ...names]],
    ] as const
  ).flatMap(([reason, words]) => words.map((word) => [word, { reason, word }] as const)),
);

// TLS: OpenSSL's verification and Node's wrapper have no common list of codes, but their codes have common beginnings
// and ends.
const tls = /^(ERR_(SSL|TLS)_[A-Z0-9_]+|CERT_[A-Z_]+|[A-Z_]+_(CERT|CERTIFICATE|SIGNATURE)(_[A-Z_]+)?)$/;

// `fetch` throws a TypeError for every failure, and in a browser without a cause.
// The messages of undici; Chromium; Firefox; Safari; undici, for a body that broke off.
const fetchWords = ['fetch failed', 'Failed to fetch', 'NetworkError when', 'Load failed', 'terminated'];

/** The number of causes that are read. */
const deepest = 8;

/**
 * The failure of a connection that an error, one of its causes, or an error of an AggregateError names. The innermost
 * one counts: `fetch failed` says less than the ECONNREFUSED behind it. `undefined` if none names a failure.
 */
export function connectionFailure(error: unknown, left: number = deepest): ConnectionFailure | undefined {
  if (typeof error !== 'object' || error === null || left === 0) return undefined;
  const errors = memberOf(error, 'errors');
  for (const behind of [
    memberOf(error, 'cause'),
    ...(Array.isArray(errors) ? (errors.slice(0, deepest) as unknown[]) : []),
  ]) {
    const found = connectionFailure(behind, left - 1);
    if (found !== undefined) return found;
  }
  return ownFailure(memberOf(error, 'code'), memberOf(error, 'name'), memberOf(error, 'message'));
}

function ownFailure(code: unknown, name: unknown, message: unknown): ConnectionFailure | undefined {
  for (const word of [code, name]) {
    if (typeof word !== 'string') continue;
    const known = failures.get(word);
    if (known !== undefined) return known;
    if (word.length <= 100 && tls.test(word)) return { reason: 'Network', word };
  }
  if (name !== 'TypeError' || typeof message !== 'string') return undefined;
  const word = fetchWords.find((each) => message.startsWith(each));
  return word === undefined ? undefined : { reason: 'Network', word };
}
