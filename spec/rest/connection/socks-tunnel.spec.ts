import net from 'node:net';
import { createServer, type Socks5Server } from '@pondwader/socks5-server';
import { describe, expect, it } from 'vitest';
import type { CredentialsSource } from 'kuberx/rest';
import { socksTunnel } from '#src/rest/connection/socks-tunnel.ts';
import { answered, clientOf, failure, sent, type TestClient } from '../outcomes.ts';
import { http2Server, listening } from '../servers.ts';
import { certificate } from '../test-certificate.ts';

/** A proxy, and the places that it was asked for. */
async function socksProxy(server: Socks5Server): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  server.setRulesetValidator(({ destAddress, destPort }) => {
    asked.push(`${destAddress}:${destPort}`);
    return destAddress === '127.0.0.1';
  });
  const { url } = await listening(
    net.createServer((socket) => void server._handleConnection(socket)),
    'socks5',
  );
  return { url, asked };
}

function clientThrough(proxy: string, server: string): TestClient {
  const endpoint = { server: new URL(server), tls: { ca: certificate }, tunnel: socksTunnel(new URL(proxy)) };
  const credentialsSource: CredentialsSource = { read: () => Promise.resolve({ endpoint, headers: {} }) };
  return clientOf({ credentialsSource });
}

describe('socksTunnel', () => {
  it('is gone through over HTTP/2, by one connection, as whom its URL names', async () => {
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200 });
      stream.end('over HTTP/2');
    });
    const proxy = await socksProxy(createServer({ auth: { username: 'jane', password: 'p@ss' } }));
    const client = clientThrough(proxy.url.replace('//', '//jane:p%40ss@'), server.url);
    expect((await answered(client)).body).toBe('over HTTP/2');
    expect((await answered(client)).body).toBe('over HTTP/2');
    expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
  });

  it('looks names up itself, and is named in the error of what it refuses', async () => {
    const proxy = await socksProxy(createServer());
    const error = await failure(sent(clientThrough(proxy.url, 'https://kubernetes.test:6443')));
    expect(error.message).toContain(`the proxy ${proxy.url} gives no connection to kubernetes.test port 6443`);
    expect(proxy.asked).toEqual(['kubernetes.test:6443']);
  });

  it('is named where it is not there, without its password', async () => {
    const error = await failure(sent(clientThrough('socks5://jane:s3cret@127.0.0.1:1', 'https://kubernetes.test')));
    expect(error.message).toContain('the proxy socks5://127.0.0.1:1');
    expect(error.message).not.toContain('s3cret');
  });
});
