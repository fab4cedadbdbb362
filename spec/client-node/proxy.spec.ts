import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { kubeHttpClient } from 'kuberx/client-node';
import { eventually } from '../eventually.ts';
import { answered, failure, sent, type TestClient } from '../rest/outcomes.ts';
import { httpsServer, listening, tcpServer } from '../rest/servers.ts';
import { otherCertificate, otherKey } from '../rest/test-certificate.ts';
import { kubeConfigOf } from './kube-config-of.ts';

const clientOf = (server: string, cluster: object) =>
  ({ send: kubeHttpClient(kubeConfigOf(server, {}, cluster)) }) satisfies TestClient;

/** A proxy that takes CONNECT and leads to one port whatever it is asked for, and what it was asked for. */
async function proxyTo(port: number): Promise<{ readonly proxyUrl: string; readonly connects: readonly string[] }> {
  const connects: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    connects.push(request.url ?? '');
    const outer = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(outer).pipe(socket);
    });
    socket.on('error', () => outer.destroy());
    outer.on('error', () => socket.destroy());
    onTestFinished(() => void socket.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  return { proxyUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, connects };
}

describe('the proxy of a cluster', () => {
  it('is gone through with CONNECT, and that connection is kept', async () => {
    const server = await httpsServer((_request, response) => response.end('ok'));
    const { proxyUrl, connects } = await proxyTo(server.port);
    const client = clientOf(server.url, { proxyUrl });
    for (let index = 0; index < 3; index += 1) {
      expect(await answered(client)).toMatchObject({ body: 'ok', end: 'complete' });
    }
    expect(connects).toEqual([`127.0.0.1:${server.port}`]);
  });

  it('is gone through to no server that is not verified, whatever the environment says of TLS', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const server = await httpsServer((_request, response) => response.end('ok'));
    const { proxyUrl } = await proxyTo(server.port);
    const caData = Buffer.from(otherCertificate).toString('base64');
    expect(await failure(sent(clientOf(server.url, { proxyUrl, caData })))).toMatchObject({ reason: 'Network' });
    expect(await answered(clientOf(server.url, { proxyUrl, skipTLSVerify: true }))).toMatchObject({
      body: 'ok',
    });
  });

  it('is gone through to a server whose certificate is verified against an address, which is not sent', async () => {
    const asked: unknown[] = [];
    const server = https.createServer({ cert: otherCertificate, key: otherKey }, (_, response) => response.end('ok'));
    server.on('secureConnection', ({ servername }) => asked.push(servername));
    const { url, port } = await listening(server, 'https');
    const { proxyUrl } = await proxyTo(port);
    const caData = Buffer.from(otherCertificate).toString('base64');
    const named = (tlsServerName?: string) => clientOf(url, { proxyUrl, caData, tlsServerName });
    expect(await answered(named())).toMatchObject({ body: 'ok' });
    expect(await answered(named('::1'))).toMatchObject({ body: 'ok' });
    expect(await answered(named('localhost'))).toMatchObject({ body: 'ok' });
    expect(asked).toEqual([false, false, 'localhost']);
    expect((await failure(sent(named('127.0.0.2')))).message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is gone through with SOCKS to a server whose certificate is verified against its address', async () => {
    const server = await httpsServer((_request, response) => response.end('ok'));
    // It takes a greeting, then a request, and leads to one port whatever it is asked for. Source: RFC 1928.
    const { port } = await tcpServer((socket) =>
      socket.once('data', () => {
        socket.write(Uint8Array.of(5, 0));
        socket.once('data', () => {
          const outer = net.connect(server.port, '127.0.0.1', () => {
            socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
            socket.pipe(outer).pipe(socket);
          });
          outer.on('error', () => socket.destroy());
          socket.on('close', () => outer.destroy());
        });
      }),
    );
    const at = (url: string) => clientOf(url, { proxyUrl: `socks5://127.0.0.1:${port}` });
    expect(await answered(at(server.url))).toMatchObject({ body: 'ok' });
    const elsewhere = await failure(sent(at(server.url.replace('127.0.0.1', '127.0.0.2'))));
    expect(elsewhere.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('does not show its password in an error', async () => {
    for (const scheme of ['http', 'socks5']) {
      const proxyUrl = `${scheme}://me:hunter2@127.0.0.1:1`;
      const outcome = sent({ send: kubeHttpClient(kubeConfigOf('https://127.0.0.1:1', {}, { proxyUrl })) });
      expect(inspect(await failure(outcome), { depth: 9, showHidden: true })).not.toContain('hunter2');
    }
  });

  it('is given up where the server behind it takes the connection and says nothing', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const { proxyUrl } = await proxyTo(server.port);
    const kubeConfig = kubeConfigOf(server.url, {}, { proxyUrl });
    const error = await failure(sent({ send: kubeHttpClient(kubeConfig, { handshakeTimeout: 100 }) }));
    expect(error).toMatchObject({ reason: 'ConnectTimeout' });
    expect(error.message).toContain('its handshake was not over within 0.1 s');
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  it('is given up where it does not answer in time, and leaves no socket', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1', {}, { proxyUrl: server.url.replace('https', 'http') });
    const outcome = sent({ send: kubeHttpClient(kubeConfig, { connectTimeout: 100 }) });
    expect(await failure(outcome)).toMatchObject({ reason: 'ConnectTimeout' });
    await eventually(() => expect(server.sockets.size).toBe(0));
  });
});
