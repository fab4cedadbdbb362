import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kubeHttpClient } from 'kuberx/client-node';
import { answered, failure, sent, type TestClient } from '../rest/outcomes.ts';
import { eventually, httpsServer, tcpServer } from '../rest/servers.ts';
import { kubeConfigOf } from './kube-config-of.ts';

describe('the proxy of a cluster', () => {
  it('is gone through with CONNECT, and that connection is kept', async () => {
    const server = await httpsServer((_request, response) => response.end('ok'));
    const connects: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      connects.push(request.url ?? '');
      const outer = net.connect(server.port, '127.0.0.1', () => {
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
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const client = { send: kubeHttpClient(kubeConfigOf(server.url, {}, { proxyUrl })) } satisfies TestClient;
    for (let index = 0; index < 3; index += 1) {
      expect(await answered(client)).toMatchObject({ body: 'ok', end: 'complete' });
    }
    expect(connects).toEqual([`127.0.0.1:${server.port}`]);
  });

  it('does not show its password in an error', async () => {
    for (const scheme of ['http', 'socks5']) {
      const proxyUrl = `${scheme}://me:hunter2@127.0.0.1:1`;
      const outcome = sent({ send: kubeHttpClient(kubeConfigOf('https://127.0.0.1:1', {}, { proxyUrl })) });
      expect(inspect(await failure(outcome), { depth: 9, showHidden: true })).not.toContain('hunter2');
    }
  });

  it('is given up where it does not answer in time, and leaves no socket', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1', {}, { proxyUrl: server.url.replace('https', 'http') });
    const outcome = sent({ send: kubeHttpClient(kubeConfig, { connectTimeout: 100 }) });
    expect(await failure(outcome)).toMatchObject({ reason: 'ConnectTimeout' });
    await eventually(() => expect(server.sockets.size).toBe(0));
  });
});
