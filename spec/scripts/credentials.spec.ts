import { KubeConfig } from '@kubernetes/client-node';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kubeconfigText, writeCredentials } from '../../scripts/controlplane/credentials.ts';

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

  it('change with each start, but for the key that tokens were signed with', async () => {
    const first = await writeCredentials(dataDir);
    const key = await readFile(first.serviceAccountKeyFile, 'utf8');
    const second = await writeCredentials(dataDir);

    expect(second.adminToken).not.toBe(first.adminToken);
    expect(await readFile(second.serviceAccountKeyFile, 'utf8')).toBe(key);
  });
});
