import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { firstValueFrom } from 'rxjs';
import { listWatch, restHttpClient } from 'kuberx/rest';
import { loadKubeConfig } from 'kuberx/kubeconfig';
import { certificate, key } from '../../../rest/test-certificate.ts';
import { aServer, configMap } from '../a-server.ts';

describe('a server', () => {
  it('is reached by its restConfig, plain and over TLS, with a token and without', async () => {
    for (const options of [{}, { token: 'a' }, { tls: true }, { tls: true, token: 'a' }]) {
      const server = await aServer(options);
      server.create('v1/configmaps', configMap('a'));
      const page = await firstValueFrom(listWatch(server.restConfig, 'v1/configmaps').list({}));
      expect(page.items).toHaveLength(1);
      expect(server.requests[0]?.transport).toBe(server.ca === undefined ? 'http/1.1' : 'http/2');
    }
  });

  it('is reached by its kubeconfig, over TLS of an authority of its own', async () => {
    const server = await aServer({ tls: true, token: 'a' });
    const config = loadKubeConfig({ files: [server.writeKubeconfig()] });
    const page = await firstValueFrom(listWatch(config, 'v1/configmaps').list({}));
    expect(page.items).toEqual([]);
  });

  it('tells what to trust, which with a certificate that was given is that', async () => {
    expect((await aServer()).ca).toBeUndefined();
    expect((await aServer({ tls: { key, cert: certificate } })).ca).toBe(certificate);
    const server = await aServer({ tls: true });
    expect(server.ca).toContain('BEGIN CERTIFICATE');
    expect(readFileSync(server.writeKubeconfig(), 'utf8')).toContain(Buffer.from(server.ca ?? '').toString('base64'));
    await expect(firstValueFrom(restHttpClient({ server: server.url })({ ...get }))).rejects.toThrow('certificate');
  });

  it('is known by every name of loopback, and by those of its hosts', async () => {
    const server = await aServer({ tls: true, hosts: ['kuberx.test'] });
    const { port } = new URL(server.url);
    for (const servername of ['localhost', 'kuberx.test']) {
      const socket = connect({ host: '127.0.0.1', port: Number(port), servername, ca: server.ca });
      await once(socket, 'secureConnect');
      expect(socket.authorized).toBe(true);
      socket.destroy();
    }
  });

  it('speaks HTTP/1.1 where the client does, or where it is told to', async () => {
    const server = await aServer({ tls: true });
    const [response] = (await once(request(`${server.url}/healthz`, { ca: server.ca }).end(), 'response')) as [
      { statusCode: number; httpVersion: string; resume: () => void },
    ];
    response.resume();
    expect([response.statusCode, response.httpVersion]).toEqual([200, '1.1']);
    const old = await aServer({ tls: true, http2: false });
    await firstValueFrom(listWatch(old.restConfig, 'v1/configmaps').list({}));
    expect(old.requests.at(-1)?.transport).toBe('http/1.1');
  });

  it('has no address where it does not listen', async () => {
    const server = await aServer({ listen: false, tls: true });
    expect(() => server.url).toThrow('listen: false');
    expect(() => server.restConfig).toThrow('listen: false');
  });
});

const get = { resource: 'a', method: 'GET', path: '/healthz', headers: {} } as const;
