import http2 from 'node:http2';
import process from 'node:process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { answered, clientOf, failure, sent } from '../outcomes.ts';
import { listening, restConfigOf } from '../servers.ts';
import { certificate, key } from '../test-certificate.ts';

/** A platform whose HTTP/2 fails in the listener of a socket, as Deno's does with the address of a server. */
function withoutHttp2(how: 'keeps the socket' | 'breaks the socket'): unknown[] {
  const uncaught: unknown[] = [];
  const onuncaught = (error: unknown) => uncaught.push(error);
  process.on('uncaughtException', onuncaught);
  const connect = vi.spyOn(http2, 'connect').mockImplementation((_origin, options) => {
    const { createConnection } = options as http2.SecureClientSessionOptions;
    if (how === 'breaks the socket') createConnection?.(new URL('https://127.0.0.1'), {}).destroy();
    throw new TypeError('Invalid URL');
  });
  onTestFinished(() => {
    connect.mockRestore();
    process.off('uncaughtException', onuncaught);
  });
  return uncaught;
}

async function bothProtocols(): Promise<{ readonly url: string; readonly protocols: string[] }> {
  const protocols: string[] = [];
  const server = http2.createSecureServer({ cert: certificate, key, allowHTTP1: true }, (request, response) => {
    protocols.push(request.httpVersion);
    response.end('ok');
  });
  const { url } = await listening(server, 'https');
  return { url, protocols };
}

describe('http2Pool', () => {
  it('speaks HTTP/1.1 with a server to which the platform cannot speak HTTP/2, and ends no process', async () => {
    const uncaught = withoutHttp2('keeps the socket');
    const { url, protocols } = await bothProtocols();
    const client = clientOf(restConfigOf(url));
    expect(await answered(client)).toMatchObject({ status: 200, body: 'ok' });
    expect(await answered(client)).toMatchObject({ status: 200, body: 'ok' });
    expect(protocols).toEqual(['1.1', '1.1']);
    expect(uncaught).toEqual([]);
  });

  it('fails a request whose connection breaks as HTTP/2 begins, and begins it again with the next', async () => {
    const connect = http2.connect;
    const uncaught = withoutHttp2('breaks the socket');
    const { url, protocols } = await bothProtocols();
    const client = clientOf(restConfigOf(url));
    expect(await failure(sent(client))).toMatchObject({ reason: 'Network' });
    vi.mocked(http2.connect).mockImplementation(connect);
    expect(await answered(client)).toMatchObject({ status: 200, body: 'ok' });
    expect(protocols).toEqual(['2.0']);
    expect(uncaught).toEqual([]);
  });
});
