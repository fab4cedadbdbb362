import { writeFileSync } from 'node:fs';
import http from 'node:http';
import net, { type Socket } from 'node:net';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadKubeConfig } from 'kuberx/kubeconfig';
import type { ConnectionOptions, CredentialsSource } from 'kuberx/rest';
import { httpTunnel } from '#src/rest/connection/http-tunnel.ts';
import { eventually } from '../../eventually.ts';
import { directory } from '../directory.ts';
import { answered, clientOf, failure, sent, type TestClient } from '../outcomes.ts';
import { http2Server, httpServer, httpsServer, listening, tcpServer } from '../servers.ts';
import { certificate } from '../test-certificate.ts';

/** A proxy that takes CONNECT, what it was asked for, and what is sent to it. */
async function connectProxy(
  status = '200 OK',
): Promise<{ url: string; connects: string[]; sockets: ReadonlySet<Socket> }> {
  const connects: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', (request: http.IncomingMessage, socket: Socket) => {
    connects.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    socket.on('error', () => undefined);
    if (!status.startsWith('200')) {
      socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
      return;
    }
    const outer = net.connect(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(outer).pipe(socket);
    });
    outer.on('error', () => socket.destroy());
    onTestFinished(() => void outer.destroy());
  });
  return { ...(await listening(proxy, 'http')), connects };
}

function clientThrough(proxy: string, server: string, options?: ConnectionOptions): TestClient {
  const tunnel = httpTunnel(new URL(proxy), {});
  const endpoint = { server: new URL(server), tls: { ca: certificate }, tunnel };
  const credentialsSource: CredentialsSource = { read: () => Promise.resolve({ endpoint, headers: {} }) };
  return clientOf({ credentialsSource }, options);
}

describe('httpTunnel', () => {
  it('is gone through over HTTP/2, by one connection for all requests', async () => {
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200 });
      stream.end('over HTTP/2');
    });
    const proxy = await connectProxy();
    const client = clientThrough(proxy.url, server.url);
    const both = await Promise.all([answered(client), answered(client)]);
    expect(both.map(({ body }) => body)).toEqual(['over HTTP/2', 'over HTTP/2']);
    expect(proxy.connects).toEqual([`127.0.0.1:${server.port}`]);
  });

  it('is gone through over HTTP/1.1, by connections that are kept', async () => {
    const server = await httpsServer((_request, response) => response.end('over HTTP/1.1'));
    const proxy = await connectProxy();
    const client = clientThrough(proxy.url, server.url);
    for (let i = 0; i < 3; i += 1) expect((await answered(client)).body).toBe('over HTTP/1.1');
    expect(proxy.connects).toHaveLength(1);
    await Promise.all([answered(client), answered(client)]);
    expect(proxy.connects).toHaveLength(2);
  });

  it('is asked for a server of plain http with the whole URL, and with its own credentials', async () => {
    const seen: unknown[] = [];
    const proxy = await httpServer(({ url, headers }, response) => {
      seen.push([url, headers.host, headers['proxy-authorization']]);
      response.end('of the proxy');
    });
    const withName = proxy.url.replace('//', '//jane:p%40ss@');
    const outcome = await answered(clientThrough(withName, 'http://kubernetes.test:8080/prefix'));
    expect(outcome.body).toBe('of the proxy');
    const basic = `Basic ${Buffer.from('jane:p@ss').toString('base64')}`;
    expect(seen).toEqual([['http://kubernetes.test:8080/prefix/api/v1/pods', 'kubernetes.test:8080', basic]]);
  });

  it('is named in the error of what it does not do, without its password', async () => {
    const proxy = await connectProxy('407 Proxy Authentication Required');
    const withName = proxy.url.replace('//', '//jane:s3cret@');
    const error = await failure(sent(clientThrough(withName, 'https://kubernetes.test:6443')));
    expect(error.message).toContain(`the proxy ${proxy.url} answered 407 to CONNECT kubernetes.test:6443`);
    expect(error.reason).toBe('Network');
    expect(inspect(error)).not.toContain('s3cret');
  });

  it.each(['http:', 'https:'])('is named where it is not there, before a server of %s', async (scheme) => {
    const error = await failure(sent(clientThrough('http://127.0.0.1:1', `${scheme}//kubernetes.test`)));
    expect(error).toMatchObject({ reason: 'ConnectionRefused' });
    expect(error.message).toContain('nothing listens at the proxy http://127.0.0.1:1');
  });

  it('is given up with the request, and after the deadline of a connection', async () => {
    const proxy = await tcpServer((socket) => socket.resume());
    const url = proxy.url.replace('https', 'http');
    const outcome = sent(clientThrough(url, 'https://kubernetes.test'));
    await eventually(() => expect(proxy.sockets.size).toBe(1));
    outcome.subscription.unsubscribe();
    await eventually(() => expect(proxy.sockets.size).toBe(0));
    const late = await failure(sent(clientThrough(url, 'https://kubernetes.test', { connectTimeout: 100 })));
    expect(late.reason).toBe('ConnectTimeout');
    await eventually(() => expect(proxy.sockets.size).toBe(0));
  });
});

it.each(['http', 'https', 'socks5'])('names a proxy of %s that is silent', async (scheme) => {
  const silent = await tcpServer(() => undefined);
  const cluster = { server: 'https://kubernetes.test', 'proxy-url': `${scheme}://me:hunter2@127.0.0.1:${silent.port}` };
  const text = {
    'current-context': 'x',
    clusters: [{ name: 'c', cluster }],
    contexts: [{ name: 'x', context: { cluster: 'c' } }],
  };
  const file = path.join(directory(), 'config');
  writeFileSync(file, JSON.stringify(text));
  const { reason, message } = await failure(sent(clientOf(loadKubeConfig({ files: file }), { connectTimeout: 50 })));
  expect(reason).toBe('ConnectTimeout');
  expect(message).toContain(
    `no connection to kubernetes.test port 443 through the proxy ${scheme}://127.0.0.1:${silent.port} within`,
  );
});
