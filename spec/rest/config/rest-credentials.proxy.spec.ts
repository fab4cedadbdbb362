import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { inClusterConfig, restHttpClient } from 'kuberx/rest';
import { type ForwardProxies, forwardProxies } from '../../kubeconfig/forward-proxies.ts';
import { directory } from '../directory.ts';
import { guarded } from '../guarded.ts';
import { answered, clientOf, failure, sent } from '../outcomes.ts';
import { certificate } from '../test-certificate.ts';

let proxies: ForwardProxies;
beforeAll(async () => {
  proxies = await forwardProxies();
});
afterAll(() => proxies.end());
afterEach(() => vi.unstubAllEnvs());

function environment(variables: Readonly<Record<string, string>>): void {
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'])
    for (const each of [name, name.toLowerCase()]) vi.stubEnv(each, variables[each]);
  proxies.gone.length = 0;
}

/** A server by a name that the proxies know, and nobody else. */
async function farServer(scheme: 'http' | 'https') {
  const server = await guarded((authorization) => authorization === 'Bearer one', scheme);
  const own = scheme === 'https' ? { ca: certificate, serverName: 'localhost' } : { allowInsecureCredentials: true };
  const config = { server: server.url.replace('127.0.0.1', 'kubernetes.test'), token: 'one', ...own };
  return { ...server, config };
}

describe('a RestConfig', () => {
  it.each<[string, keyof ForwardProxies['addresses'], string, 'http' | 'https', string]>([
    ['HTTPS_PROXY', 'proxy', 'http://', 'https', 'http CONNECT'],
    ['https_proxy', 'proxy', '', 'https', 'http CONNECT'],
    ['HTTPS_PROXY', 'secureProxy', 'https://', 'https', 'https CONNECT'],
    ['HTTP_PROXY', 'proxy', 'http://', 'http', 'http GET'],
  ])('goes through the proxy of %s (%s), as in client-go', async (variable, name, prefix, scheme, how) => {
    environment({ [variable]: `${prefix}${proxies.addresses[name]}` });
    const { config, port } = await farServer(scheme);
    expect(await answered(clientOf(config))).toMatchObject({ status: 200 });
    expect(proxies.gone).toEqual([`${how} kubernetes.test:${port}`]);
  });

  it('of a pod goes through it as well', async () => {
    environment({ HTTPS_PROXY: `http://${proxies.addresses.proxy}` });
    const { port } = await farServer('https');
    const mounted = directory();
    writeFileSync(path.join(mounted, 'token'), 'one');
    writeFileSync(path.join(mounted, 'ca.crt'), certificate);
    const env = { KUBERNETES_SERVICE_HOST: 'kubernetes.test', KUBERNETES_SERVICE_PORT: String(port) };
    const config = { ...inClusterConfig({ env, directory: mounted }), serverName: 'localhost' };
    expect(await answered(clientOf(config))).toMatchObject({ status: 200 });
    expect(proxies.gone).toEqual([`http CONNECT kubernetes.test:${port}`]);
  });

  it('goes to what NO_PROXY lists, and to this machine, without one', async () => {
    environment({ HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '.test' });
    const { config, url } = await farServer('https');
    expect((await failure(sent(clientOf(config)))).message).toContain('kubernetes.test');
    expect(await answered(clientOf({ ...config, server: url }))).toMatchObject({ status: 200 });
  });

  it('fails the request where nothing listens at the proxy, and names it without its password', async () => {
    environment({ HTTPS_PROXY: 'http://jane:hunter2@127.0.0.1:1' });
    const { config } = await farServer('https');
    const error = await failure(sent(clientOf(config)));
    expect(error).toMatchObject({ reason: 'ConnectionRefused' });
    expect(error.message).toContain('the proxy http://127.0.0.1:1');
    expect(error.message).not.toContain('hunter2');
  });

  it('is refused where the variable has no address of a proxy, which is not told', () => {
    environment({ HTTPS_PROXY: 'ftp://jane:hunter2@127.0.0.1' });
    const refused = (): unknown => restHttpClient({ server: 'https://kubernetes.test' });
    expect(refused).toThrow(expect.objectContaining({ name: 'RestConfigError', reason: 'Invalid' }));
    expect(refused).toThrow(/^HTTPS_PROXY has no address of an http, https or socks5 proxy\.$/);
    expect(() => restHttpClient({ server: 'http://kubernetes.test' })).not.toThrow();
  });
});
