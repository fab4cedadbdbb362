import { createGunzip } from 'node:zlib';
import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { HttpEvent, HttpHead } from '../../transport/request/http-client.ts';

/**
 * Unpacks the body of a response that is sent as gzip, part by part as it comes: what the server has flushed is given without
 * waiting for more. Other responses are passed on as they are. Nothing is asked for here: a proxy may pack what it passes on,
 * and a caller may send `accept-encoding`. A body that is not gzip is the `KubeError` Malformed, one that ends too early
 * Network. A response with a 2xx status in another encoding is Malformed.
 */
export function gunzipped(resource: string): MonoTypeOperatorFunction<HttpEvent> {
  return (source) =>
    new Observable((subscriber) => {
      let unpack: Unpack | undefined;
      const fail = (reason: 'Malformed' | 'Network', message: string, cause?: unknown): void =>
        subscriber.error(new KubeError({ reason, resource, message, cause }));
      const begin = (head: HttpHead): void => {
        const encoding = head.header('content-encoding')?.trim().toLowerCase() ?? '';
        if (isGzip(encoding)) {
          unpack = unpacker(
            (bytes) => subscriber.next({ type: 'chunk', bytes }),
            (error) => {
              if (error.code === 'Z_BUF_ERROR') fail('Network', 'the response ended before its gzip did', error);
              else fail('Malformed', 'the body of the response is not the gzip that its head says', error);
            },
          );
          subscriber.add(unpack.stop);
        } else if (encoding !== '' && encoding !== 'identity' && head.status >= 200 && head.status < 300) {
          fail('Malformed', 'the body of the response has a content encoding that is not read; gzip is');
          return;
        }
        subscriber.next(head);
      };
      return source.subscribe({
        next(event) {
          if (event.type === 'head') begin(event);
          else if (unpack === undefined) subscriber.next(event);
          else unpack.take(event.bytes);
        },
        error(error: unknown) {
          if (unpack === undefined) subscriber.error(error);
          else unpack.after(() => subscriber.error(error));
        },
        complete() {
          if (unpack === undefined) subscriber.complete();
          else unpack.end(() => subscriber.complete());
        },
      });
    });
}

interface Unpack {
  readonly take: (bytes: Uint8Array) => void;
  /** Runs `action` once all that came is unpacked. */
  readonly after: (action: () => void) => void;
  /** The same after the end of the body. */
  readonly end: (action: () => void) => void;
  readonly stop: () => void;
}

function unpacker(onbytes: (bytes: Uint8Array) => void, onerror: (error: NodeJS.ErrnoException) => void): Unpack {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  gunzip.on('data', onbytes);
  gunzip.on('error', onerror);
  return {
    take: (bytes) => gunzip.write(bytes),
    after: (action) => gunzip.write(new Uint8Array(0), () => action()),
    end(action) {
      gunzip.on('end', action);
      gunzip.end();
    },
    stop: () => gunzip.destroy(),
  };
}

function isGzip(encoding: string): boolean {
  return encoding === 'gzip' || encoding === 'x-gzip';
}
