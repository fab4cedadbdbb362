import type { Observable } from 'rxjs';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import type { Status } from '../../../protocol/errors/status.ts';

/** An answer of text, in one piece or in slices that are made when they are drawn. */
export interface TextReply {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Iterable<string>;
}

/** An answer that goes on: batches of lines, the headers with the first batch. */
export interface StreamReply {
  readonly batches$: Observable<Iterable<string>>;
}

/** No answer: the connection is reset, or the client waits for ever. */
export type NoReply = 'reset' | 'hang';

/** What a request is answered with. */
export type ApiReply = TextReply | StreamReply | NoReply;

/** The headers of everything that is JSON. */
export const jsonHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache, private',
  'Content-Type': 'application/json',
};

/** A body of JSON: on one line, for clients that read errors line by line. */
export function jsonReply(code: number, value: object): TextReply {
  return { code, headers: jsonHeaders, body: `${exactText(value)}\n` };
}

/** A body of JSON text that is there already. */
export function jsonTextReply(code: number, body: string | Iterable<string>): TextReply {
  return { code, headers: jsonHeaders, body };
}

/** A plain text. */
export function plainReply(code: number, text: string, headers: Readonly<Record<string, string>> = {}): TextReply {
  return {
    code,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', ...headers },
    body: `${text}\n`,
  };
}

/** A Status with its own code; `details.retryAfterSeconds` shows in the header too. */
export function statusReply(status: Status): TextReply {
  const reply = jsonReply(status.code ?? 500, status);
  const seconds = status.details?.retryAfterSeconds;
  return seconds === undefined ? reply : { ...reply, headers: { ...reply.headers, 'Retry-After': String(seconds) } };
}
