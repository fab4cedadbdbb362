import { Map as ImmutableMap } from 'immutable';
import { PersistentMap } from '#src/store/contents/persistent-map.ts';
import { heapInUse, randomIntegers } from './measure.ts';
import { podKey } from './pod.ts';
import type { Section } from './section.ts';

/** The memory of the maps themselves, without keys and values, and of each older version that is held. */
export function memory(sizes: readonly number[]): Section {
  const rows = sizes.map((size) => {
    const entries = Array.from({ length: size }, (_, index) => [podKey(index), { index }] as const);
    // Keys are hashed and flattened when they are first used, which changes their own memory.
    if (new Map(entries).size !== ImmutableMap(entries).size) throw new Error('keys collide');
    const versions = 1000;
    const order = randomIntegers(versions, size);
    const native = bytesOf(() => new Map(entries));
    const persistent = bytesOf(() => PersistentMap.from(entries));
    const immutable = bytesOf(() => ImmutableMap(entries));
    const history = [PersistentMap.from(entries)];
    const held = bytesOf(() => {
      for (const index of order) history.push(history.at(-1)!.set(entries[index]![0], { index }));
      return history;
    });
    return [
      size,
      (native / size).toFixed(0),
      (persistent / size).toFixed(0),
      (immutable / size).toFixed(0),
      (held / versions).toFixed(0),
    ];
  });
  return {
    title: 'memory, bytes',
    columns: [
      'objects',
      'Map, each entry',
      'kuberx, each entry',
      'Immutable.js, each entry',
      'kuberx, each held version',
    ],
    rows,
    verdicts: [],
  };
}

const kept: unknown[] = [];

/** The values that were made stay alive, so that nothing is freed while the next is measured. */
function bytesOf(make: () => unknown): number {
  const before = heapInUse();
  kept.push(make());
  return heapInUse() - before;
}
