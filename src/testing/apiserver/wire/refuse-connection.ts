import type { Duplex } from 'node:stream';

/** What Node calls the mistakes of a client, by the line of the answer. */
const answers: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Source: RFC 9113, sections 4.1, 6.5, 6.8 and 7. */
const frameTypes = { settings: 4, goAway: 7 };
const http11Required = 0xd;

function frame(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(content.length, 0, 3);
  head.writeUInt8(type, 3);
  return Buffer.concat([head, content]);
}

/** What a client of HTTP/2 is told that begins without TLS: that, and why, in its own protocol. */
function noPlainHttp2(): Buffer {
  const why = 'this server speaks HTTP/2 over TLS only, by its option tls; without TLS it speaks HTTP/1.1';
  const content = Buffer.alloc(8);
  content.writeUInt32BE(http11Required, 4);
  return Buffer.concat([
    frame(frameTypes.settings, Buffer.alloc(0)),
    frame(frameTypes.goAway, Buffer.concat([content, Buffer.from(why)])),
  ]);
}

/**
 * Answers what cannot be read as a request, and ends its connection: nothing that follows could be understood. The texts are
 * those of Go's `net/http`. HTTP/2 without TLS is refused with a GOAWAY that says what to do.
 */
export function refuseConnection(error: Error, socket: Duplex): void {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  if (code === 'HPE_PAUSED_H2_UPGRADE') {
    socket.once('error', () => undefined);
    socket.end(noPlainHttp2(), () => socket.destroy());
    return;
  }
  const line = answers[code] ?? '400 Bad Request';
  const head = ['Content-Type: text/plain; charset=utf-8', 'Connection: close'].join('\r\n');
  socket.once('error', () => undefined);
  // The rest of what the client sends is of no interest, and would hold the connection open if it were waited for.
  socket.end(`HTTP/1.1 ${line}\r\n${head}\r\n\r\n${line}`, () => socket.destroy());
}
