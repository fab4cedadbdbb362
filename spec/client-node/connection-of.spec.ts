import { readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import * as clientNode from '@kubernetes/client-node';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { sharedInformer } from 'kuberx';
import { connectionOf, informerFactory, listWatch, makeInformer, resourceClient } from 'kuberx/client-node';
import { loadKubeConfig, type UseOptions } from 'kuberx/kubeconfig';
import { listWatch as restListWatch, type ServerConnection } from 'kuberx/rest';
import { apiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../eventually.ts';
import { kubeConfigText } from '../kubeconfig/kube-config-of.ts';
import { client, oidcIssuer } from '../kubeconfig/oidc-issuer.ts';
import { gives, pluginFile } from '../kubeconfig/plugin-of.ts';
import { directory } from '../rest/directory.ts';
import { guarded } from '../rest/guarded.ts';
import { answered, clientOf, failure, sent } from '../rest/outcomes.ts';
import { httpsServer } from '../rest/servers.ts';
import { certificate, otherCertificate, otherKey } from '../rest/test-certificate.ts';
import { kubeConfigOf } from './kube-config-of.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));

type Options = Omit<UseOptions, 'renewedTokens'>;

/** A kubeconfig in a file at one of its contexts, however it is loaded. All connections of one `Loaded` were loaded together. */
interface Loaded {
  readonly at: (context?: string) => ServerConnection;
}

const byKuberx = (file: string, options: Options): Loaded => {
  const loaded = loadKubeConfig({ files: file, ...options });
  return { at: (context) => (context === undefined ? loaded : loaded.use(context)) };
};
const byClientNode = (file: string, options: Options): Loaded => {
  const kubeConfig = new clientNode.KubeConfig();
  kubeConfig.loadFromFile(file);
  return {
    at(context = kubeConfig.currentContext) {
      kubeConfig.setCurrentContext(context);
      return connectionOf(kubeConfig, options);
    },
  };
};

const written = (text: string): string => {
  const file = path.join(directory(), 'config');
  writeFileSync(file, text);
  return file;
};

/** A kubeconfig of two clusters with one user. */
const ofTwoClusters = (one: string, other: string, user: object): string => {
  const content = JSON.parse(kubeConfigText(one, user)) as { clusters: object[]; contexts: object[] };
  const second = JSON.parse(kubeConfigText(other, user)) as { clusters: { cluster: object }[] };
  content.clusters.push({ name: 'other', cluster: second.clusters[0]!.cluster });
  content.contexts.push({ name: 'other', context: { cluster: 'other', user: 'u' } });
  return JSON.stringify(content);
};

afterEach(() => void vi.useRealTimers());

describe.each([
  ['loadKubeConfig', byKuberx],
  ['a KubeConfig of client-node', byClientNode],
])('A kubeconfig of %s', (_, load) => {
  it('runs a plugin once for any number of informers, in any context of its user', async () => {
    await using server = await apiServer();
    // The embedded server speaks plain http.
    const given = pluginFile(server.url, gives({ token: 'of-run-$RUN' }));
    const loaded = load(given.file, { allowInsecureCredentials: true });
    const informers = [loaded.at('c'), loaded.at('c'), loaded.at('d')].map((each) =>
      sharedInformer(restListWatch(each, 'v1/pods')),
    );
    await Promise.all(informers.map((informer) => informer.whenSynced()));
    expect(given.runs()).toBe(1);
  });

  it('runs a plugin once for all clusters of its user, and again for both after a 401 of one', async () => {
    const refused = new Set<string | undefined>();
    const [one, other] = [
      await guarded((token) => !refused.has(token), 'https'),
      await guarded((token) => !refused.has(token), 'https'),
    ];
    const given = pluginFile(one.url, gives({ token: 'of-run-$RUN' }));
    const { users } = JSON.parse(readFileSync(given.file, 'utf8')) as { users: [{ user: object }] };
    const loaded = load(written(ofTwoClusters(one.url, other.url, users[0].user)), {});
    const clients = [loaded.at('c'), loaded.at('other')].map((each) => clientOf(each));
    await Promise.all(clients.map((each) => answered(each)));
    expect({ shown: [one.shown, other.shown], runs: given.runs() }).toEqual({
      shown: [['Bearer of-run-1'], ['Bearer of-run-1']],
      runs: 1,
    });
    refused.add('Bearer of-run-1');
    for (const each of [...clients, ...clients]) expect(await answered(each)).toMatchObject({ status: 200 });
    expect(other.shown.at(-1)).toBe('Bearer of-run-2');
    expect(given.runs()).toBe(2);
  });

  it('runs a plugin once for each cluster where it is told of it', async () => {
    const [one, other] = [await guarded(() => true, 'https'), await guarded(() => true, 'https')];
    const given = pluginFile(one.url, gives({ token: 'of-run-$RUN' }), { provideClusterInfo: true });
    const { users } = JSON.parse(readFileSync(given.file, 'utf8')) as { users: [{ user: object }] };
    const loaded = load(written(ofTwoClusters(one.url, other.url, users[0].user)), {});
    for (const each of [loaded.at('c'), loaded.at('other'), loaded.at('c')]) await answered(clientOf(each));
    expect([one.shown, other.shown]).toEqual([['Bearer of-run-1', 'Bearer of-run-1'], ['Bearer of-run-2']]);
  });

  it('runs a plugin again once what it gave has expired', async () => {
    const server = await guarded(() => true, 'https');
    const end = new Date(Date.now() + 60_000).toISOString();
    const given = pluginFile(server.url, gives({ token: 'of-run-$RUN', expirationTimestamp: end }));
    const asked = clientOf(load(given.file, {}).at());
    await answered(asked);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    await answered(asked);
    expect(server.shown).toEqual(['Bearer of-run-1', 'Bearer of-run-2']);
  });

  it('keeps a plugin alive as long as a cluster waits for it, and kills it when none does', async () => {
    const [one, other] = [await guarded(() => true, 'https'), await guarded(() => true, 'https')];
    const pid = path.join(directory(), 'pid');
    const given = pluginFile(one.url, `echo $$ > ${pid}\nexec sleep 60`);
    const { users } = JSON.parse(readFileSync(given.file, 'utf8')) as { users: [{ user: object }] };
    const loaded = load(written(ofTwoClusters(one.url, other.url, users[0].user)), {});
    const [first, second] = [sent(clientOf(loaded.at('c'))), sent(clientOf(loaded.at('other')))];
    await eventually(() => expect(Number(readFileSync(pid, 'utf8'))).toBeGreaterThan(0));
    const isRunning = (): boolean => process.kill(Number(readFileSync(pid, 'utf8')), 0);
    first.subscription.unsubscribe();
    expect(isRunning()).toBe(true);
    second.subscription.unsubscribe();
    await eventually(() => expect(isRunning).toThrow('ESRCH'));
    expect(given.runs()).toBe(1);
  });

  it('sends no token to a server of plain http, says so, and sends it where that is allowed', async () => {
    const server = await guarded(() => true);
    const file = written(kubeConfigText(server.url, { token: 'hunter2', as: 'admin' }));
    const warnings: string[] = [];
    await answered(clientOf(load(file, { onWarning: (warning) => warnings.push(warning) }).at()));
    await answered(clientOf(load(file, { allowInsecureCredentials: true }).at()));
    expect(server.shown).toEqual([undefined, 'Bearer hunter2']);
    expect(warnings).toEqual([
      'The server of the context "c" is plain http: the credentials of the user "u" are not sent there. allowInsecureCredentials sends them.',
    ]);
  });

  it('reads files of certificates for each request', async () => {
    const server = await httpsServer((_request, response) => response.end('ok'));
    const ca = path.join(directory(), 'ca.pem');
    writeFileSync(ca, otherCertificate);
    const content = JSON.parse(kubeConfigText(server.url, {})) as { clusters: [{ cluster: object }] };
    content.clusters[0].cluster = { server: server.url, 'certificate-authority': ca };
    const asked = clientOf(load(written(JSON.stringify(content)), {}).at());
    expect(await failure(sent(asked))).toMatchObject({ reason: 'Network' });
    writeFileSync(ca, certificate);
    expect(await answered(asked)).toMatchObject({ body: 'ok' });
    writeFileSync(ca, '');
    expect((await failure(sent(asked))).message).toContain(`the file ${ca} has no certificate in PEM`);
  });

  it.each([true, false])('asks for no compression, with disable-compression: %s', async (disabled) => {
    const seen: (string | undefined)[] = [];
    const server = await httpsServer((request, response) => {
      seen.push(request.headers['accept-encoding']);
      response.end('ok');
    });
    const text = kubeConfigText(server.url, {}, { 'disable-compression': disabled });
    await answered(clientOf(load(written(text), {}).at()));
    expect(seen).toEqual([undefined]);
  });

  it('reaches a server at an IPv6 address, with a path', async ({ skip }) => {
    skip(!hasIpv6, 'this machine has no IPv6');
    const seen: unknown[] = [];
    const server = await httpsServer(
      (request, response) => {
        seen.push(request.url, request.headers.host, request.headers.authorization);
        response.end('ok');
      },
      { cert: otherCertificate, key: otherKey, host: '::1' },
    );
    const cluster = {
      server: `https://[::1]:${server.port}/of/it`,
      'certificate-authority-data': btoa(otherCertificate),
    };
    const text = kubeConfigText('https://127.0.0.1', { token: 'one' }, cluster);
    expect(await answered(clientOf(load(written(text), {}).at()))).toMatchObject({ body: 'ok' });
    expect(seen).toEqual(['/of/it/api/v1/pods', `[::1]:${server.port}`, 'Bearer one']);
  });

  it('has an ID token renewed once for any number of requests, and again after a 401', async () => {
    const shown: string[] = [];
    const refused = new Set<string>();
    const server = await httpsServer((request, response) => {
      const token = request.headers.authorization ?? '';
      shown.push(token);
      response.writeHead(refused.has(token) ? 401 : 200).end();
    });
    const provider = await oidcIssuer();
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const config = {
      'idp-issuer-url': provider.issuer,
      ...client,
      'idp-certificate-authority-data': btoa(certificate),
      'id-token': `${encoded({ alg: 'none' })}.${encoded({ exp: 1e9 })}.c2ln`,
      'refresh-token': await provider.refreshToken(),
    };
    const text = ofTwoClusters(server.url, server.url, { 'auth-provider': { name: 'oidc', config } });
    const loaded = load(written(text), {});
    const clients = [loaded.at('c'), loaded.at('other'), loaded.at('d')].map((each) => clientOf(each));
    const renewals = (): number => provider.asked.filter((url) => url === '/token').length;
    for (const { status } of await Promise.all(clients.map((each) => answered(each)))) expect(status).toBe(200);
    expect(renewals()).toBe(1);
    refused.add(shown[0]!);
    for (const each of clients) expect(await answered(each)).toMatchObject({ status: 200 });
    expect(renewals()).toBe(2);
  });
});

describe('connectionOf', () => {
  it('sends no refresh token to a provider of plain http, also where another connection of the same KubeConfig may', async () => {
    const provider = await oidcIssuer({ scheme: 'http' });
    const server = await guarded(() => true, 'https');
    const config = {
      'idp-issuer-url': provider.issuer,
      ...client,
      'id-token': '',
      'refresh-token': await provider.refreshToken(),
    };
    const kubeConfig = kubeConfigOf(server.url, { authProvider: { name: 'oidc', config } });
    const allowed = connectionOf(kubeConfig, { allowInsecureCredentials: true });
    expect((await failure(sent(clientOf(connectionOf(kubeConfig))))).message).toContain('allowInsecureCredentials');
    expect(provider.asked).toEqual([]);
    expect((await answered(clientOf(allowed))).status).toBe(200);
  });

  it('has a token renewed once more where the server refuses what was just renewed', async () => {
    const provider = await oidcIssuer();
    const shown: string[] = [];
    const server = await guarded((token) => {
      shown.push(token ?? '');
      return token !== shown[0];
    }, 'https');
    const config = {
      'idp-issuer-url': provider.issuer,
      ...client,
      'idp-certificate-authority-data': btoa(certificate),
      'refresh-token': await provider.refreshToken(),
    };
    const kubeConfig = kubeConfigOf(server.url, { authProvider: { name: 'oidc', config } });
    expect((await answered(clientOf(connectionOf(kubeConfig)))).status).toBe(200);
    expect(provider.asked.filter((url) => url === '/token')).toHaveLength(2);
  });

  it.each(['eyJh.eyJi.c2ln', '/run/eyJh.eyJi.c2ln', 'a\nb'])(
    'refuses a token in place of its file, and does not tell it: %j',
    (tokenFile) => {
      const error = thrown(() => connectionOf(kubeConfigOf('https://127.0.0.1', { tokenFile })));
      expect(error).toMatchObject({ name: 'KubeConfigError', reason: 'Token' });
      expect(String(error)).toContain('tokenFile of the user "u" is not a path');
      expect(String(error)).not.toContain(tokenFile);
    },
  );

  it('puts renewed tokens into the KubeConfig, where clients of client-node find them', async () => {
    const server = await httpsServer((_request, response) => response.end());
    const provider = await oidcIssuer();
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const config: Record<string, string> = {
      'idp-issuer-url': provider.issuer,
      ...client,
      'idp-certificate-authority-data': btoa(certificate),
      'id-token': `${encoded({ alg: 'none' })}.${encoded({ exp: 1e9 })}.c2ln`,
      'refresh-token': await provider.refreshToken(),
    };
    const before = { ...config };
    const kubeConfig = kubeConfigOf(server.url, { authProvider: { name: 'oidc', config } });
    expect(await answered(clientOf(connectionOf(kubeConfig)))).toMatchObject({ status: 200 });
    expect(config['id-token']).not.toBe(before['id-token']);
    expect(config['refresh-token']).not.toBe(before['refresh-token']);
  });

  it('makes a value that all functions of both entries take, as they take a loaded kubeconfig', async () => {
    await using server = await apiServer();
    server.create('v1/pods', { metadata: { name: 'one', namespace: 'default' } });
    const kubeConfig = new clientNode.KubeConfig();
    kubeConfig.loadFromFile(server.writeKubeconfig());
    const loaded = loadKubeConfig({ files: server.writeKubeconfig() });
    for (const each of [kubeConfig, connectionOf(kubeConfig), loaded]) {
      expect((await listWatch(each, 'v1/pods').list({})).items).toHaveLength(1);
      await resourceClient(each, 'v1/pods').get({ name: 'one', namespace: 'default' });
      const factory = informerFactory(each);
      const pods = factory.informer('v1/pods');
      factory.connect();
      await pods.whenSynced();
      expect(pods.snapshot$.value.size).toBe(1);
      factory.shutdown();
      const informer = makeInformer(each, '/api/v1/pods', () => Promise.reject(new Error('is not called')));
      await informer.start();
      onTestFinished(() => informer.stop());
      expect(informer.list()).toHaveLength(1);
    }
  });

  it('reaches a server as nobody where there is no list of users', async () => {
    const server = await guarded(() => true, 'https');
    const { clusters } = kubeConfigOf(server.url);
    const kubeConfig = new clientNode.KubeConfig();
    kubeConfig.loadFromOptions({ clusters, contexts: [{ name: 'x', cluster: 'c' }], currentContext: 'x' });
    expect(await answered(clientOf(connectionOf(kubeConfig)))).toMatchObject({ status: 200 });
    expect(server.shown).toEqual([undefined]);
  });

  it('gives the tokens of a user that are renewed to no other user, of the same name, that is loaded meanwhile', async () => {
    const server = await httpsServer((_request, response) => response.end());
    const provider = await oidcIssuer();
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const expired = `${encoded({ alg: 'none' })}.${encoded({ exp: 1e9 })}.c2ln`;
    const own = { 'idp-issuer-url': provider.issuer, ...client, 'idp-certificate-authority-data': btoa(certificate) };
    const config = { ...own, 'id-token': expired, 'refresh-token': await provider.refreshToken() };
    const kubeConfig = kubeConfigOf(server.url, { authProvider: { name: 'oidc', config } });
    const asked = sent(clientOf(connectionOf(kubeConfig)));
    const other = { ...own, 'id-token': 'other', 'refresh-token': 'other' };
    kubeConfig.users = [{ name: 'u', authProvider: { name: 'oidc', config: { ...other } } }];
    await eventually(() => expect(asked.status).toBe(200));
    expect((kubeConfig.users[0]!.authProvider as { config: object }).config).toEqual(other);
  });

  it('refuses an option that there is not', () => {
    const options = { allowInsecureCredential: true } as object;
    expect(() => connectionOf(kubeConfigOf('https://127.0.0.1:1'), options)).toThrow(
      new TypeError(
        'allowInsecureCredential is not an option of connectionOf; it has allowInsecureCredentials, onWarning, env.',
      ),
    );
  });

  it('refuses anything else', () => {
    for (const given of [undefined, null, {}, 'config'])
      expect(() => connectionOf(given as clientNode.KubeConfig)).toThrow(
        /^a KubeConfig of @kubernetes\/client-node is needed, or a loaded kubeconfig, not /,
      );
  });
});

function thrown(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
