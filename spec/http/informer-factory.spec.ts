import { describe, expect, it } from 'vitest';
import { fetchHttpClient, informerFactory } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';

describe('informerFactory over fetch', () => {
  it('has one informer for a resource and selection, empty or not given', async () => {
    await using server = await apiServer();
    server.create('v1/pods', { metadata: { namespace: 'default', name: 'first' } });
    const informers = informerFactory(fetchHttpClient({ server: server.url }));
    const pods = informers.informer('v1/pods');
    expect(informers.informer('v1/pods', { namespace: '', metadataOnly: false })).toBe(pods);
    await pods.whenSynced();
    expect(pods.snapshot$.value.keys()).toEqual(['default/first']);
  });

  it('begins with a seed, and sends one watch and no list', async () => {
    await using server = await apiServer();
    const first = server.create('v1/pods', { metadata: { namespace: 'default', name: 'first' } });
    const seed = { objects: [{ ...first, metadata: { ...first.metadata } }], resourceVersion: server.resourceVersion };
    server.create('v1/pods', { metadata: { namespace: 'default', name: 'second' } });
    const informers = informerFactory(fetchHttpClient({ server: server.url }));
    const pods = informers.informer('v1/pods', { namespace: 'default' }, { seed });
    expect(pods.snapshot$.value.keys()).toEqual(['default/first']);
    await pods.waitFor('default/second', (found) => found !== undefined);
    expect(server.requests.map(({ verb }) => verb)).toEqual(['watch']);
  });
});
