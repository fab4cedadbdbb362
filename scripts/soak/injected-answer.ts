import type { AnswerFault } from './fault.ts';

// The reasons that a kube-apiserver gives with these codes. Source: apimachinery `api/errors/errors.go`.
const reasons = {
  410: ['Gone', 'Expired', 'The resourceVersion for the provided list is too old.'],
  429: ['Too Many Requests', 'TooManyRequests', 'Too many requests, please try again later.'],
  500: ['Internal Server Error', 'InternalError', 'Internal error occurred'],
  503: ['Service Unavailable', 'ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Gateway Timeout', 'Timeout', 'Timeout: request did not complete within the allotted timeout'],
} as const;

/** A whole HTTP/1.1 response that fails a request. The connection stays good for the next one. */
export function injectedAnswer({ code, plain, retryAfter }: AnswerFault): Buffer {
  const [phrase, reason, message] = reasons[code];
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  const body = plain ? `${message}\n` : `${JSON.stringify(status)}\n`;
  const lines = [
    `HTTP/1.1 ${code} ${phrase}`,
    `Content-Type: ${plain ? 'text/plain; charset=utf-8' : 'application/json'}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
