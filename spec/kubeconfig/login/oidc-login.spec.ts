import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LoadedKubeConfig, loadKubeConfig, type LoadKubeConfigOptions } from 'kuberx/kubeconfig';
import { answered, clientOf, failure, sent } from '../../rest/outcomes.ts';
import { httpsServer } from '../../rest/servers.ts';
import { certificate, otherCertificate } from '../../rest/test-certificate.ts';
import { kubeConfigOf, kubeConfigText } from '../kube-config-of.ts';
import { client, type OidcIssuer, oidcIssuer, type OidcIssuerOptions } from '../oidc-issuer.ts';

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = (exp: number): string => `${encoded({ alg: 'none' })}.${encoded({ exp })}.c2ln`;
const expired = idToken(1e9);
const ca = { 'idp-certificate-authority-data': Buffer.from(certificate).toString('base64') };

interface Scene {
  readonly provider: OidcIssuer;
  readonly file: string;
  readonly loaded: LoadedKubeConfig;
  /** The tokens that the server was shown. */
  readonly shown: string[];
  /** Tokens that the server refuses. */
  readonly refused: Set<string>;
  readonly written: () => Readonly<Record<string, string>>;
}

interface SceneOptions extends LoadKubeConfigOptions {
  readonly config?: Readonly<Record<string, string>>;
  readonly provider?: OidcIssuerOptions;
}

async function scene({ config = {}, provider: ofProvider, ...options }: SceneOptions = {}): Promise<Scene> {
  const [shown, refused] = [[] as string[], new Set<string>()];
  const server = await httpsServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    shown.push(token);
    response.writeHead(refused.has(token) ? 401 : 200).end();
  });
  const provider = await oidcIssuer(ofProvider);
  const tokens = { 'id-token': expired, 'refresh-token': await provider.refreshToken() };
  const all = { 'idp-issuer-url': provider.issuer, ...client, ...ca, ...tokens, ...config };
  const text = kubeConfigText(server.url, { 'auth-provider': { name: 'oidc', config: all } });
  const { file, loaded } = kubeConfigOf(`# by hand\n${text}\n`, options);
  const written = (): Readonly<Record<string, string>> =>
    loadKubeConfig({ files: file }).users.get('u')!['auth-provider']!.config!;
  return { provider, file, loaded, shown, refused, written };
}

const renewals = ({ provider }: Scene): number => provider.asked.filter((url) => url === '/token').length;

afterEach(() => void vi.useRealTimers());

describe('A user of an OIDC provider', () => {
  it('has an expired token renewed, which is written to the file', async () => {
    const given = await scene();
    const before = given.written();
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
    const after = given.written();
    expect(given.shown).toEqual([after['id-token']]);
    expect(after['id-token']).not.toBe(expired);
    expect(after['refresh-token']).not.toBe(before['refresh-token']);
    expect({ ...after, 'id-token': '', 'refresh-token': '' }).toEqual({
      ...before,
      'id-token': '',
      'refresh-token': '',
    });
    expect(readFileSync(given.file, 'utf8')).toMatch(/^# by hand\n/);
    expect(statSync(given.file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${given.file}.lock`)).toBe(false);
  });

  it('goes on with what was written, in another process too', async () => {
    const given = await scene();
    await answered(clientOf(given.loaded));
    await answered(clientOf(loadKubeConfig({ files: given.file })));
    expect(given.shown[1]).toBe(given.shown[0]);
    expect(renewals(given)).toBe(1);
  });

  it('has one renewal for any number of requests, at the same time and later', async () => {
    const given = await scene();
    const clients = [given.loaded, given.loaded, given.loaded.use('d')].map((each) => clientOf(each));
    await Promise.all(clients.map((each) => answered(each)));
    await answered(clients[0]!);
    expect(given.shown).toHaveLength(4);
    expect(renewals(given)).toBe(1);
  });

  it('has one renewal for all clusters of a user, whose refresh token counts once', async () => {
    const given = await scene({ renewedTokens: 'memory' });
    const content = JSON.parse(readFileSync(given.file, 'utf8').replace('# by hand', '')) as {
      clusters: { name: string; cluster: object }[];
      contexts: object[];
    };
    content.clusters.push({ ...content.clusters[0]!, name: 'other' });
    content.contexts.push({ name: 'other', context: { cluster: 'other', user: 'u' } });
    writeFileSync(given.file, JSON.stringify(content));
    const loaded = loadKubeConfig({ files: given.file, renewedTokens: 'memory' });
    const clients = [loaded, loaded.use('other')].map((each) => clientOf(each));
    const both = await Promise.all(clients.map((each) => answered(each)));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3595_000 });
    for (const each of clients) expect((await answered(each)).status).toBe(200);
    expect(renewals(given)).toBe(2);
  });

  it('has it renewed 10 s before its end, by the refresh token that came with it', async () => {
    const given = await scene();
    await answered(clientOf(given.loaded));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3580_000 });
    await answered(clientOf(given.loaded));
    expect(renewals(given)).toBe(1);
    vi.setSystemTime(Date.now() + 11_000);
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
    expect(renewals(given)).toBe(2);
  });

  it('has it renewed after a 401', async () => {
    const given = await scene();
    await answered(clientOf(given.loaded));
    given.refused.add(given.shown[0]!);
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
    expect(new Set(given.shown).size).toBe(2);
    expect(given.written()['id-token']).toBe(given.shown.at(-1));
  });

  it('takes over what another process has renewed', async () => {
    const given = await scene();
    const fresh = idToken(4e9);
    writeFileSync(given.file, readFileSync(given.file, 'utf8').replace(expired, fresh));
    await answered(clientOf(given.loaded));
    expect(given.shown).toEqual([fresh]);
    expect(renewals(given)).toBe(0);
  });

  it('keeps renewed tokens in memory, where that is asked for', async () => {
    const given = await scene({ renewedTokens: 'memory' });
    const before = readFileSync(given.file, 'utf8');
    await answered(clientOf(given.loaded));
    given.refused.add(given.shown[0]!);
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
    expect(readFileSync(given.file, 'utf8')).toBe(before);
    expect(renewals(given)).toBe(2);
  });

  it('keeps them in memory where the file cannot be written, and says so', async () => {
    const warnings: string[] = [];
    const given = await scene({ onWarning: (message) => warnings.push(message) });
    writeFileSync(`${given.file}.lock`, '');
    await answered(clientOf(given.loaded));
    given.refused.add(given.shown[0]!);
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
    expect(given.written()['id-token']).toBe(expired);
    expect(warnings[0]).toContain('config.lock is held');
    expect(warnings.join()).not.toContain('eyJ');
  });

  it.each(['client_secret_basic', 'client_secret_post'] as const)('is a client by %s', async (method) => {
    const given = await scene({ provider: { client: { token_endpoint_auth_method: method } } });
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
  });

  it('is a client without a secret', async () => {
    const provider = { client: { token_endpoint_auth_method: 'none' as const } };
    const given = await scene({ provider, config: { 'client-secret': '' } });
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
  });

  it('is told in a word why a token is not renewed, and nothing of it', async () => {
    const given = await scene({ config: { 'refresh-token': 'of-another-day' } });
    const error = await failure(sent(clientOf(given.loaded)));
    expect(error.reason).toBe('Credentials');
    expect(error.message).toMatch(
      /the OIDC provider https:\/\/127\.0\.0\.1:\d+ of the user "u" did not renew the token: it answered invalid_grant/,
    );
    expect(error.message).not.toContain('of-another-day');
    expect(given.shown).toEqual([]);
  });

  it('asks no provider whose certificate is not trusted', async () => {
    const other = { 'idp-certificate-authority-data': Buffer.from(otherCertificate).toString('base64') };
    const given = await scene({ config: other });
    expect((await failure(sent(clientOf(given.loaded)))).message).toMatch(/certificate/);
    expect(given.provider.asked).toEqual([]);
  });

  it('asks a provider of plain http only where that is allowed', async () => {
    const given = await scene({ provider: { scheme: 'http' } });
    expect((await failure(sent(clientOf(given.loaded)))).message).toContain('allowInsecureCredentials');
    expect(given.provider.asked).toEqual([]);
    const allowed = loadKubeConfig({ files: given.file, allowInsecureCredentials: true });
    expect((await answered(clientOf(allowed))).status).toBe(200);
  });
});

it('names the package that renews tokens where it is not installed', async () => {
  const { file } = await scene();
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier !== 'openid-client') return next(specifier, context);
        throw Object.assign(new Error(), { code: 'ERR_MODULE_NOT_FOUND' });
      },
    });
    const { loadKubeConfig } = await import('kuberx/kubeconfig');
    const { listWatch } = await import('kuberx/rest');
    const pods = listWatch(loadKubeConfig({ files: ${JSON.stringify(file)} }), 'v1/pods');
    await pods.list({}).then(undefined, ({ message }) => console.log(message));
  `;
  const flags = ['--conditions=kuberx-source', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 30_000 });
  expect(stdout).toContain('npm install openid-client');
});
