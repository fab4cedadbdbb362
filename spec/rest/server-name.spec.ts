import http2 from 'node:http2';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answered, clientOf, failure, sent } from './outcomes.ts';
import { listening, type TestServer } from './servers.ts';
import { otherCertificate, otherKey } from './test-certificate.ts';

/** A server whose certificate is of `localhost`, `127.0.0.1` and `::1`, and the names that clients asked it for. */
async function named(protocol: string): Promise<TestServer & { readonly asked: readonly unknown[] }> {
  const asked: unknown[] = [];
  const tls = { cert: otherCertificate, key: otherKey };
  const server =
    protocol === 'HTTP/2'
      ? http2.createSecureServer(tls, (_request, response) => response.end('ok'))
      : https.createServer(tls, (_request, response) => response.end('ok'));
  // What is false was not sent.
  server.on('secureConnection', ({ servername }: TLSSocket) => asked.push(servername));
  return { ...(await listening(server, 'https')), asked };
}

function warnings(): readonly Error[] {
  const heard: Error[] = [];
  const hear = (warning: Error): void => void heard.push(warning);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  return heard;
}

describe.each(['HTTP/1.1', 'HTTP/2'])('the name that a server is asked for over %s', (protocol) => {
  const ca = otherCertificate;

  it('is not sent where it is an address, and the certificate is verified against it', async () => {
    const heard = warnings();
    const { url, asked } = await named(protocol);
    expect(await answered(clientOf({ server: url, ca }))).toMatchObject({ body: 'ok' });
    expect(await answered(clientOf({ server: url, ca, serverName: '::1' }))).toMatchObject({ body: 'ok' });
    expect(await answered(clientOf({ server: url, ca, serverName: '127.0.0.1' }))).toMatchObject({ body: 'ok' });
    expect(asked).toEqual([false, false, false]);
    const elsewhere = await failure(sent(clientOf({ server: url, ca, serverName: '127.0.0.2' })));
    expect(elsewhere).toMatchObject({ reason: 'Network' });
    expect(elsewhere.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(heard).toEqual([]);
  });

  it('is sent where it is a name, and the certificate is verified against it', async () => {
    const { url, port, asked } = await named(protocol);
    expect(await answered(clientOf({ server: `https://localhost:${port}`, ca }))).toMatchObject({ body: 'ok' });
    expect(await answered(clientOf({ server: url, ca, serverName: 'localhost' }))).toMatchObject({ body: 'ok' });
    expect(asked).toEqual(['localhost', 'localhost']);
    const elsewhere = await failure(sent(clientOf({ server: url, ca, serverName: 'kubernetes' })));
    expect(elsewhere.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});
