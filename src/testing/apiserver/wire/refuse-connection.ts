import type { Duplex } from 'node:stream';

/** What Node calls the mistakes of a client, by the line of the answer. */
const answers: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * Answers what cannot be read as a request, and ends its connection: nothing that follows could be understood. The texts are
 * those of Go's `net/http`.
 */
export function refuseConnection(error: Error, socket: Duplex): void {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const line = answers[code] ?? '400 Bad Request';
  const head = ['Content-Type: text/plain; charset=utf-8', 'Connection: close'].join('\r\n');
  socket.once('error', () => undefined);
  // The rest of what the client sends is of no interest, and would hold the connection open if it were waited for.
  socket.end(`HTTP/1.1 ${line}\r\n${head}\r\n\r\n${line}`, () => socket.destroy());
}
