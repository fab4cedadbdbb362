import type { Observable, Subscription } from 'rxjs';
import { withFinalizer, writerOf } from 'kuberx';
import { type ConfigMap, configMaps, virtualCluster } from '../virtual-cluster.ts';

/** What became of an object that two controllers held, through many lives. */
export interface FinalizerRounds {
  readonly deletions: number;
  /** How often each controller cleaned up. */
  readonly cleanups: readonly number[];
  /** What the server has in the end. */
  readonly left: readonly object[];
  /** Lives that ended without a cleanup of a controller that had applied. */
  readonly removedUncleaned: readonly string[];
}

const finalizers = ['example.com/one', 'example.com/two'];
const key = 'default/a';

/** Two controllers over one informer, each with a finalizer; the object is created, and deleted when it has both. */
export function finalizerRounds(rounds: number, seed: number): FinalizerRounds {
  const cluster = virtualCluster({ latency: 5 }, seed);
  const { server, scheduler, random } = cluster;
  const informer = cluster.informer();
  const applied = finalizers.map(() => new Set<string>());
  const cleaned = finalizers.map(() => new Set<string>());
  const cleanups = finalizers.map(() => 0);
  const removedUncleaned: string[] = [];
  let deletions = 0;

  const subscriptions: Subscription[] = finalizers.map((finalizer, index) => {
    const client = cluster.client();
    const steps = {
      apply: ({ metadata }: ConfigMap) => void applied[index]!.add(metadata.uid),
      cleanup: ({ metadata }: ConfigMap) => {
        cleanups[index]!++;
        if (random() < 0.1) throw new Error('not this time');
        cleaned[index]!.add(metadata.uid);
      },
    };
    function reconcile(object: ConfigMap | undefined): Observable<unknown> {
      return withFinalizer(finalizer, client, steps)({ object, writer: () => writerOf(client, cluster) });
    }
    let isRunning = false;
    let isDue = false;
    const run = (): void => {
      isDue = isRunning;
      if (isRunning) return;
      isRunning = true;
      const end = (delay?: number) => (): void => {
        isRunning = false;
        if (delay !== undefined) scheduler.schedule(run, delay);
        else if (isDue) run();
      };
      const object = informer.store.getByKey(key);
      reconcile(object).subscribe({ error: end(50 * random()), complete: end() });
    };
    return informer.events$.subscribe(run);
  });

  const live = (): void => {
    const object = server.get(configMaps, key);
    if (object === undefined) {
      if (deletions >= rounds) return;
      server.create(configMaps, { metadata: { namespace: 'default', name: 'a' } });
    } else if (finalizers.every((each) => object.metadata.finalizers?.includes(each))) {
      if (!object.metadata.deletionTimestamp) {
        deletions++;
        server.delete(configMaps, key);
      }
    }
    scheduler.schedule(live, 10 * random());
  };
  live();
  cluster.pass(rounds * 2000);
  for (const [index, uids] of applied.entries())
    for (const uid of uids) if (!cleaned[index]!.has(uid)) removedUncleaned.push(uid);
  for (const each of subscriptions) each.unsubscribe();
  return { deletions, cleanups, left: server.list(configMaps), removedUncleaned };
}
