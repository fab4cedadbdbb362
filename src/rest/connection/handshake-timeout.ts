import type { TLSSocket } from 'node:tls';

/** The other side accepted a connection, and the handshake was not over in time. */
export class HandshakeTimeout extends Error {
  /** The time that it had, in milliseconds. */
  readonly limit: number;

  constructor(limit: number) {
    super(`the handshake was not over within ${limit / 1000} s`);
    this.name = 'HandshakeTimeout';
    this.limit = limit;
  }
}

/**
 * Calls back with the error once the TLS handshake of a socket has taken longer than `limit` milliseconds, counted from
 * the time at which it was connected. Does nothing for a socket whose handshake is over. Returns a function that stops
 * the timer; the end of the socket stops it too.
 */
export function limitHandshake(socket: TLSSocket, limit: number, late: (error: HandshakeTimeout) => void): () => void {
  // A protocol means that the handshake is over. Source: Node, tls.TLSSocket, alpnProtocol.
  if (socket.alpnProtocol !== null) return () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    timer = setTimeout(() => late(new HandshakeTimeout(limit)), limit);
  };
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('connect', start).off('secureConnect', stop).off('close', stop);
  };
  if (socket.connecting) socket.once('connect', start);
  else start();
  socket.once('secureConnect', stop).once('close', stop);
  return stop;
}
