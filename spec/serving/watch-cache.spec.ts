import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Revision } from '#src/serving/revision.ts';
import type { CacheChange } from '#src/serving/cache-change.ts';
import { ConfigMaps } from './config-maps.ts';

const keys = (revisions: readonly Revision[] | undefined) => revisions?.map(({ key }) => key);
const told = (changes: readonly CacheChange[] | undefined) =>
  changes?.map(({ key, version, current }) => `${current === undefined ? '-' : '+'}${key}@${String(version)}`);

describe('WatchCache', () => {
  it('keeps objects in the order of their keys', () => {
    const maps = new ConfigMaps();
    for (const key of ['b/a', 'a/b', 'a-b/a', 'a/a']) maps.put(key);
    expect(keys(maps.cache.ordered())).toEqual(['a-b/a', 'a/a', 'a/b', 'b/a']);
    maps.remove('a/a');
    expect(keys(maps.cache.ordered())).toEqual(['a-b/a', 'a/b', 'b/a']);
  });

  it('gives the same array while nothing changes, and never changes one', () => {
    const maps = new ConfigMaps();
    maps.put('a/a');
    const before = maps.cache.ordered();
    expect(maps.cache.ordered()).toBe(before);
    maps.put('a/b');
    expect(keys(before)).toEqual(['a/a']);
  });

  it('tells a change once its version is current', () => {
    const maps = new ConfigMaps();
    const seen: unknown[] = [];
    maps.cache.changes$.subscribe(({ version }) => seen.push([version, maps.cache.versions.current, maps.cache.size]));
    maps.put('a/a');
    maps.remove('a/a');
    maps.remove('a/a');
    expect(seen).toEqual([
      [101n, 101n, 1],
      [102n, 102n, 0],
    ]);
  });

  it('refuses what was compacted, states and changes', () => {
    const maps = new ConfigMaps();
    for (const name of ['a', 'b', 'c']) maps.put(`x/${name}`);
    maps.cache.compact(102n);
    expect(maps.cache.orderedAt(101n)).toBeUndefined();
    expect(maps.cache.changesAfter(101n)).toBeUndefined();
    expect(keys(maps.cache.orderedAt(102n))).toEqual(['x/a', 'x/b']);
    expect(told(maps.cache.changesAfter(102n))).toEqual(['+x/c@103']);
    expect(maps.cache.oldestWatchable).toBe(102n);
  });

  it('refuses what no longer fits its history', () => {
    const maps = new ConfigMaps(2);
    for (const name of ['a', 'b', 'c']) maps.put(`x/${name}`);
    expect(maps.cache.changesAfter(100n)).toBeUndefined();
    expect(told(maps.cache.changesAfter(101n))).toEqual(['+x/b@102', '+x/c@103']);
  });

  it('cannot be watched from before a restart, but shows the old states', () => {
    const maps = new ConfigMaps();
    maps.put('x/a');
    maps.put('x/b');
    let restarts = 0;
    maps.cache.restarted$.subscribe(() => restarts++);
    maps.cache.restart();
    expect(restarts).toBe(1);
    expect(maps.cache.changesAfter(101n)).toBeUndefined();
    expect(maps.cache.changesAfter(102n)).toEqual([]);
    expect(keys(maps.cache.orderedAt(101n))).toEqual(['x/a']);
  });

  it('keeps content under the current version when the counter goes back', () => {
    const maps = new ConfigMaps();
    maps.put('x/a');
    for (let version = 102; version < 110; version++) maps.put('x/b');
    maps.cache.versions.jump(103n);
    maps.cache.restore();
    expect(maps.cache.ordered().map(({ object }) => object.metadata.resourceVersion)).toEqual(['101', '103']);
    maps.put('x/b');
    expect(told(maps.cache.changesAfter(103n))).toEqual(['+x/b@104']);
    expect(maps.cache.changesAfter(102n)).toBeUndefined();
  });

  it('shows every state it has not forgotten, and the changes from it to the latest', () => {
    const step = fc.record({ key: fc.constantFrom('a/a', 'a/b', 'b/a', 'b/b', 'c/a'), isRemoval: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 80 }), (steps, historySize) => {
        const maps = new ConfigMaps(historySize);
        const model = new Map<string, string>();
        const states = new Map<bigint, unknown>();
        const remember = () => states.set(maps.cache.versions.current, [...model].sort());
        remember();
        for (const { key, isRemoval } of steps) {
          if (!isRemoval) model.set(key, maps.put(key).metadata.resourceVersion!);
          else if (model.delete(key)) maps.remove(key);
          remember();
        }
        for (const [version, state] of states) {
          const ordered = maps.cache.orderedAt(version);
          const changes = maps.cache.changesAfter(version);
          expect(ordered === undefined).toBe(version < maps.cache.oldestWatchable);
          if (ordered === undefined || changes === undefined) continue;
          const shown = new Map(ordered.map(({ key, version: own }) => [key, String(own)]));
          expect([...shown]).toEqual(state);
          for (const { key, current } of changes) {
            if (current === undefined) shown.delete(key);
            else shown.set(key, String(current.version));
          }
          expect([...shown].sort()).toEqual([...model].sort());
        }
        const kept = [...states.keys()].filter((version) => version >= maps.cache.oldestWatchable);
        expect(kept.length).toBe(Math.min(historySize, states.size - 1) + 1);
      }),
    );
  });
});
