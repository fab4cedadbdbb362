import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { sharedInformer, watchReferred } from 'kuberx';
import { listWatch } from 'kuberx/http';
import { type ConfigMap, configMaps, virtualCluster } from '../virtual-cluster.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const secrets = 'v1/secrets';
const megabyte = 2 ** 20;

/** What is held, in MB, after two collections: of what the first one finalizes as well. */
async function held(): Promise<number> {
  for (let round = 0; round < 2; round++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / megabyte;
}

describe('watchReferred, in a cluster with 30,000 Secrets of 32 KB', () => {
  it('holds those alone that are referred to, and wakes within a second of a change', async () => {
    const cluster = virtualCluster();
    const { server } = cluster;
    // One text for all of them in the server; a client that reads them has one of each.
    const data = { value: 'A'.repeat(32 * 1024) };
    const namespaceOf = (index: number): string => (index < 1500 ? 'few' : 'default');
    for (let index = 0; index < 30_000; index++)
      server.create(secrets, { metadata: { namespace: namespaceOf(index), name: `s${index}` }, data });
    const names = Array.from({ length: 20 }, (_, index) => `s${2000 + index}`);
    for (const name of names)
      server.create(configMaps, { metadata: { namespace: 'default', name: `of-${name}` }, data: { secret: name } });
    const main = cluster.informer();
    main.connect();
    cluster.pass(5000);
    const before = await held();

    const referred$ = watchReferred(main, {
      ...cluster,
      refsOf: ({ data: of, metadata }: ConfigMap) =>
        of?.['secret'] === undefined ? [] : [{ namespace: metadata.namespace ?? '', name: of['secret'] }],
      listWatch: (selection) => listWatch(server.http, secrets, selection),
      client: cluster.client(secrets),
    });
    const woken: { readonly key: string; readonly at: number }[] = [];
    const wakes = referred$.subscribe(({ key }) => woken.push({ key, at: cluster.scheduler.now() }));
    cluster.pass(10_000);
    expect(server.openStreams).toBe(1 + names.length);
    expect(cluster.outcome(referred$.read({ namespace: 'default', name: 's2000' }), 100)).toMatchObject({ data });
    const after = await held();
    expect(after - before).toBeLessThan(30);

    woken.length = 0;
    for (const name of names) {
      const since = cluster.scheduler.now();
      server.apply(secrets, { metadata: { namespace: 'default', name }, data: { value: 'QkJCQg==' } });
      server.apply(secrets, {
        metadata: { namespace: 'default', name: 's9999' },
        data: { value: btoa(String(since)) },
      });
      cluster.pass(1000);
      expect(woken.splice(0).map(({ key, at }) => [key, at - since < 1000])).toEqual([[`default/of-${name}`, true]]);
    }
    wakes.unsubscribe();

    // That a whole cache would be seen here: 1,500 of them are more.
    const whole = sharedInformer(listWatch(server.http, secrets, { namespace: 'few' }), cluster);
    const connected = whole.connect();
    cluster.pass(10_000);
    expect(whole.snapshot$.value.size).toBe(1500);
    const withWhole = await held();
    expect(withWhole - after).toBeGreaterThan(30);
    connected.unsubscribe();
  }, 300_000);
});
