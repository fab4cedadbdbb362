import type { TLSSocket } from 'node:tls';

/** The other side took a connection, and its handshake was not over in time. */
export class HandshakeTimeout extends Error {
  /** How long it was given, in milliseconds. */
  readonly limit: number;

  constructor(limit: number) {
    super(`the handshake was not over within ${limit / 1000} s`);
    this.name = 'HandshakeTimeout';
    this.limit = limit;
  }
}

/**
 * Calls back with the error once the TLS handshake of a socket has taken longer than `limit` milliseconds, counted from when
 * its connection was there. Never of a socket whose handshake is over. Returns how to leave off, which its end does too.
 */
export function limitHandshake(socket: TLSSocket, limit: number, late: (error: HandshakeTimeout) => void): () => void {
  // It is known by the end of the handshake. Source: Node, tls.TLSSocket, alpnProtocol.
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
