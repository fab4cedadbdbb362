import { Map as ImmutableMap } from 'immutable';
import { PersistentMap } from '#src/store/contents/persistent-map.ts';
import { reduceSnapshot } from '#src/store/commit.ts';
import { emptySnapshot } from '#src/store/snapshot.ts';
import { nanoseconds, randomIntegers } from './measure.ts';
import { type BenchPod, podKey, smallPod } from './pod.ts';
import { type Section, times, verdict } from './section.ts';

const operations = 100_000;

/** `get` of prepared keys in random order, after the same number of random writes. */
export function gets(sizes: readonly number[]): Section {
  const rows = sizes.map((size) => {
    const keys = Array.from({ length: size }, (_, index) => podKey(index));
    const entries = keys.map((key, index) => [key, { index }] as const);
    const order = randomIntegers(operations, size);
    const native = new Map(entries);
    let persistent = PersistentMap.from(entries);
    for (const index of order) persistent = persistent.set(keys[index]!, { index });
    const immutable = ImmutableMap(entries);
    const getAll = (get: (key: string) => unknown) => (): void => {
      for (let at = 0; at < operations; at++) if (get(keys[order[at]!]!) === undefined) throw new Error('missing');
    };
    const measured = nanoseconds([
      { name: 'Map', operations, run: getAll((key) => native.get(key)) },
      { name: 'kuberx', operations, run: getAll((key) => persistent.get(key)) },
      { name: 'immutable', operations, run: getAll((key) => immutable.get(key)) },
    ]);
    const [map, own, other] = [measured.get('Map')!, measured.get('kuberx')!, measured.get('immutable')!];
    return [
      size,
      map.toFixed(0),
      `${own.toFixed(0)} (${times(own / map)})`,
      `${other.toFixed(0)} (${times(other / map)})`,
    ];
  });
  return {
    title: 'get, ns (ratio to Map.get)',
    columns: ['objects', 'Map.get', 'kuberx', 'Immutable.js'],
    rows,
    verdicts: [],
  };
}

/** `list()` of a snapshot that has just changed, so that nothing is memoised, against the spread of a Map's values. */
export function lists(sizes: readonly number[]): Section {
  const verdicts: string[] = [];
  const rows = sizes.map((size) => {
    const pods = Array.from({ length: size }, (_, index) => smallPod(index, 1, 'worker'));
    let snapshot = reduceSnapshot(emptySnapshot<BenchPod>(), { type: 'Replaced', objects: pods, resourceVersion: '1' });
    let version = 1;
    for (const index of randomIntegers(size, size)) change(index);
    const native = new Map(pods.map((pod, index) => [podKey(index), pod]));
    const immutable = ImmutableMap(native);
    function change(index: number): void {
      const object = smallPod(index, ++version, 'worker');
      snapshot = reduceSnapshot(snapshot, { type: 'Updated', object, resourceVersion: String(version) });
    }
    const measured = nanoseconds([
      { name: 'spread', operations: 1, run: () => [...native.values()] },
      {
        name: 'kuberx',
        operations: 1,
        run: () => {
          change(version % size);
          snapshot.list();
        },
      },
      { name: 'immutable', operations: 1, run: () => [...immutable.values()] },
    ]);
    const [spread, own, other] = [measured.get('spread')!, measured.get('kuberx')!, measured.get('immutable')!];
    if (size === 100_000)
      verdicts.push(verdict('list() of 100000 against spreading the values of a Map', own / spread, 8));
    return [size, us(spread), `${us(own)} (${times(own / spread)})`, `${us(other)} (${times(other / spread)})`];
  });
  return {
    title: 'list() after a change, us (ratio to [...map.values()])',
    columns: ['objects', 'spread of a Map', 'kuberx, one update included', 'spread of Immutable.js'],
    rows,
    verdicts,
  };
}

function us(nanos: number): string {
  return (nanos / 1000).toFixed(1);
}
