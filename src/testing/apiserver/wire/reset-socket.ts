import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * Breaks a connection, as when the process is killed. One that is shutting down is closed instead: Node fails to reset
 * it and then never closes it; so is one that is encrypted, whose end comes without a word then. Nothing happens without one.
 */
export function resetSocket(socket: Socket | null): void {
  if (socket?.writableEnded === true || socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}
