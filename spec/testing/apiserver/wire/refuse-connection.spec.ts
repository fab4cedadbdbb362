import { connect } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../eventually.ts';
import { aServer } from '../a-server.ts';
import { RawConnection } from '../raw-connection.ts';

const healthz = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n';

describe.each([
  ['plain', false],
  ['TLS', true],
])('what cannot be read as a request, %s', (_, tls) => {
  it.each([
    ['bytes at random', '\u0000\u0001garbage\r\n\r\n', '400 Bad Request'],
    ['a request without a host', 'GET /healthz HTTP/1.1\r\n\r\n', '400 Bad Request'],
    ['a header without a name', `${healthz}: a\r\n\r\n`, '400 Bad Request'],
    [
      'a chunk without a length',
      `POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz`,
      '400 Bad Request',
    ],
    [
      'a head of more than a MiB',
      `${healthz}A: ${'x'.repeat(1_100_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
    [
      'a URL of more than a MiB',
      `GET /${'x'.repeat(1_100_000)} HTTP/1.1\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
  ])('is answered and ends its connection: %s', async (__, text, line) => {
    const server = await aServer({ tls });
    const connection = (await RawConnection.to(server)).send(text);
    await connection.closed;
    expect(connection.text).toContain(`HTTP/1.1 ${line}\r\n`);
    expect(connection.text).toMatch(/\r\nConnection: close\r\n/i);
    await eventually(() => expect(server.connections).toBe(0));
  });

  it('is not a head of half a MiB, or of 5,000 headers', async () => {
    const server = await aServer({ tls });
    const many = Array.from({ length: 5000 }, (__, index) => `X-${index}: y\r\n`).join('');
    for (const more of [`A: ${'x'.repeat(500_000)}\r\n`, many]) {
      const connection = (await RawConnection.to(server)).send(`${healthz}${more}Connection: close\r\n\r\n`);
      await connection.closed;
      expect(connection.text).toMatch(/^HTTP\/1.1 200 OK[^]*\r\n\r\nok$/);
    }
  });

  it('is a request for another protocol, or a tunnel, that did not wait for the answer before it', async () => {
    const server = await aServer({ tls, latency: 50 });
    for (const request of [
      'CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n',
      `${healthz}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    ]) {
      const connection = (await RawConnection.to(server)).send(`${healthz}\r\n${request}`);
      await connection.closed;
    }
  });

  it('is not a request for another protocol than a WebSocket, or for a tunnel', async () => {
    const server = await aServer({ tls });
    for (const [request, line] of [
      [`${healthz}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`, '200 OK'],
      [`${healthz}Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n`, '200 OK'],
      [`CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n`, '404 Not Found'],
    ] as const) {
      const connection = (await RawConnection.to(server)).send(request);
      await eventually(() => expect(connection.text).toContain(`HTTP/1.1 ${line}\r\n`));
    }
  });
});

it('tells a client of HTTP/2 without TLS what to do, and goes on', async () => {
  const server = await aServer();
  const session = connect(server.url);
  const told = await new Promise<string>((resolve) => {
    session.on('error', () => undefined).once('goaway', (code, _stream, why) => resolve(`${code} ${String(why)}`));
    session
      .request({ ':path': '/healthz' })
      .on('error', () => undefined)
      .end();
  });
  expect(told).toBe('13 this server speaks HTTP/2 over TLS only, by its option tls; without TLS it speaks HTTP/1.1');
  await eventually(() => expect(server.connections).toBe(0));
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
