import { Observable, type OperatorFunction } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { guardedObserver } from '../../streams/guarded-observer.ts';
import type { HttpEvent } from '../request/http-client.ts';
import { malformed } from './object-rule.ts';

/**
 * The longest body that is read, in bytes. It is the length of V8's longest string, 2^29 - 24 characters: a text never
 * has more characters than bytes.
 */
export const longestBody: number = 2 ** 29 - 24;

/**
 * Decodes a body as text, part by part as it comes. A character that is cut between two chunks comes whole. A body of
 * more than `maxBytes` is the `KubeError` TooLarge: at once if its `Content-Length` says so, otherwise as soon as it is
 * too long. Invalid UTF-8 is Malformed.
 */
export function bodyTexts(resource: string, maxBytes: number = longestBody): OperatorFunction<HttpEvent, string> {
  return (source) =>
    new Observable((subscriber) => {
      const decoder = new TextDecoder('utf-8', { fatal: true });
      let length = 0;
      const decoded = (bytes?: Uint8Array): string | undefined => {
        try {
          return decoder.decode(bytes, { stream: bytes !== undefined });
        } catch {
          return undefined;
        }
      };
      const tell = (text: string | undefined) => {
        if (text === undefined) subscriber.error(malformed(resource, 'the body of the response is not UTF-8'));
        else if (text !== '') subscriber.next(text);
      };
      const observer = guardedObserver<HttpEvent>(subscriber, {
        next: (event) => {
          if (event.type === 'chunk') {
            length += event.bytes.length;
            if (length > maxBytes) subscriber.error(tooLarge(resource, maxBytes));
            else tell(decoded(event.bytes));
          } else if (Number(event.header('content-length')) > maxBytes) {
            subscriber.error(tooLarge(resource, maxBytes));
          }
        },
        complete: () => {
          tell(decoded());
          subscriber.complete();
        },
      });
      return source.subscribe(observer);
    });
}

function tooLarge(resource: string, maxBytes: number): KubeError {
  const message = `the body of the response has more than ${maxBytes} bytes: ask for smaller pages`;
  return new KubeError({ reason: 'TooLarge', resource, message });
}
