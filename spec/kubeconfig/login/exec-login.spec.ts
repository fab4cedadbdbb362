import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sharedInformer } from 'kuberx';
import { type LoadedKubeConfig, loadKubeConfig, type LoadKubeConfigOptions } from 'kuberx/kubeconfig';
import { listWatch } from 'kuberx/rest';
import { apiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../../eventually.ts';
import { directory } from '../../rest/directory.ts';
import { answered, clientOf, failure, sent } from '../../rest/outcomes.ts';
import { httpsServer, listening } from '../../rest/servers.ts';
import { certificate, key, otherCertificate, otherKey } from '../../rest/test-certificate.ts';
import { gives, type PluginFile, pluginFile } from '../plugin-of.ts';

interface Plugin extends PluginFile {
  readonly loaded: LoadedKubeConfig;
}

/** A kubeconfig of a server whose user has a plugin, a script of its own. */
function plugin(server: string, lines: string, exec: object = {}, options: LoadKubeConfigOptions = {}): Plugin {
  const given = pluginFile(server, lines, { command: './plugin.sh', ...exec });
  return { ...given, loaded: loadKubeConfig({ files: given.file, ...options }) };
}

/** A server that refuses tokens, and what it was shown. */
async function tokenServer(): Promise<{ url: string; shown: string[]; refused: Set<string> }> {
  const [shown, refused] = [[] as string[], new Set<string>()];
  const { url } = await httpsServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    shown.push(token);
    response.writeHead(refused.has(token) ? 401 : 200).end();
  });
  return { url, shown, refused };
}

afterEach(() => void vi.useRealTimers());

describe('A credential plugin', () => {
  it('is run once for any number of informers, in any context of its user', async () => {
    await using server = await apiServer();
    server.create('v1/pods', { metadata: { name: 'one', namespace: 'default' } });
    // The embedded server speaks plain http.
    const given = plugin(server.url, gives({ token: 'of-run-$RUN' }), {}, { allowInsecureCredentials: true });
    const informers = [given.loaded, given.loaded, given.loaded.use('d')].map((each) =>
      sharedInformer(listWatch(each, 'v1/pods')),
    );
    await Promise.all(informers.map((informer) => informer.whenSynced()));
    expect(given.runs()).toBe(1);
  });

  it.each([
    ['stands below a file', { command: '/dev/null/plugin' }, 'could not be started: ENOTDIR'],
    [
      'has an argument that no process can have',
      { args: ['hunter2\0'] },
      'could not be started: ERR_INVALID_ARG_VALUE',
    ],
  ])('is named where it %s', async (_, exec, words) => {
    const { url } = await tokenServer();
    const { message } = await failure(sent(clientOf(plugin(url, gives({ token: 't' }), exec).loaded)));
    expect(message).toMatch(/the credential plugin \S+ /);
    expect(message).toContain(words);
    expect(message).not.toContain('hunter2');
  });

  it('is not run before the first request', async () => {
    const { url, shown } = await tokenServer();
    const given = plugin(url, gives({ token: 'of-run-$RUN' }));
    const client = clientOf(given.loaded);
    expect(given.runs()).toBe(0);
    await answered(client);
    await answered(client);
    expect({ shown, runs: given.runs() }).toEqual({ shown: ['of-run-1', 'of-run-1'], runs: 1 });
  });

  it('is run again once what it gave has expired', async () => {
    const { url, shown } = await tokenServer();
    const end = new Date(Date.now() + 60_000).toISOString();
    const given = plugin(url, gives({ token: 'of-run-$RUN', expirationTimestamp: end }));
    await answered(clientOf(given.loaded));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 59_000 });
    await answered(clientOf(given.loaded));
    vi.setSystemTime(Date.now() + 2000);
    await answered(clientOf(given.loaded));
    expect(shown).toEqual(['of-run-1', 'of-run-1', 'of-run-2']);
  });

  it('is run again after a 401, once for all requests that were refused', async () => {
    const { url, shown, refused } = await tokenServer();
    const given = plugin(url, gives({ token: 'of-run-$RUN' }));
    await answered(clientOf(given.loaded));
    refused.add('of-run-1');
    const both = await Promise.all([answered(clientOf(given.loaded)), answered(clientOf(given.loaded))]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect({ last: shown.at(-1), runs: given.runs() }).toEqual({ last: 'of-run-2', runs: 2 });
  });

  it('lets its user in by a certificate, and by another one after the first has expired', async () => {
    const shown: (string | undefined)[] = [];
    const tls = { cert: certificate, key, ca: [certificate, otherCertificate], requestCert: true };
    const server = https.createServer(tls, (request, response) => {
      if (request.socket instanceof TLSSocket) shown.push(String(request.socket.getPeerCertificate().subject.CN));
      response.end();
    });
    const { url } = await listening(server, 'https');
    const end = new Date(Date.now() + 60_000).toISOString();
    const of = (clientCertificateData: string, clientKeyData: string): string =>
      gives({ clientCertificateData, clientKeyData, expirationTimestamp: end });
    const given = plugin(url, of(certificate, key));
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
    given.does(of(otherCertificate, otherKey));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
    expect(shown).toEqual(['kuberx test server', 'kuberx other server']);
  });

  it('is killed when nobody waits for it any more, and asked again by the next request', async () => {
    const { url } = await tokenServer();
    const place = directory();
    const pid = path.join(place, 'pid');
    const given = plugin(url, `echo $$ > ${pid}\nexec sleep 60`);
    const error = await failure(sent(clientOf(given.loaded, { credentialsTimeout: 300 })));
    expect(error.message).toMatch(/waited 0\.3 s for the credential plugin .*plugin\.sh in vain/);
    await eventually(() => expect(() => process.kill(Number(readFileSync(pid, 'utf8')), 0)).toThrow('ESRCH'));
    given.does(gives({ token: 'of-run-$RUN' }));
    expect((await answered(clientOf(given.loaded))).status).toBe(200);
  });

  it('shows what it writes to standard error to whoever runs the program, and nothing of it in an error', async () => {
    const { url } = await tokenServer();
    const given = plugin(url, 'echo "go to example.com with the code ABCD" >&2\necho s3cret\nexit 7', {
      args: ['s3cret'],
    });
    const program = `
      import { loadKubeConfig } from 'kuberx/kubeconfig';
      import { listWatch } from 'kuberx/rest';
      const pods = listWatch(loadKubeConfig({ files: ${JSON.stringify(given.file)} }), 'v1/pods');
      await pods.list({}).then(undefined, (error) => console.log(error));
    `;
    const flags = ['--conditions=kuberx-source', '--input-type=module', '--eval', program];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, flags, { timeout: 30_000 });
    expect(stderr).toBe('go to example.com with the code ABCD\n');
    expect(stdout).toContain('plugin.sh failed with exit code 7; standard error has what it says');
    expect(stdout).not.toContain('s3cret');
  });

  it('is named with its install hint where it is not there', async () => {
    const { url } = await tokenServer();
    const given = plugin(url, '', { command: 'kuberx-no-such-plugin', installHint: 'Get it\nfrom example.com' });
    const { message } = await failure(sent(clientOf(given.loaded)));
    expect(message).toContain(
      'the credential plugin kuberx-no-such-plugin is not installed. Its install hint: Get it from example.com',
    );
  });

  it('is tried again by an informer, which shows why it waits', async () => {
    const { url } = await tokenServer();
    const given = plugin(url, 'exit 1');
    const informer = sharedInformer(listWatch(given.loaded, 'v1/pods'));
    const connection = informer.connect();
    await eventually(() => expect(informer.status$.value.lastError?.reason).toBe('Credentials'));
    await eventually(() => expect(given.runs()).toBeGreaterThan(1));
    connection.unsubscribe();
  });
});
