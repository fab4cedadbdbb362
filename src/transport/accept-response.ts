import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { decodeFailure } from './decode/decode-status.ts';
import { guardedObserver } from '../streams/guarded-observer.ts';
import type { HttpEvent, HttpHead } from './request/http-client.ts';

/**
 * The most bytes of a failed response's body that are read. A Status has some hundred; the page of a proxy may have
 * more.
 */
const failureLimit = 64 * 1024;

/**
 * Passes a response with a 2xx status on, and turns any other response into its `KubeError`, with its Status and
 * `Retry-After`. Reads at most 64 KiB of a failed response's body. If the body breaks off, the part that came decides.
 */
export function acceptResponse(resource: string, now?: () => number): MonoTypeOperatorFunction<HttpEvent> {
  return (source) =>
    new Observable((subscriber) => {
      let failed: HttpHead | undefined;
      let body = '';
      let received = 0;
      const decoder = new TextDecoder();
      const fail = (head: HttpHead) => subscriber.error(decodeFailure(resource, head, body + decoder.decode(), now));
      const observer = guardedObserver<HttpEvent>(subscriber, {
        next: (event) => {
          if (event.type === 'head' && (event.status < 200 || event.status > 299)) failed = event;
          else if (failed === undefined) subscriber.next(event);
          else if (event.type === 'chunk') {
            const rest = event.bytes.subarray(0, failureLimit - received);
            received += rest.length;
            body += decoder.decode(rest, { stream: true });
            if (received === failureLimit) fail(failed);
          }
        },
        error: (error: unknown) => (failed === undefined ? subscriber.error(error) : fail(failed)),
        complete: () => (failed === undefined ? subscriber.complete() : fail(failed)),
      });
      return source.subscribe(observer);
    });
}
