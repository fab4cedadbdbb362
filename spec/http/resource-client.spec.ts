import { describe, expect, it } from 'vitest';
import { fetchHttpClient, resourceClient } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';

describe('resourceClient over fetch', () => {
  it('reads and writes', async () => {
    await using server = await apiServer();
    const configMaps = resourceClient(fetchHttpClient({ server: server.url }), 'v1/configmaps');
    const metadata = { namespace: 'default', name: 'settings' };
    await configMaps.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { size: '2' } });
    expect((await configMaps.get(metadata)).data).toEqual({ size: '2' });
  });
});
