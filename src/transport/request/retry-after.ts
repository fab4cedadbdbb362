import type { HttpHead } from './http-client.ts';

/**
 * The delay that the server asks for, in milliseconds. `Retry-After` is a number of seconds or a date. A date counts
 * from the response's own `Date`, so that no local clock matters, or else from `now`. `undefined` for any other value.
 */
export function retryAfter(head: HttpHead, now?: () => number): number | undefined {
  const value = head.header('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^[0-9]+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const then = milliseconds(value);
  const sent = milliseconds(head.header('date') ?? '') ?? timeOf(now);
  return then === undefined || sent === undefined ? undefined : Math.max(0, then - sent);
}

// A clock that fails counts as missing: the error of the request must not be lost for it.
function timeOf(now: (() => number) | undefined): number | undefined {
  try {
    return now?.();
  } catch {
    return undefined;
  }
}

function milliseconds(date: string): number | undefined {
  // eslint-disable-next-line no-restricted-globals -- Parses a text; it reads no clock.
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
