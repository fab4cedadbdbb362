import { type ApiReply, jsonReply, type NoReply } from './api-reply.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** An answer of the caller's own making. */
export interface InterceptedReply {
  readonly code: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, an object as JSON. Default: nothing. */
  readonly body?: string | object;
}

/** Looks at a request and may answer it; `undefined`: the server answers. */
export type Interceptor = (request: RecordedRequest) => InterceptedReply | NoReply | undefined;

/**
 * The reply that an interceptor's answer stands for.
 *
 * @throws TypeError for a code that HTTP does not have.
 */
export function interceptedReply(reply: InterceptedReply | NoReply): ApiReply {
  if (reply === 'reset' || reply === 'hang') return reply;
  const { code, headers = {}, body = '' } = reply;
  // Node throws at others, in the middle of the answer.
  if (!Number.isInteger(code) || code < 200 || code > 599) {
    throw new TypeError(`an interceptor answered with the invalid code ${String(code)}: expected one from 200 to 599`);
  }
  if (typeof body === 'string') return { code, headers, body };
  const json = jsonReply(code, body);
  return { ...json, headers: { ...json.headers, ...headers } };
}
