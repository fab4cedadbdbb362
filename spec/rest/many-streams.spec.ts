import { describe, expect, it, onTestFinished } from 'vitest';
import { sharedInformer } from 'kuberx';
import { listWatch } from 'kuberx/rest';
import { eventually } from '../eventually.ts';
import { aServer, configMap } from '../testing/apiserver/a-server.ts';

/** More than one connection carries. */
const count = 130;

describe('informers over HTTP/2, more than a connection has streams', () => {
  it('share two connections, see what happens, and go on where they were when the server comes back', async () => {
    const server = await aServer({ tls: true, token: 'secret' });
    const namespaces = Array.from({ length: count }, (_, index) => `n-${index}`);
    for (const namespace of namespaces) server.create('v1/configmaps', configMap('a', {}, namespace));
    const informers = namespaces.map((namespace) =>
      sharedInformer(listWatch(server.restConfig, 'v1/configmaps', { namespace })),
    );
    for (const { snapshot$ } of informers) {
      const subscription = snapshot$.subscribe();
      onTestFinished(() => subscription.unsubscribe());
    }
    const sizes = () => informers.map(({ snapshot$ }) => snapshot$.value.size);
    const each = (size: number) => expect(sizes()).toEqual(namespaces.map(() => size));
    await eventually(() => each(1));
    expect(server.openStreams).toBe(count);
    expect(server.connections).toBe(2);
    expect(new Set(server.requests.map(({ transport }) => transport))).toEqual(new Set(['http/2']));

    for (const namespace of namespaces) server.create('v1/configmaps', configMap('b', {}, namespace));
    await eventually(() => each(2));

    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(1500);
    for (const namespace of namespaces) server.create('v1/configmaps', configMap('c', {}, namespace));
    const lists = () => server.requests.filter(({ verb }) => verb === 'list').length;
    const listed = lists();
    await server.start();
    await eventually(() => each(3));
    // They were told that the server goes away, and went on by their versions.
    expect(lists()).toBe(listed);
    await eventually(() => expect(server.openStreams).toBe(count));
    expect(server.connections).toBe(2);
  });
});
