import { Observable } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { HttpEvent } from '../../transport/request/http-client.ts';

/** What is used of a WebSocket. */
export interface Socket {
  binaryType: string;
  close(code?: number): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
}

/** Opens WebSockets, as the platform's `WebSocket` does. */
export type SocketConstructor = new (url: string, protocols?: string[]) => Socket;

/** One watch over a WebSocket. */
export interface WatchSocketOptions {
  readonly resource: string;
  readonly url: string;
  readonly protocols: readonly string[];
  readonly WebSocket: SocketConstructor;
  /** Called in place of an error where the WebSocket was not opened: a browser does not tell why. */
  readonly onRefused: () => void;
}

/** The end of a watch whose time is over, of a server that goes away, and one without a word of a proxy. */
const cleanCodes: ReadonlySet<number> = new Set([1000, 1001, 1005]);

const lineFeed = 10;

/**
 * A watch over a WebSocket as the response of an HTTP request: a head of status 200 when it is open, then one chunk for each
 * frame, with a line feed at its end. Completes when the server closes it, errors with the `KubeError` Network when it breaks.
 * Unsubscribing closes it.
 */
export function watchSocket({
  resource,
  url,
  protocols,
  WebSocket,
  onRefused,
}: WatchSocketOptions): Observable<HttpEvent> {
  return new Observable((subscriber) => {
    let isOpen = false;
    const socket = opened();
    if (socket === undefined) return undefined;
    const encoder = new TextEncoder();
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      isOpen = true;
      // A browser prints an error for a WebSocket that is closed before it is open.
      if (subscriber.closed) socket.close();
      subscriber.next({ type: 'head', status: 200, header: () => undefined });
    });
    socket.addEventListener('message', ({ data }) => {
      const bytes = typeof data === 'string' ? encoder.encode(ended(data)) : endedBytes(data);
      if (bytes === undefined) subscriber.error(broken('gave a frame that is neither text nor bytes'));
      else if (bytes.length > 0) subscriber.next({ type: 'chunk', bytes });
    });
    // What a browser calls an error is followed by a close with a code.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code }) => {
      if (subscriber.closed) return;
      if (!isOpen) onRefused();
      else if (cleanCodes.has(code)) subscriber.complete();
      else subscriber.error(broken(`was closed with the code ${code}`));
    });
    return () => {
      if (isOpen) socket.close();
    };

    function opened(): Socket | undefined {
      try {
        return new WebSocket(url, [...protocols]);
      } catch {
        // A token that no subprotocol can have, or a page that may open none: the platform's error would quote what it was given.
        onRefused();
        return undefined;
      }
    }
  });

  function broken(what: string): KubeError {
    return new KubeError({ reason: 'Network', resource, message: `the WebSocket of the watch ${what}` });
  }
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function endedBytes(data: unknown): Uint8Array | undefined {
  if (!(data instanceof ArrayBuffer)) return undefined;
  const bytes = new Uint8Array(data);
  if (bytes.length === 0 || bytes.at(-1) === lineFeed) return bytes;
  const line = new Uint8Array(bytes.length + 1);
  line.set(bytes);
  line[bytes.length] = lineFeed;
  return line;
}
