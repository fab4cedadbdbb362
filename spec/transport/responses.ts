import { concat, from, type Observable, of, take } from 'rxjs';
import type { HttpChunk, HttpEvent, HttpHead } from '#src/transport/request/http-client.ts';

const encoder = new TextEncoder();

export function head(status: number, headers: Readonly<Record<string, string>> = {}): HttpHead {
  return { type: 'head', status, header: (name) => headers[name] };
}

export function chunk(content: string | Uint8Array): HttpChunk {
  return { type: 'chunk', bytes: typeof content === 'string' ? encoder.encode(content) : content };
}

/** A whole response, its body cut at the given places. */
export function response(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Observable<HttpEvent> {
  return concat(of(head(status, headers)), from(body === '' ? [] : [chunk(body)]));
}

/** The bytes in pieces: `cuts` are offsets, in any order. */
export function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const sorted = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, index) => bytes.slice(sorted[index], end));
}

/** The first value as a promise; unsubscribes after it. */
export function firstOf<T>(source$: Observable<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    source$.pipe(take(1)).subscribe({ next: resolve, error: reject });
  });
}
