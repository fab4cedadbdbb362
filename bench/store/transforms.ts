import { dropManagedFields, recipe, type Store, store as makeStore } from 'kuberx';
import { onCopy } from 'kuberx/store';
import { siblingParser } from '#src/sharing/sibling-parser.ts';
import { heapInUse, nanoseconds, processorTime } from './measure.ts';
import { type BenchPod, podJson } from './pod.ts';
import { type Section, times } from './section.ts';

const count = 5000;
type Way = (pod: BenchPod) => BenchPod;

/** The ways to store pods without their managed fields, and to transform nothing. */
const ways: Readonly<Record<string, Way>> = {
  none: (pod) => pod,
  dropManagedFields: onCopy(dropManagedFields<BenchPod>),
  'the same as a recipe': onCopy(
    recipe<BenchPod>((draft) => {
      delete draft.metadata.managedFields;
    }),
  ),
  'the same in place': onCopy<BenchPod>((pod) => {
    delete pod.metadata.managedFields;
    return pod;
  }),
  'in place, which changes nothing': onCopy<BenchPod>((pod) => pod),
};

/** The cost of a transform on the way from the text of an update into the store, and in the store. */
export function transforms(): Section {
  const texts = [0, 1].map((version) => Array.from({ length: count }, (_, index) => podJson(index, version)));
  const names = Object.keys(ways);
  const bytes = new Map(names.map((name) => [name, bytesOf(ways[name]!, texts[0]!)]));
  const candidates = names.map((name) => {
    const put = storing(ways[name]!);
    let round = 0;
    return { name, operations: count, run: () => texts[round++ % 2]!.forEach(put) };
  });
  const nanos = nanoseconds(candidates, 11, processorTime);
  const least = nanos.get('none')!;
  return {
    title: `a pod of 8 kB, one of 100 siblings, from its text into the store`,
    columns: ['transform', 'us', 'more than none, us', 'ratio', 'bytes in the store'],
    rows: names.map((name) => {
      const time = nanos.get(name)!;
      const us = [time, time - least].map((each) => (each / 1000).toFixed(1));
      return [name, ...us, times(time / least), bytes.get(name)!.toFixed(0)];
    }),
    verdicts: [],
  };
}

function storing(way: Way, store: Store<BenchPod> = makeStore<BenchPod>()): (text: string) => void {
  const parse = siblingParser();
  return (text) => {
    const admitted = store.admit(way(parse(text) as BenchPod));
    store.next({ type: 'Added', object: admitted, resourceVersion: admitted.object.metadata.resourceVersion! });
  };
}

function bytesOf(way: Way, texts: readonly string[]): number {
  const before = heapInUse();
  const store = makeStore<BenchPod>();
  texts.forEach(storing(way, store));
  const bytes = (heapInUse() - before) / count;
  if (store.list().length !== count) throw new Error('not kept');
  return bytes;
}
