import { describe, expect, it } from 'vitest';
import { informerFactory, type PageConnection, pageConnection, resourceClient } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../../eventually.ts';

describe('pageConnection', () => {
  it('is an HTTP client for informers and clients, in Node as in a page', async () => {
    await using server = await apiServer();
    server.create('v1/pods', { metadata: { namespace: 'default', name: 'first' } });
    const cluster: { readonly http: PageConnection } = { http: pageConnection({ server: server.url }) };
    expect(cluster.http.connection$.value).toMatchObject({
      state: 'live',
      streams: { open: 0, allowed: 80, waiting: 0 },
    });
    const pods = informerFactory(cluster.http).informer('v1/pods');
    const held = pods.connect();
    await pods.whenSynced();
    await resourceClient(cluster.http, 'v1/pods').delete({ namespace: 'default', name: 'first' });
    await eventually(() => expect(pods.snapshot$.value.size).toBe(0));
    expect(cluster.http.connection$.value).toMatchObject({ state: 'live', streams: { open: 1 }, denied: [] });
    held.unsubscribe();
    await eventually(() => expect(server.openStreams).toBe(0));
    expect(cluster.http.connection$.value.streams.open).toBe(0);
  });

  it.each([
    { maxStreams: 0 },
    { maxStreams: 1.5 },
    { hiddenAfter: -1 },
    { streams: 'sse' },
    { server: 'http://a:b@c' },
  ])('refuses %o', (options) => {
    expect(() => pageConnection({ server: 'http://localhost:8001', ...(options as object) })).toThrow(/Nothing was/);
  });
});
