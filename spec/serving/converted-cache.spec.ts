import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import type { CacheChange } from '#src/serving/cache-change.ts';
import { ConvertedCache } from '#src/serving/converted-cache.ts';
import { ConfigMaps } from './config-maps.ts';

const under = (apiVersion: string) => (object: KubernetesObject) =>
  object.apiVersion === apiVersion ? object : { ...object, apiVersion };

/** A cache, and the same one in another version. */
function caches() {
  const maps = new ConfigMaps();
  const { cache } = maps;
  let reads = 0;
  const converted = new ConvertedCache(
    cache,
    { ...cache.resource, version: 'v2' },
    {
      read: (object) => {
        reads += 1;
        return under('v2')(object);
      },
      store: under('v1'),
    },
  );
  return { maps, cache, converted, reads: () => reads };
}

describe('ConvertedCache', () => {
  it('reads objects, states and changes in its form, under their keys and versions', () => {
    const { maps, cache, converted } = caches();
    const told: CacheChange[] = [];
    converted.changes$.subscribe((change) => told.push(change));
    maps.put('a/a');
    const version = cache.versions.current;
    maps.put('a/b');
    maps.remove('a/a');
    expect(converted.get('a/b')?.object).toMatchObject({ apiVersion: 'v2', metadata: { name: 'b' } });
    expect(converted.get('a/a')).toBeUndefined();
    expect(converted.ordered().map(({ key }) => key)).toEqual(['a/b']);
    expect(converted.orderedAt(version)?.map(({ object }) => object.apiVersion)).toEqual(['v2']);
    expect(converted.size).toBe(1);
    expect(told.map(({ current, previous }) => (current ?? previous)?.object.apiVersion)).toEqual(['v2', 'v2', 'v2']);
    expect(converted.changesAfter(version)).toEqual(told.slice(1));
    expect(converted.oldestWatchable).toBe(cache.oldestWatchable);
  });

  it('converts each revision once, and keeps one that is the same', () => {
    const { maps, cache, converted, reads } = caches();
    maps.put('a/a');
    expect(converted.ordered()).toBe(converted.ordered());
    expect(converted.ordered()[0]).toBe(converted.get('a/a'));
    expect(reads()).toBe(1);
    const same = new ConvertedCache(cache, cache.resource, { read: (object) => object, store: (object) => object });
    expect(same.get('a/a')).toBe(cache.get('a/a'));
  });

  it('stores in the form of the other cache', () => {
    const { cache, converted } = caches();
    const metadata = { name: 'a', namespace: 'a', resourceVersion: String(cache.versions.next) };
    expect(converted.put({ apiVersion: 'v2', kind: 'ConfigMap', metadata }).object.apiVersion).toBe('v2');
    expect(cache.get('a/a')?.object.apiVersion).toBe('v1');
    converted.remove('a/a', cache.versions.next);
    expect(cache.size).toBe(0);
  });
});
