import { describe, expect, it } from 'vitest';
import { discovery, fetchHttpClient } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';

describe('discovery over fetch', () => {
  it('finds the resource behind a name, and asks once', async () => {
    await using server = await apiServer();
    const apis = discovery(fetchHttpClient({ server: server.url }));
    const [deployments, pods] = await Promise.all([
      apis.resource('deploy'),
      apis.ofKind({ apiVersion: 'v1', kind: 'Pod' }),
    ]);
    expect([deployments.name, pods.name]).toEqual(['apps/v1/deployments', 'v1/pods']);
    expect(server.requests.map(({ path }) => path).sort()).toEqual(['/api', '/apis']);
  });
});
