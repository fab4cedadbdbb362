import { EMPTY, type Observable, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type FinalizerSteps, type ResourceClient, withFinalizer, type Writer, writerOf } from 'kuberx';
import { finalizerRounds } from './finalizer-rounds.ts';
import { type ConfigMap, configMaps, virtualCluster } from '../virtual-cluster.ts';

const name = 'example.com/cleanup';
const metadata = { namespace: 'default', name: 'a' };

interface Run {
  readonly object: ConfigMap | undefined;
  writer(client: ResourceClient<ConfigMap>): Writer<ConfigMap>;
}
type Steps = FinalizerSteps<ConfigMap, Run>;

/** A run of each state of one object, with what it did. */
function setting(finalizers: readonly string[] = [], steps: Partial<Steps> = {}) {
  const cluster = virtualCluster();
  const { server } = cluster;
  const client = cluster.client();
  const object = server.create(configMaps, { metadata: { ...metadata, finalizers } }) as ConfigMap;
  const calls: string[] = [];
  const all: Steps = {
    apply: (each) => void calls.push(`apply ${each.metadata.finalizers?.join() ?? ''}`),
    cleanup: () => void calls.push('cleanup'),
    ...steps,
  };
  function reconcile(run: Run): Observable<unknown> {
    return withFinalizer<ConfigMap, Run>(name, client, all)(run);
  }
  const stored = () => server.get(configMaps, 'default/a') as ConfigMap | undefined;
  return {
    cluster,
    server,
    object,
    calls,
    stored,
    finalizersOf: () => stored()?.metadata.finalizers,
    /** Runs on what a cache has, and returns its outcomes, or the failure. */
    run: (...[cached = stored()]: readonly (ConfigMap | 'none')[]): unknown => {
      const seen: unknown[] = [];
      const run = {
        object: cached === 'none' ? undefined : cached,
        writer: (each: typeof client) => writerOf(each, cluster),
      };
      reconcile(run).subscribe({ next: (outcome) => seen.push(outcome), error: (error: unknown) => seen.push(error) });
      cluster.pass(10_000);
      return seen.at(-1);
    },
  };
}

describe('withFinalizer', () => {
  it('stores the finalizer before apply, which goes on with the answer', () => {
    const { run, calls, finalizersOf } = setting(['example.com/other']);
    run();
    expect(calls).toEqual([`apply example.com/other,${name}`]);
    expect(finalizersOf()).toEqual(['example.com/other', name]);
    run();
    expect(calls).toHaveLength(2);
  });

  it('writes nothing where the finalizer is there', () => {
    const { run, server } = setting([name]);
    run();
    expect(server.requests).toEqual([]);
  });

  it('cleans up what is deleted, and removes its own finalizer alone', () => {
    const { run, server, calls, finalizersOf } = setting(['example.com/a', name, 'example.com/b']);
    server.delete(configMaps, 'default/a');
    run();
    expect(calls).toEqual(['cleanup']);
    expect(finalizersOf()).toEqual(['example.com/a', 'example.com/b']);
    run();
    expect(calls).toEqual(['cleanup']);
  });

  it.each<[string, Steps['cleanup']]>([
    [
      'throws',
      () => {
        throw new Error('not yet');
      },
    ],
    ['fails as a promise', () => Promise.reject(new Error('not yet'))],
    ['fails as an Observable', () => throwError(() => new Error('not yet'))],
  ])('keeps the finalizer where cleanup %s', async (_how, cleanup) => {
    const { server, finalizersOf, stored, cluster } = setting([name]);
    server.delete(configMaps, 'default/a');
    const failures: unknown[] = [];
    const ended = new Promise<void>((resolve) => {
      const error = (failure: unknown): void => {
        failures.push(failure);
        resolve();
      };
      withFinalizer<ConfigMap, Run>(name, cluster.client(), { apply: () => undefined, cleanup })({
        object: stored(),
        writer: (each) => writerOf(each, cluster),
      }).subscribe({ error, complete: resolve });
    });
    await ended;
    expect(failures).toEqual([new Error('not yet')]);
    cluster.pass(10_000);
    expect(finalizersOf()).toEqual([name]);
  });

  it('keeps the finalizer while cleanup asks to run again, and passes that on', () => {
    let isDone = false;
    const { run, server, finalizersOf } = setting([name], {
      cleanup: () => (isDone ? EMPTY : of({ requeueAfter: 500 })),
    });
    server.delete(configMaps, 'default/a');
    expect(run()).toEqual({ requeueAfter: 500 });
    expect(finalizersOf()).toEqual([name]);
    isDone = true;
    expect(run()).toBeUndefined();
    expect(finalizersOf()).toBeUndefined();
  });

  it('passes on what apply asks for', () => {
    const { run } = setting([], { apply: () => ({ requeueAfter: 7 }) });
    expect(run()).toEqual({ requeueAfter: 7 });
  });

  it('does nothing for an object that is gone, or that is deleted without the finalizer', () => {
    const { run, server, calls } = setting(['example.com/other']);
    run('none');
    server.delete(configMaps, 'default/a');
    run();
    expect(calls).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it('reads again where the finalizers have changed, and loses none', () => {
    const { run, server, object, calls, finalizersOf } = setting(['example.com/a']);
    server.apply(configMaps, { metadata: { ...metadata, finalizers: ['example.com/b', 'example.com/c'] } });
    run(object);
    expect(finalizersOf()).toEqual(['example.com/b', 'example.com/c', name]);
    expect(calls).toHaveLength(1);
    expect(server.requests.map(({ verb }) => verb)).toEqual(['patch', 'get', 'patch']);
  });

  it('goes on with the object of the server where the cache has not seen the finalizer', () => {
    const { run, server, object, calls } = setting();
    server.apply(configMaps, { metadata: { ...metadata, finalizers: [name] } });
    run(object);
    expect(calls).toEqual([`apply ${name}`]);
  });

  it('touches nothing where the object was deleted, or created anew, unseen', () => {
    const first = setting([]);
    first.server.delete(configMaps, 'default/a');
    first.run(first.object);
    expect(first.calls).toEqual([]);
    first.server.create(configMaps, { metadata });
    first.run(first.object);
    expect(first.calls).toEqual([]);
    expect(first.finalizersOf()).toBeUndefined();
  });

  it('adds no finalizer to what is being deleted unseen', () => {
    const { run, server, object, calls, finalizersOf } = setting(['example.com/other']);
    server.delete(configMaps, 'default/a');
    run(object);
    expect(calls).toEqual([]);
    expect(finalizersOf()).toEqual(['example.com/other']);
  });

  it('fails with a Conflict where others change the finalizers each time', () => {
    const { run, server, object, calls } = setting();
    let round = 0;
    server.intercept(({ verb }) => {
      const finalizers = [`example.com/f-${round++}`];
      if (verb === 'patch') server.apply(configMaps, { metadata: { ...metadata, finalizers } });
      return undefined;
    });
    expect(run(object)).toMatchObject({ name: 'KubeError', reason: 'Conflict' });
    expect(calls).toEqual([]);
    expect(server.requests.filter(({ verb }) => verb === 'get')).toHaveLength(5);
  });

  it.each(['cleanup', '/cleanup', 'example.com/', 'Example.com/a b'])('refuses the finalizer "%s"', (invalid) => {
    const steps = { apply: () => undefined, cleanup: () => undefined };
    expect(() => withFinalizer(invalid, virtualCluster().client(), steps)).toThrow(TypeError);
  });

  it('keeps two controllers apart through 100 lives of an object: none lost, none left', () => {
    const { cleanups, deletions, left, removedUncleaned } = finalizerRounds(100, 1);
    expect(deletions).toBe(100);
    expect(left).toEqual([]);
    expect(removedUncleaned).toEqual([]);
    for (const count of cleanups) expect(count).toBeGreaterThanOrEqual(100);
  });
});
