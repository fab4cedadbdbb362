import { type Store, store as makeStore } from 'kuberx';
import type { TransactionItem } from 'kuberx/store';
import { nanoseconds, randomIntegers } from './measure.ts';
import { type BenchPod, smallPod } from './pod.ts';
import { type Section, times, verdict } from './section.ts';

const batch = 1000;
const rounds = 60;

/** Updates of random objects with one index and one subscriber: one by one, and in transactions of a thousand. */
export function transactions(sizes: readonly number[]): Section {
  const verdicts: string[] = [];
  const rows = sizes.map((size) => {
    const objects = Array.from({ length: size }, (_, index) => smallPod(index, 1, `worker-${index % 101}`));
    const candidate = (name: string, write: (store: Store<BenchPod, 'node'>, pods: readonly BenchPod[]) => void) => {
      const store = makeStore({ indexers: { node: ({ spec }: BenchPod) => [spec.nodeName] } });
      store.replace(objects, '1');
      let heard = 0;
      store.commits$.subscribe(({ events }) => (heard += events.length));
      let version = 1;
      const prepared = Array.from({ length: rounds + 2 }, () => {
        version++;
        const indexes = new Set(randomIntegers(batch, size, version));
        return Array.from(indexes, (index) => smallPod(index, version, `worker-${index % 101}`));
      });
      const run = (): void => {
        const pods = prepared.shift()!;
        const before = heard;
        write(store, pods);
        if (heard - before !== pods.length) throw new Error(`${heard - before} of ${pods.length} were told`);
      };
      return { name, operations: batch, run };
    };
    const measured = nanoseconds(
      [
        candidate('update', (store, pods) => {
          for (const pod of pods) store.update(pod);
        }),
        candidate('transaction', (store, pods) => {
          store.transaction(pods.map((object): TransactionItem<BenchPod> => ({ type: 'Updated', object })));
        }),
      ],
      rounds,
    );
    const [single, joined] = [measured.get('update')!, measured.get('transaction')!];
    verdicts.push(verdict(`a transaction at ${size} against updates one by one`, joined / single, 2));
    return [size, us(single), `${us(joined)} (${times(joined / single)})`];
  });
  return {
    title: 'update of an object in a Store with an index and a subscriber, us (ratio to one by one)',
    columns: ['objects', 'one by one', 'in transactions of 1000'],
    rows,
    verdicts,
  };
}

function us(nanos: number): string {
  return (nanos / 1000).toFixed(2);
}
