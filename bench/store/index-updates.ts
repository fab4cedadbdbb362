import type { IndexFunction } from '#src/store/contents/indexers.ts';
import { reduceSnapshot } from '#src/store/commit.ts';
import { emptySnapshot, type Snapshot } from '#src/store/snapshot.ts';
import { nanoseconds, randomIntegers } from './measure.ts';
import { type BenchPod, smallPod } from './pod.ts';
import { type Section, times, verdict } from './section.ts';

const operations = 10_000;
const half: IndexFunction<BenchPod> = ({ spec }) => [spec.nodeName];
const unique: IndexFunction<BenchPod> = ({ metadata }) => [metadata.uid ?? ''];

/** Updates of random objects, prepared, with an index of unique values and with one where a value holds half of all. */
export function indexUpdates(sizes: readonly number[]): Section {
  const verdicts: string[] = [];
  const rows = sizes.map((size) => {
    const prepared = (version: number): BenchPod[] =>
      Array.from(randomIntegers(operations, size, version), (index) => smallPod(index, version, nodeOf(index)));
    const rounds = Array.from({ length: 7 }, (_, round) => prepared(round + 2));
    const objects = Array.from({ length: size }, (_, index) => smallPod(index, 1, nodeOf(index)));
    const candidate = (name: string, empty: Snapshot<BenchPod, string>) => {
      let snapshot = reduceSnapshot(empty, { type: 'Replaced', objects, resourceVersion: '1' });
      let round = 0;
      const run = (): void => {
        for (const object of rounds[round]!) {
          snapshot = reduceSnapshot(snapshot, { type: 'Updated', object, resourceVersion: String(round + 2) });
        }
        round++;
      };
      return { name, operations, run };
    };
    const measured = nanoseconds(
      [
        candidate('none', emptySnapshot<BenchPod, string>({ indexers: {} })),
        candidate('unique', emptySnapshot<BenchPod, string>({ indexers: { unique } })),
        candidate('half', emptySnapshot<BenchPod, string>({ indexers: { half } })),
      ],
      5,
    );
    const none = measured.get('none')!;
    // A bucket of half a million must not cost more than buckets of one.
    const [small, big] = [measured.get('unique')!, measured.get('half')!];
    verdicts.push(verdict(`a value that holds half of ${size} against unique values`, big / small, 2));
    const cell = (name: string): string => `${us(measured.get(name)!)} (${times(measured.get(name)! / none)})`;
    return [size, us(none), cell('unique'), cell('half')];
  });
  return {
    title: 'reduceSnapshot of an update, us (ratio to no index)',
    columns: ['objects', 'no index', 'unique values', 'one value holds half'],
    rows,
    verdicts,
  };
}

function nodeOf(index: number): string {
  return index % 2 === 0 ? 'half' : `worker-${index % 101}`;
}

function us(nanos: number): string {
  return (nanos / 1000).toFixed(2);
}
