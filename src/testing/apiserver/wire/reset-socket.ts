import type { Socket } from 'node:net';

/**
 * Breaks a connection, as when the process is killed. One that is shutting down is closed instead: Node fails to reset
 * it and then never closes it. Nothing happens without one.
 */
export function resetSocket(socket: Socket | null): void {
  if (socket?.writableEnded === true) socket.destroy();
  else socket?.resetAndDestroy();
}
