import { Map as ImmutableMap } from 'immutable';
import { enableMapSet, produce } from 'immer';
import { PersistentMap } from '#src/store/contents/persistent-map.ts';
import { median, nanoseconds, randomIntegers } from './measure.ts';
import { podKey } from './pod.ts';
import { type Section, times, verdict } from './section.ts';

enableMapSet();
const operations = 100_000;

/** `set` of a prepared object under a prepared key that the map has, in random order. */
export function writes(sizes: readonly number[]): Section {
  const verdicts: string[] = [];
  const rows = sizes.map((size) => {
    const keys = Array.from({ length: size }, (_, index) => podKey(index));
    const values = Array.from({ length: 4096 }, (_, index) => ({ index }));
    const order = randomIntegers(operations, size);
    const entries = keys.map((key, index) => [key, values[index & 4095]!] as const);
    const native = new Map(entries);
    let persistent = PersistentMap.from(entries);
    let immutable = ImmutableMap(entries);
    let drafted: ReadonlyMap<string, { index: number }> = new Map(entries);
    let turn = 0;
    const setAll = (count: number, set: (key: string, value: { index: number }) => void) => (): void => {
      turn++;
      for (let at = 0; at < count; at++) set(keys[order[at]!]!, values[(at + turn) & 4095]!);
    };
    const draftCount = Math.max(3, Math.min(500, Math.floor(300_000 / size)));
    const measured = nanoseconds([
      { name: 'Map', operations, run: setAll(operations, (key, value) => native.set(key, value)) },
      {
        name: 'kuberx',
        operations,
        run: setAll(operations, (key, value) => (persistent = persistent.set(key, value))),
      },
    ]);
    const peers = nanoseconds(
      [
        {
          name: 'immutable',
          operations: operations / 4,
          run: setAll(operations / 4, (key, value) => (immutable = immutable.set(key, value))),
        },
        {
          name: 'immer',
          operations: draftCount,
          run: setAll(draftCount, (key, value) => {
            drafted = produce(drafted, (draft) => {
              (draft as Map<string, { index: number }>).set(key, value);
            });
          }),
        },
      ],
      3,
    );
    const [map, own] = [measured.get('Map')!, measured.get('kuberx')!];
    const [immutableTime, immerTime] = [peers.get('immutable')!, peers.get('immer')!];
    verdicts.push(verdict(`set at ${size} against Map.set`, own / map, 10));
    return [
      size,
      ns(map),
      `${ns(own)} (${times(own / map)})`,
      `${ns(immutableTime)} (${times(immutableTime / map)})`,
      `${ns(immerTime)} (${times(immerTime / map)})`,
    ];
  });
  const columns = ['objects', 'Map.set', 'kuberx', 'Immutable.js', 'Immer'];
  return { title: 'set of a prepared object, ns (ratio to Map.set)', columns, rows, verdicts };
}

/** Objects that come and go: each step deletes the oldest key and adds a new one, so that slots die all the time. */
export function churn(sizes: readonly number[]): Section {
  const rows = sizes.map((size) => {
    const steps = Math.min(Math.max(2 * size, 200_000), 1_000_000);
    const keys = Array.from({ length: size + steps }, (_, index) => podKey(index));
    const value = { index: 0 };
    const initial = keys.slice(0, size).map((key) => [key, value] as const);
    const native = new Map(initial);
    const nativeTimes = timed(steps, (step) => {
      native.delete(keys[step]!);
      native.set(keys[size + step]!, value);
    });
    let map = PersistentMap.from(initial);
    let tables = 0;
    const ownTimes = timed(steps, (step) => {
      const { table } = map;
      map = map.delete(keys[step]!).set(keys[size + step]!, value);
      if (map.table !== table) tables++;
    });
    return [
      size,
      steps,
      tables,
      `${ns(nativeTimes.median)} / ${ns(nativeTimes.mean)}`,
      `${ns(ownTimes.median)} / ${ns(ownTimes.mean)}`,
      nativeTimes.longest.toFixed(1),
      ownTimes.longest.toFixed(1),
    ];
  });
  return {
    title: 'delete and add, and the longest pause of one step (garbage collection included)',
    columns: [
      'objects',
      'steps',
      'compactions',
      'Map, ns median / mean',
      'kuberx, ns median / mean',
      'Map, longest ms',
      'kuberx, longest ms',
    ],
    rows,
    verdicts: [],
  };
}

function timed(
  steps: number,
  step: (index: number) => void,
): { readonly median: number; readonly mean: number; readonly longest: number } {
  const samples = new Float64Array(steps);
  for (let index = 0; index < steps; index++) {
    const start = performance.now();
    step(index);
    samples[index] = performance.now() - start;
  }
  const sum = samples.reduce((total, sample) => total + sample, 0);
  return { median: median([...samples]) * 1e6, mean: (sum * 1e6) / steps, longest: Math.max(...batchMaxima(samples)) };
}

/** `Math.max` takes its arguments on the stack. */
function batchMaxima(samples: Float64Array): number[] {
  const maxima: number[] = [];
  for (let start = 0; start < samples.length; start += 1000)
    maxima.push(Math.max(...samples.subarray(start, start + 1000)));
  return maxima;
}

function ns(nanos: number): string {
  return nanos.toFixed(0);
}
