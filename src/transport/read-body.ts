import { Observable, type OperatorFunction } from 'rxjs';
import { KubeError } from '../protocol/kube-error.ts';
import type { HttpEvent } from './http-client.ts';
import { malformed } from './object-rule.ts';

/**
 * The longest body that is read, in bytes: V8's longest string, 2^29 - 24 characters, and no text has more characters
 * than bytes. Larger collections come in pages or as a stream.
 */
export const longestBody: number = 2 ** 29 - 24;

/**
 * The whole body as one text, on completion. A body of more than `maxBytes` is the `KubeError` TooLarge: at once where
 * its `Content-Length` says so, otherwise as soon as it has grown too long. What is not UTF-8 is Malformed.
 */
export function readBody(resource: string, maxBytes: number = longestBody): OperatorFunction<HttpEvent, string> {
  return (source) =>
    new Observable((subscriber) => {
      const chunks: Uint8Array[] = [];
      let length = 0;
      const grow = (bytes: number) => {
        length += bytes;
        if (length > maxBytes) subscriber.error(tooLarge(resource, maxBytes));
      };
      return source.subscribe({
        next: (event) => {
          if (event.type === 'chunk') {
            grow(event.bytes.length);
            chunks.push(event.bytes);
          } else if (Number(event.header('content-length')) > maxBytes) {
            subscriber.error(tooLarge(resource, maxBytes));
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          const text = decode(chunks, length);
          if (text === undefined) {
            subscriber.error(malformed(resource, 'the body of the response is not UTF-8'));
          } else {
            subscriber.next(text);
            subscriber.complete();
          }
        },
      });
    });
}

function decode(chunks: readonly Uint8Array[], length: number): string | undefined {
  const [first] = chunks;
  let body = first ?? new Uint8Array(0);
  if (chunks.length > 1) {
    body = new Uint8Array(length);
    let offset = 0;
    for (const chunk of chunks) {
      body.set(chunk, offset);
      offset += chunk.length;
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function tooLarge(resource: string, maxBytes: number): KubeError {
  const message = `the body of the response has more than ${maxBytes} bytes: ask for smaller pages`;
  return new KubeError({ reason: 'TooLarge', resource, message });
}
