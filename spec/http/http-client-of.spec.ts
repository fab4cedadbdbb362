import { describe, expect, it } from 'vitest';
import { discovery, informerFactory, listWatch, resourceClient } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';
import { httpClientOf } from '#src/http/http-client-of.ts';

describe('httpClientOf', () => {
  it('is what is given, or a client over fetch by its options', async () => {
    await using server = await apiServer({ token: 'secret' });
    server.create('v1/pods', { metadata: { namespace: 'default', name: 'first' } });
    const source = { server: server.url, headers: () => ({ authorization: 'Bearer secret' }) };
    expect(httpClientOf(server.http)).toBe(server.http);
    const { items } = await listWatch(source, 'v1/pods').list({});
    expect(items).toHaveLength(1);
    const { metadata } = await resourceClient(source, 'v1/pods').get({ name: 'first', namespace: 'default' });
    expect(metadata.name).toBe('first');
    expect((await discovery(source).resource('po')).name).toBe('v1/pods');
    const pods = informerFactory(source).informer('v1/pods');
    await pods.whenSynced();
    expect(pods.snapshot$.value.size).toBe(1);
  });

  it.each([undefined, null, {}, { url: 'http://localhost' }, 'http://localhost'])('refuses %o', (source) => {
    expect(() => listWatch(source as never, 'v1/pods')).toThrow('neither an HTTP client');
  });
});
