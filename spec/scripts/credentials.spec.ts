import { KubeConfig } from '@kubernetes/client-node';
import { lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kubeconfigText, writeCredentials } from '../../scripts/controlplane/credentials.ts';
import { writeEtcdIdentity } from '../../scripts/controlplane/etcd.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kuberx-spec-'));
});

afterEach(() => rm(dataDir, { recursive: true }));

describe('the credentials of a control plane', () => {
  it('make a kubeconfig that clients read', async () => {
    const credentials = await writeCredentials(dataDir);
    const ca = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(kubeconfigText('https://127.0.0.1:20000', ca, credentials));

    expect(kubeConfig.getCurrentContext()).toBe('admin');
    expect(kubeConfig.getCurrentUser()?.token).toBe(credentials.adminToken);
    expect(kubeConfig.getCurrentCluster()?.server).toBe('https://127.0.0.1:20000');
    expect(Buffer.from(kubeConfig.getCurrentCluster()?.caData ?? '', 'base64').toString()).toBe(ca);
    kubeConfig.setCurrentContext('alice');
    expect(kubeConfig.getCurrentUser()?.token).toBe(credentials.aliceToken);
  });

  it('are for their owner alone', async () => {
    const { tokenFile, serviceAccountKeyFile } = await writeCredentials(dataDir);

    for (const file of [tokenFile, serviceAccountKeyFile]) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are for their owner alone where another file was before', async () => {
    const { tokenFile } = await writeCredentials(dataDir);
    await rm(tokenFile);
    await writeFile(tokenFile, 'seen by all', { mode: 0o644 });
    await writeCredentials(dataDir);

    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
  });

  it('are never written through a link', async () => {
    const victim = join(dataDir, 'victim');
    await writeFile(victim, 'unharmed');
    for (const name of ['tokens.csv', 'sa.key', 'etcd.crt', 'etcd.key']) await symlink(victim, join(dataDir, name));
    const { tokenFile, serviceAccountKeyFile } = await writeCredentials(dataDir);
    const { certificateFile, keyFile } = await writeEtcdIdentity(dataDir);

    expect(await readFile(victim, 'utf8')).toBe('unharmed');
    for (const file of [tokenFile, serviceAccountKeyFile, certificateFile, keyFile]) {
      const stats = await lstat(file);
      expect([stats.isFile(), stats.mode & 0o777]).toEqual([true, 0o600]);
    }
  });

  it('change with each start, but for the key that tokens were signed with', async () => {
    const first = await writeCredentials(dataDir);
    const key = await readFile(first.serviceAccountKeyFile, 'utf8');
    const second = await writeCredentials(dataDir);

    expect(second.adminToken).not.toBe(first.adminToken);
    expect(await readFile(second.serviceAccountKeyFile, 'utf8')).toBe(key);
  });
});
