import { mkdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { inClusterConfig, type InClusterOptions, RestConfigError } from 'kuberx/rest';
import { directory } from '../directory.ts';
import { answered, clientOf } from '../outcomes.ts';
import { httpsServer } from '../servers.ts';
import { otherCertificate, otherKey } from '../test-certificate.ts';

/** A directory as the kubelet mounts it. */
function serviceAccount(
  files: Readonly<Record<string, string>> = { token: 'hunter2', 'ca.crt': otherCertificate },
): string {
  const mounted = directory();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(mounted, name), content);
  return mounted;
}

const envOf = (host?: string, port?: string): NonNullable<InClusterOptions['env']> => ({
  KUBERNETES_SERVICE_HOST: host,
  KUBERNETES_SERVICE_PORT: port,
});

function refusalOf(options: InClusterOptions): RestConfigError {
  try {
    inClusterConfig(options);
  } catch (error) {
    if (error instanceof RestConfigError) return error;
    throw error;
  }
  throw new Error('It was taken for a pod.');
}

describe('inClusterConfig', () => {
  it.each([
    ['10.96.0.1', '443', 'https://10.96.0.1:443'],
    ['kubernetes.default', '6443', 'https://kubernetes.default:6443'],
    ['fd00::1', '443', 'https://[fd00::1]:443'],
    ['10.96.0.1', '80', 'https://10.96.0.1:80'],
  ])('is the server of the variables %s and %s, as the service account of the pod', (host, port, server) => {
    const mounted = serviceAccount();
    expect(inClusterConfig({ env: envOf(host, port), directory: mounted })).toEqual({
      server,
      tokenFile: path.join(mounted, 'token'),
      caFile: path.join(mounted, 'ca.crt'),
    });
  });

  it('reads the environment of the process, and the directory that every pod has', () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.96.0.1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
    const mounted = serviceAccount();
    expect(inClusterConfig({ directory: mounted }).server).toBe('https://10.96.0.1:443');
    const error = refusalOf({});
    expect(error.reason).toBe('NoServiceAccount');
    expect(error.message).toContain('/var/run/secrets/kubernetes.io/serviceaccount/token could not be read: ENOENT');
  });

  it.each([
    [undefined, undefined],
    ['10.96.0.1', undefined],
    [undefined, '443'],
    ['', ''],
  ])('says so outside of a pod, where the variables are %j and %j', (host, port) => {
    expect(refusalOf({ env: envOf(host, port), directory: serviceAccount() })).toMatchObject({
      name: 'RestConfigError',
      reason: 'NotInCluster',
      message: 'this process does not run in a pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set.',
    });
  });

  it.each([
    ['10.96.0.1', 'tcp://10.96.0.1:443'],
    ['10.96.0.1', '99999'],
    ['fe80::1%eth0', '443'],
    ['10.96.0.1', '443/api'],
    ['10.96.0.1/', '443'],
    ['me:hunter2@10.96.0.1', '443'],
    ['10.96.0.1#', '443'],
  ])('says so where the variables %s and %s make no address', (host, port) => {
    expect(refusalOf({ env: envOf(host, port), directory: serviceAccount() })).toMatchObject({
      reason: 'Invalid',
      message: 'KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT make no address of a server.',
    });
  });

  it.each([
    ['token', { 'ca.crt': otherCertificate }],
    ['ca.crt', { token: 'hunter2' }],
  ])('says so where the pod has no %s', (name, files) => {
    const mounted = serviceAccount(files);
    const error = refusalOf({ env: envOf('10.96.0.1', '443'), directory: mounted });
    expect(error.reason).toBe('NoServiceAccount');
    expect(error.message).toBe(
      `the service account of the pod has no ${name}: the file ${path.join(mounted, name)} could not be read: ENOENT. ` +
        'A pod with automountServiceAccountToken: false has none.',
    );
    expect(error.stack).not.toContain('hunter2');
  });

  it('says so where a file is none', () => {
    const mounted = serviceAccount({ 'ca.crt': otherCertificate });
    mkdirSync(path.join(mounted, 'token'));
    expect(refusalOf({ env: envOf('10.96.0.1', '443'), directory: mounted }).message).toContain('EISDIR');
  });

  const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));

  it.for([
    ['127.0.0.1', true],
    ['::1', hasIpv6],
  ] as const)('reaches a server at %s, whose certificate the CA has signed', async ([host, isThere], { skip }) => {
    skip(!isThere, 'this machine has no IPv6');
    const shown: unknown[] = [];
    const server = await httpsServer(
      (request, response) => {
        shown.push(request.headers.authorization, request.headers.host);
        response.end('ok');
      },
      { cert: otherCertificate, key: otherKey, host },
    );
    const config = inClusterConfig({ env: envOf(host, String(server.port)), directory: serviceAccount() });
    expect(await answered(clientOf(config))).toMatchObject({ status: 200, body: 'ok', end: 'complete' });
    expect(shown).toEqual(['Bearer hunter2', config.server.replace('https://', '')]);
  });
});
