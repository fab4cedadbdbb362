import type { Socket } from 'node:net';
import tls from 'node:tls';
import { tcpKeepAlive } from './connection-options.ts';
import { type Endpoint, hostOf, portOf, serverIdentity } from './endpoint.ts';

/** The callbacks of {@link dial}. */
export interface DialObserver {
  /** The server has taken the connection; TLS is next. */
  readonly reached: () => void;
  /** The TLS handshake is over; `socket.alpnProtocol` is the protocol that the server chose. */
  readonly connected: (socket: tls.TLSSocket) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Opens a TLS connection on which the server chooses between HTTP/2 and HTTP/1.1. Returns a function that gives it up.
 * With invalid certificates it has failed when it returns.
 */
export function dial(endpoint: Endpoint, observer: DialObserver): () => void {
  const { tunnel } = endpoint;
  if (tunnel === undefined) return secure(endpoint, observer, undefined);
  const abort = new AbortController();
  const { signal } = abort;
  let close: () => void = () => undefined;
  tunnel.connect(hostOf(endpoint), portOf(endpoint), signal).then(
    (socket) => {
      if (signal.aborted) {
        socket.destroy();
        return;
      }
      observer.reached();
      close = secure(endpoint, observer, socket);
    },
    (error: unknown) => {
      if (!signal.aborted) observer.failed(error);
    },
  );
  return () => {
    abort.abort();
    close();
  };
}

function secure(endpoint: Endpoint, observer: DialObserver, through: Socket | undefined): () => void {
  const socket = connect(endpoint, observer, through);
  if (socket === undefined) return () => undefined;
  socket.setKeepAlive(true, tcpKeepAlive);
  socket.once('error', observer.failed);
  socket.once('connect', observer.reached);
  socket.once('secureConnect', () => {
    socket.off('error', observer.failed);
    observer.connected(socket);
  });
  return () => {
    socket
      .off('connect', observer.reached)
      .off('error', observer.failed)
      .on('error', () => undefined);
    socket.destroy();
  };
}

function connect(endpoint: Endpoint, observer: DialObserver, through: Socket | undefined): tls.TLSSocket | undefined {
  try {
    return tls.connect({
      ...endpoint.tls,
      ...serverIdentity(endpoint),
      host: hostOf(endpoint),
      port: portOf(endpoint),
      ALPNProtocols: ['h2', 'http/1.1'],
      ...(through !== undefined && { socket: through }),
    });
  } catch (error) {
    observer.failed(error);
    return undefined;
  }
}
