import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { lastValueFrom, reduce, scan, catchError, EMPTY, map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { restHttpClient } from 'kuberx/rest';
import { pods } from './outcomes.ts';
import { http2Server, httpServer, httpsServer, restConfigOf, tcpServer } from './servers.ts';

const mebi = 1024 * 1024;
const size = 64 * mebi;

/** Bytes that are all different, so that none can be lost or exchanged unseen. */
function* body(): Generator<Buffer> {
  const piece = new Uint32Array(mebi / 4);
  for (let start = 0; start < size; start += mebi) {
    for (let index = 0; index < piece.length; index++) piece[index] = start + index;
    yield Buffer.from(piece.slice().buffer);
  }
}

const hashOf = (pieces: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};

describe.each([
  ['http', () => httpServer((_, response) => void Readable.from(body()).pipe(response))],
  ['https with HTTP/1.1 only', () => httpsServer((_, response) => void Readable.from(body()).pipe(response))],
  [
    'HTTP/2',
    () =>
      http2Server((stream) => {
        stream.respond({ ':status': 200 });
        Readable.from(body()).pipe(stream);
      }),
  ],
])('over %s', (_, serve) => {
  it('gives all of a response that is larger than any window, and in no turn so much that others have to wait', async () => {
    const server = await serve();
    const hash = createHash('sha256');
    let inTurn = 0;
    let most = 0;
    let isOver = false;
    const turn = (): void => {
      most = Math.max(most, inTurn);
      inTurn = 0;
      if (!isOver) setImmediate(turn);
    };
    turn();
    const received = await lastValueFrom(
      restHttpClient(restConfigOf(server.url))(pods).pipe(
        reduce((sum, event) => {
          if (event.type === 'head') return sum;
          hash.update(event.bytes);
          inTurn += event.bytes.length;
          return sum + event.bytes.length;
        }, 0),
      ),
    );
    isOver = true;
    expect(received).toBe(size);
    expect(hash.digest('hex')).toBe(hashOf(body()));
    // A turn here may see the end of one turn of the stream, and the beginning of the next.
    expect(most).toBeLessThan(0.75 * mebi);
  });
});

it('gives all of a response over HTTP/2, though the server takes leave and closes the connection right after it', async () => {
  const length = 2 * mebi;
  const server = await http2Server((stream) => {
    stream.respond({ ':status': 200 });
    stream.end(Buffer.alloc(length, 'a'));
    stream.session?.close();
  });
  const received = await lastValueFrom(
    restHttpClient(restConfigOf(server.url))(pods).pipe(
      reduce((sum, event) => (event.type === 'head' ? sum : sum + event.bytes.length), 0),
    ),
  );
  expect(received).toBe(length);
});

it('gives all of a response over HTTP/1.1 before the error of what is sent behind it', async () => {
  const length = mebi;
  const server = await tcpServer((socket) =>
    socket.once('data', () => {
      const head = `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`;
      socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(length, 'a'), Buffer.from('no response')]));
    }),
  );
  const received$ = restHttpClient({ server: server.url.replace('https:', 'http:') })(pods).pipe(
    map((event) => (event.type === 'head' ? 0 : event.bytes.length)),
    scan((sum, bytes) => sum + bytes, 0),
    catchError(() => EMPTY),
  );
  expect(await lastValueFrom(received$)).toBe(length);
});
