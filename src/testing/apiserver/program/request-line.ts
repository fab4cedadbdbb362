import { printable } from '../../../protocol/errors/printable.ts';
import type { AnsweredRequest } from '../requests/answered-request.ts';

/** A request as one line of the log: the code, the time, and what was asked. Without headers, credentials and bodies. */
export function requestLine({ method, path, query, code, milliseconds, userAgent }: AnsweredRequest): string {
  const asked = new URLSearchParams({ ...query }).toString();
  const agent = userAgent === undefined ? '' : ` (${printable(userAgent, 60)})`;
  return printable(`${code} ${Math.round(milliseconds)} ms ${method} ${path}${asked && `?${asked}`}${agent}`);
}
