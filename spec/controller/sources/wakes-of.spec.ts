import { config } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Wake } from 'kuberx/queue';
import { wakesOf } from '#src/controller/sources/wakes-of.ts';
import { type ConfigMap, virtualCluster } from '../virtual-cluster.ts';

const configMap = (name: string, data: Record<string, string> = {}): ConfigMap =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default' },
    data,
  }) as unknown as ConfigMap;

const inWords = ({ key, priority, reason }: Wake): string => `${reason?.type} ${key} ${priority}`;

describe('wakesOf', () => {
  afterEach(() => {
    config.onUnhandledError = null;
  });

  it('wakes the keys of each object, old and new, and those of the first list with a low priority', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(configMap('a', { of: 'x' })));
    const wakes: Wake[] = [];
    const wakes$ = wakesOf(cluster.informer(), ({ data }) => (data?.['of'] === undefined ? undefined : [data['of']]));
    const subscription = wakes$.subscribe((wake) => wakes.push(wake));
    cluster.pass(1000);
    cluster.outcome(cluster.client().create(configMap('b', { of: 'y' })));
    cluster.outcome(cluster.client().update(configMap('b', { of: 'z' })));
    cluster.outcome(cluster.client().delete({ namespace: 'default', name: 'b' }));
    subscription.unsubscribe();
    expect(wakes.map(inWords)).toEqual(['added x -100', 'added y 0', 'updated z 0', 'updated y 0', 'deleted z 0']);
    expect(wakes[0]?.reason?.source).toBe('v1/configmaps');
  });

  it('knows its informer, and starts it when it is subscribed to', () => {
    const cluster = virtualCluster();
    const configMaps = cluster.informer();
    const wakes$ = wakesOf(configMaps, () => []);
    expect(wakes$.informer).toBe(configMaps);
    cluster.pass(100);
    expect(configMaps.status$.value.phase).toBe('idle');
    wakes$.subscribe();
    cluster.pass(100);
    expect(configMaps.status$.value.phase).toBe('watching');
  });

  it('goes on where the function throws for an object, and tells RxJS', async () => {
    const errors: unknown[] = [];
    config.onUnhandledError = (error) => errors.push(error);
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(configMap('a')));
    cluster.outcome(cluster.client().create(configMap('b')));
    const wakes: Wake[] = [];
    wakesOf(cluster.informer(), ({ metadata }) => {
      if (metadata.name === 'a') throw new Error('boom');
      return [metadata.name];
    }).subscribe((wake) => wakes.push(wake));
    cluster.pass(1000);
    expect(wakes.map(({ key }) => key)).toEqual(['b']);
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors.map(String)).toEqual(['Error: boom']);
  });

  it('gives a resync a low priority', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(configMap('a')));
    const configMaps = cluster.informer();
    const resynced = Object.create(configMaps, {
      events$: { value: configMaps.events({ resyncPeriod: 1000 }) },
    }) as typeof configMaps;
    const wakes: Wake[] = [];
    wakesOf(resynced, () => ['x']).subscribe((wake) => wakes.push(wake));
    cluster.pass(1500);
    expect(wakes.map(inWords)).toEqual(['added x -100', 'resync x -100']);
  });
});
