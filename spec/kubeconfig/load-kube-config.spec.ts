import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { KubeConfigError, type LoadedKubeConfig, loadKubeConfig, type LoadKubeConfigOptions } from 'kuberx/kubeconfig';
import { listWatch, RestConfigError } from 'kuberx/rest';
import { directory } from '../rest/directory.ts';
import { answered, clientOf } from '../rest/outcomes.ts';
import { httpServer } from '../rest/servers.ts';
import { certificate } from '../rest/test-certificate.ts';
import { kubeConfigOf, kubeConfigText } from './kube-config-of.ts';

/** A pod's environment and the files of its service account. */
function pod(files: Readonly<Record<string, string>>): LoadKubeConfigOptions {
  const serviceAccount = directory();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(serviceAccount, name), text);
  const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443', HOME: directory() };
  return { env, serviceAccount };
}

const whole = { token: 'one', 'ca.crt': certificate, namespace: 'of-pod\n' };

function errorOf(run: () => unknown): KubeConfigError {
  try {
    run();
  } catch (error) {
    if (error instanceof KubeConfigError) return error;
    throw error;
  }
  throw new Error('it has not failed');
}

describe('loadKubeConfig', () => {
  it('gives a value that stays at its context', () => {
    const { loaded } = kubeConfigOf(kubeConfigText('https://10.0.0.1', { token: 'one' }));
    const other = loaded.use('d');
    expect([loaded.currentContext, loaded.namespace]).toEqual(['c', 'default']);
    expect([other.currentContext, other.namespace]).toEqual(['d', 'n']);
    expect(other.credentialsSource).toBe(loaded.credentialsSource);
    expectTypeOf(other).toEqualTypeOf<LoadedKubeConfig>();
  });

  it('is asked for another context by an option, or by use', () => {
    const { file, loaded } = kubeConfigOf(kubeConfigText('https://10.0.0.1', {}));
    expect(loadKubeConfig({ files: file, context: 'd' }).namespace).toBe('n');
    expect(errorOf(() => loaded.use('e')).message).toBe('the kubeconfig has no context "e"; it has "c", "d".');
  });

  it('tells of a file that is named and missing, and of several only where none is there', () => {
    const [missing, { file }] = [path.join(directory(), 'missing'), kubeConfigOf(kubeConfigText('https://a', {}))];
    expect(errorOf(() => loadKubeConfig({ files: missing }))).toMatchObject({ reason: 'NotFound' });
    expect(loadKubeConfig({ files: [missing, file] }).files).toEqual([file]);
    const error = errorOf(() => loadKubeConfig({ files: [missing, `${missing}2`], inCluster: 'never' }));
    expect(error.message).toBe(`there is no kubeconfig: looked for ${missing}, ${missing}2.`);
  });

  it('refuses an option that there is not', () => {
    expect(() => loadKubeConfig({ file: 'a' } as LoadKubeConfigOptions)).toThrow(
      /file is not an option of loadKubeConfig/,
    );
    expect(() => loadKubeConfig({ inCluster: 'yes' as 'first' })).toThrow(TypeError);
  });

  it('tells of what will not do where it is used, and before a request', () => {
    const { loaded } = kubeConfigOf(kubeConfigText('https://10.0.0.1', { username: 'name', password: 's3cret' }));
    const error = errorOf(() => listWatch(loaded, 'v1/pods'));
    expect(error.reason).toBe('BasicAuth');
    expect(error.message).not.toContain('s3cret');
  });

  it.each([
    ['no YAML', 'token: s3cret: s3cret\n\t'],
    ['a field of another kind', kubeConfigText('https://a', { token: { s3cret: 's3cret' } })],
    ['data that is not base64', kubeConfigText('https://a', { 'client-key-data': 's3cret%' })],
    ['a list of names that come twice', '{"users": [{"name": "u", "user": {"token": "s3cret"}}, {"name": "u"}]}'],
    ['a text', 's3cret'],
  ])('tells where a file is wrong, and nothing that stands in it: %s', (_, text) => {
    const error = errorOf(() => kubeConfigOf(text));
    expect(error.reason).toBe('Syntax');
    expect(error.message).toMatch(/config is not a kubeconfig: \w/);
    expect(inspect(error)).not.toContain('s3cret');
  });

  it('names the field that is of another kind, and the place of what is not YAML', () => {
    const wrong = kubeConfigText('https://a', { exec: { env: [{ name: 1 }] } });
    expect(errorOf(() => kubeConfigOf(wrong)).message).toContain('users[0].user.exec.env[0].name is not a string');
    expect(errorOf(() => kubeConfigOf('a: 1\nb: "')).message).toMatch(/it is not YAML: .* at line 2, column \d/);
  });

  it('sends no token to a server of plain http, unless it is allowed, and says so', async () => {
    const shown: unknown[] = [];
    const server = await httpServer((request, response) => {
      shown.push(request.headers.authorization);
      response.end();
    });
    const warnings: string[] = [];
    const text = kubeConfigText(server.url, { token: 's3cret' });
    await answered(clientOf(kubeConfigOf(text, { onWarning: (message) => warnings.push(message) }).loaded));
    await answered(clientOf(kubeConfigOf(text, { allowInsecureCredentials: true }).loaded));
    expect(shown).toEqual([undefined, 'Bearer s3cret']);
    expect(warnings).toEqual([
      'The server of the context "c" is plain http: the credentials of the user "u" are not sent there. ' +
        'allowInsecureCredentials sends them.',
    ]);
  });

  it('tells of a user that a context names and that is not there', () => {
    const warnings: string[] = [];
    const text = kubeConfigText('https://10.0.0.1', {}).replace('"name":"u"', '"name":"v"');
    const { loaded } = kubeConfigOf(text, { onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual([]);
    listWatch(loaded, 'v1/pods');
    expect(warnings[0]).toContain('names the user "u", which is not there');
  });
});

describe('loadKubeConfig in a pod', () => {
  it('takes the service account where no file is there', () => {
    const loaded = loadKubeConfig(pod(whole));
    expect(loaded).toMatchObject({ currentContext: 'in-cluster', namespace: 'of-pod', files: [] });
    expect(loaded.clusters.get('in-cluster')?.server).toBe('https://10.0.0.1:443');
    expect(loaded.credentialsSource.host).toBe('https://10.0.0.1');
  });

  it('takes a file before it, or the other way round', () => {
    const given = pod(whole);
    const home = path.join(given.env!['HOME']!, '.kube');
    mkdirSync(home);
    writeFileSync(path.join(home, 'config'), kubeConfigText('https://10.0.0.2', {}));
    expect(loadKubeConfig(given).currentContext).toBe('c');
    expect(loadKubeConfig({ ...given, inCluster: 'first' }).currentContext).toBe('in-cluster');
    expect(loadKubeConfig({ ...given, inCluster: 'never' }).currentContext).toBe('c');
  });

  it('takes a file first where the pod has no service account', () => {
    const { env } = pod({});
    const { file } = kubeConfigOf(kubeConfigText('https://10.0.0.2', {}));
    const given: LoadKubeConfigOptions = { files: [file], env, serviceAccount: directory(), inCluster: 'first' };
    expect(loadKubeConfig(given).currentContext).toBe('c');
  });

  it('refuses a pod without a service account where there is nothing else', () => {
    expect(() => loadKubeConfig(pod({}))).toThrow(RestConfigError);
    expect(errorOf(() => loadKubeConfig({ ...pod({}), inCluster: 'never' })).reason).toBe('NotFound');
  });
});
