import { concat, ignoreElements, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { controllerFor, KubeError, type KubernetesObject, type ResourceClient, setOwner } from 'kuberx';
import { type HttpClient, resourceClient } from 'kuberx/http';
import type { Report } from 'kuberx/queue';
import { lateInformer } from './late-informer.ts';
import { type ConfigMap, configMaps, virtualCluster } from './virtual-cluster.ts';

const secrets = 'v1/secrets';
const named = (name: string) => ({ namespace: 'default', name });

type Cut = 'before' | 'after' | 'never';

/** A proxy that breaks connections off: before a write has reached the server, or when it has answered. */
function cutting(http: HttpClient, next: () => Cut): HttpClient {
  return (request) => {
    const cut = request.method === 'GET' ? 'never' : next();
    const broken$ = throwError(
      () => new KubeError({ reason: 'Network', resource: request.resource, message: 'the connection was reset' }),
    );
    if (cut === 'before') return broken$;
    return cut === 'after' ? concat(http(request).pipe(ignoreElements()), broken$) : http(request);
  };
}

/**
 * A controller through such a proxy, over caches that lag when told to. Each ConfigMap is to have one Secret, under a name that is made
 * up, and is to be counted once.
 */
function setting(next: () => Cut, seed = 1) {
  const cluster = virtualCluster({}, seed);
  const main = lateInformer(cluster);
  const owned = lateInformer<KubernetesObject>(cluster, { resource: secrets });
  const maps = resourceClient(cutting(cluster.server.http, next), configMaps) as unknown as ResourceClient<ConfigMap>;
  const children = resourceClient(
    cutting(cluster.server.http, next),
    secrets,
  ) as unknown as ResourceClient<KubernetesObject>;
  const reports: Report[] = [];
  const controller = controllerFor(main.informer, {
    owns: [owned.informer],
    concurrency: 4,
    scheduler: cluster.scheduler,
    random: cluster.random,
    reconcile: ({ object, lister, writer }) => {
      if (object === undefined) return undefined;
      const isOwned = ({ metadata }: KubernetesObject): boolean =>
        metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid) === true;
      if (!lister(owned.informer).list().some(isOwned)) {
        const metadata = { namespace: 'default', generateName: `${object.metadata.name}-` };
        return writer(children).create(setOwner({ apiVersion: 'v1', kind: 'Secret', metadata }, object));
      }
      if (object.data?.['counted'] === 'yes') return undefined;
      return writer(maps).edit(object, (draft) => {
        draft.data = { ...draft.data, count: String(Number(draft.data?.['count'] ?? 0) + 1), counted: 'yes' };
      });
    },
  });
  controller.reports$.subscribe((report) => reports.push(report));
  return { cluster, main, owned, reports, server: cluster.server };
}

describe('a controller whose connections are cut', () => {
  it('reads before it writes again where the answer to a creation was lost, and makes no second child', () => {
    const cuts: Cut[] = ['after'];
    const { cluster, owned, server, reports } = setting(() => cuts.shift() ?? 'never');
    owned.hold();
    server.create(configMaps, { metadata: named('a') });
    cluster.pass(4000);
    const children = server.list(secrets);
    expect(children).toHaveLength(1);
    const asked = server.requests.filter(
      ({ resource, verb }) => resource === secrets && ['create', 'get'].includes(verb!),
    );
    expect(asked.map(({ verb, name }) => [verb, name])).toEqual([
      ['create', undefined],
      ['get', children[0]!.metadata.name],
    ]);
    expect(reports[0]).toMatchObject({ type: 'failed', error: { reason: 'Network' } });
    owned.release();
    cluster.pass(10_000);
    expect(server.list(secrets)).toHaveLength(1);
    expect(server.get(configMaps, 'default/a')).toMatchObject({ data: { count: '1', counted: 'yes' } });
  });

  it('reads before it writes again where the answer to an edit was lost, and overwrites nobody', () => {
    const cuts: Cut[] = ['never', 'after'];
    const { cluster, main, server } = setting(() => cuts.shift() ?? 'never');
    server.create(configMaps, { metadata: named('a') });
    main.hold();
    cluster.pass(1);
    main.release();
    main.hold();
    cluster.pass(3);
    server.apply(configMaps, { metadata: named('a'), data: { count: '1', counted: 'yes', foreign: 'kept' } });
    cluster.pass(3000);
    expect(server.get(configMaps, 'default/a')).toMatchObject({
      data: { count: '1', counted: 'yes', foreign: 'kept' },
    });
    const writes = server.requests.filter(({ verb }) => verb === 'patch');
    expect(writes).toHaveLength(1);
    const next = server.requests.slice(server.requests.indexOf(writes[0]!) + 1);
    expect(next.find(({ resource }) => resource === configMaps)?.verb).toBe('get');
    main.release();
    cluster.pass(10_000);
    expect(server.requests.filter(({ verb }) => verb === 'patch')).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'makes one child and counts once, whatever is cut and however late caches are (seed %d)',
    (seed) => {
      const { cluster, main, owned, server, reports } = setting(() => {
        const dice = cluster.random();
        return dice < 0.3 ? 'before' : dice < 0.6 ? 'after' : 'never';
      }, seed);
      const owners = 20;
      for (let index = 0; index < owners; index++) server.create(configMaps, { metadata: named(`o${index}`) });
      for (let step = 0; step < 300; step++) {
        for (const late of [main, owned]) (cluster.random() < 0.5 ? late.hold : late.release)();
        if (step % 50 === 0) for (const late of [main, owned]) late.cut();
        cluster.pass(Math.floor(cluster.random() * 100));
      }
      main.release();
      owned.release();
      cluster.pass(120_000);
      expect(server.list(secrets)).toHaveLength(owners);
      const counts = server.list(configMaps).map((each) => (each as ConfigMap).data?.['count']);
      expect(counts).toEqual(Array.from({ length: owners }, () => '1'));
      // Each run that failed was cut: no conflict is taken for an error, nothing waits for ever.
      const failures = reports.flatMap((report) => (report.type === 'failed' ? [report.error] : []));
      expect(failures.length).toBeGreaterThan(10);
      expect(failures.every((error) => error instanceof KubeError && error.reason === 'Network')).toBe(true);
    },
  );
});
