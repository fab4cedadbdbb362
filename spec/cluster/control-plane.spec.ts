import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import {
  startControlPlane,
  type ControlPlane,
  type ControlPlaneOptions,
} from '../../scripts/controlplane/control-plane.ts';
import { request, type Answer, type RequestOptions } from '../../scripts/controlplane/http-request.ts';
import { selfSignedCertificate } from '../../scripts/controlplane/self-signed-certificate.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const initialEvents = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
const running: ControlPlane[] = [];

async function start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const controlPlane = await startControlPlane(options);
  running.push(controlPlane);
  return controlPlane;
}

function kubectl({ kubectl: program, kubeconfig }: ControlPlane, ...args: string[]): Promise<string> {
  return promisify(execFile)(program, ['--kubeconfig', kubeconfig, ...args]).then(({ stdout }) => stdout.trim());
}

function send({ url, ca, token }: ControlPlane, path: string, body?: unknown): Promise<Answer> {
  return request(`${url}${path}`, { ca, token, ...(body !== undefined && { body }) });
}

function create(controlPlane: ControlPlane, name: string): Promise<Answer> {
  return send(controlPlane, configMaps, { metadata: { name } });
}

const first = await start().catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

afterAll(async () => {
  for (const controlPlane of running) await controlPlane.stop();
});

describe.skipIf(first === undefined)('a real control plane', { timeout: 120_000 }, () => {
  const controlPlane = first!;

  it('is of the release that the module pins', async () => {
    const version = JSON.parse(await kubectl(controlPlane, 'version', '--output=json')) as Record<string, unknown>;

    expect(version).toMatchObject({
      clientVersion: { gitVersion: 'v1.36.3', major: '1', minor: '36' },
      serverVersion: { gitVersion: 'v1.36.3', major: '1', minor: '36' },
    });
  });

  it('lets nobody speak with its etcd who has not its certificate', async () => {
    const { url, identity } = controlPlane.etcd;
    const ask = (options: RequestOptions, at = url) =>
      request(`${at}/v3/kv/range`, { body: { key: 'AA==', range_end: 'AA==' }, ...options });
    const ca = identity.certificate;

    expect((await ask({ ca, identity })).status).toBe(200);
    await expect(ask({ ca })).rejects.toThrow('certificate required');
    await expect(ask({ ca, identity: selfSignedCertificate('kuberx etcd') })).rejects.toThrow('unknown ca');
    await expect(ask({}, url.replace('https:', 'http:'))).rejects.toThrow('socket hang up');
    expect((await stat(identity.keyFile)).mode & 0o777).toBe(0o600);
  });

  it('refuses while the apiserver is killed, and has everything when it is back on its port', async () => {
    expect((await create(controlPlane, 'kept')).status).toBe(201);
    await controlPlane.killApiServer();
    await expect(send(controlPlane, configMaps)).rejects.toThrow('ECONNREFUSED');
    await controlPlane.restartApiServer();

    expect((await send(controlPlane, `${configMaps}/kept`)).status).toBe(200);
  });

  it('says 410 to a version from before a compaction and a restart', async () => {
    const { metadata } = JSON.parse((await create(controlPlane, 'old')).body) as {
      metadata: { resourceVersion: string };
    };
    await create(controlPlane, 'newer');
    await create(controlPlane, 'newest');
    expect(Number(await controlPlane.compact())).toBeGreaterThan(Number(metadata.resourceVersion));
    await controlPlane.restartApiServer();
    const watch = await send(controlPlane, `${configMaps}?watch=true&resourceVersion=${metadata.resourceVersion}`);

    expect(JSON.parse(watch.body)).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
  });

  it('compacts at the revision that is asked for, and not twice', async () => {
    const { metadata } = JSON.parse((await create(controlPlane, 'compacted')).body) as {
      metadata: { resourceVersion: string };
    };

    expect(await controlPlane.compact(metadata.resourceVersion)).toBe(metadata.resourceVersion);
    await expect(controlPlane.compact(metadata.resourceVersion)).rejects.toThrow('compacted');
  });

  it('goes back to the copy that was taken of its storage, versions included', async () => {
    await create(controlPlane, 'in-the-copy');
    await controlPlane.backUp();
    const { metadata } = JSON.parse((await create(controlPlane, 'after-the-copy')).body) as {
      metadata: { resourceVersion: string };
    };
    await Promise.all(Array.from({ length: 100 }, (_, index) => create(controlPlane, `after-the-copy-${index}`)));
    await controlPlane.restore();
    const list = JSON.parse((await send(controlPlane, configMaps)).body) as { metadata: { resourceVersion: string } };

    expect((await send(controlPlane, `${configMaps}/in-the-copy`)).status).toBe(200);
    expect((await send(controlPlane, `${configMaps}/after-the-copy`)).status).toBe(404);
    expect(Number(list.metadata.resourceVersion)).toBeLessThan(Number(metadata.resourceVersion) + 100);
  });

  it('runs beside another one, of an earlier release and with RBAC', async () => {
    const earlier = await start({ emulatedVersion: '1.33', authorizationMode: 'RBAC', watchCache: false });
    const streaming = await send(earlier, `${configMaps}?${initialEvents}&timeoutSeconds=1`);

    expect(streaming.status).toBe(422);
    expect((await send(controlPlane, `${configMaps}?${initialEvents}&timeoutSeconds=1`)).status).toBe(200);
    expect(await kubectl(earlier, 'auth', 'can-i', 'list', 'configmaps', '--all-namespaces')).toBe('yes');
    await expect(kubectl(earlier, '--context=alice', 'get', 'configmaps')).rejects.toThrow('Forbidden');
    expect(await kubectl(controlPlane, '--context=alice', 'get', 'configmaps', '--output=name')).toContain('kept');
  });

  it('runs the controllers that are asked for, and gives pods their service account', async () => {
    const controlled = await start({ controllers: ['namespace', 'garbagecollector', 'serviceaccount'] });
    await kubectl(controlled, 'create', 'namespace', 'brief');
    await expect
      .poll(() => send(controlled, '/api/v1/namespaces/brief/serviceaccounts/default'))
      .toMatchObject({ status: 200 });
    await kubectl(controlled, 'run', 'pod', '--image=none', '--namespace=brief');
    const pod = await kubectl(
      controlled,
      'get',
      'pod',
      'pod',
      '--namespace=brief',
      '--output=jsonpath={.spec.serviceAccountName}',
    );
    expect(pod).toBe('default');
    await kubectl(controlled, 'delete', 'namespace', 'brief', '--wait', '--timeout=60s');

    expect((await send(controlled, '/api/v1/namespaces/brief')).status).toBe(404);
  });

  it('fails with the word of the apiserver where a flag is wrong', async () => {
    await expect(startControlPlane({ apiServerFlags: ['--no-such-flag'] })).rejects.toThrow(
      'unknown flag: --no-such-flag',
    );
  });

  it('ends, removes its directory, and may be asked twice', async () => {
    await controlPlane.stop();
    await controlPlane.stop();

    expect(existsSync(controlPlane.dataDir)).toBe(false);
    await expect(send(controlPlane, configMaps)).rejects.toThrow('ECONNREFUSED');
  });
});
