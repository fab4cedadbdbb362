import { lister } from '#src/store/lister.ts';
import { metaNamespaceIndex } from '#src/store/contents/namespace-index.ts';
import { reduceSnapshot } from '#src/store/commit.ts';
import { emptySnapshot } from '#src/store/snapshot.ts';
import { nanoseconds } from './measure.ts';
import { type BenchPod, smallPod } from './pod.ts';
import { type Section, times } from './section.ts';

/** The time to list by labels and by namespace, beside a filter that a caller would write over `list()`. */
export function listers(sizes: readonly number[]): Section {
  const rows = sizes.map((size) => {
    const objects = Array.from({ length: size }, (_, index) => labelled(index));
    const event = { type: 'Replaced', objects, resourceVersion: '1' } as const;
    const plain = reduceSnapshot(emptySnapshot<BenchPod>(), event);
    const indexed = reduceSnapshot(emptySnapshot({ indexers: { namespace: metaNamespaceIndex } }), event);
    const list = lister<BenchPod>(plain);
    const filter = (): number => plain.list().filter(({ metadata }) => metadata.labels?.['app'] === 'web').length;
    const operations = 1;
    const measured = nanoseconds([
      { name: 'filter', operations, run: filter },
      { name: 'equality', operations, run: () => list.list('app=web') },
      { name: 'set', operations, run: () => list.list('app in (web,shop),!canary') },
      { name: 'nothing', operations, run: () => list.list('app,!app') },
      { name: 'scan', operations, run: () => list.namespace('team-7').list() },
      { name: 'index', operations, run: () => lister(indexed).namespace('team-7').list() },
    ]);
    const floor = measured.get('filter')!;
    const cell = (name: string): string => `${us(measured.get(name)!)} (${times(measured.get(name)! / floor)})`;
    return [size, us(floor), ...['equality', 'set', 'nothing', 'scan', 'index'].map(cell)];
  });
  return {
    title: 'lister, us (ratio to a filter by hand of one label)',
    columns: [
      'objects',
      'by hand',
      'app=web',
      'app in (web,shop),!canary',
      'app,!app',
      'namespace',
      'namespace, indexed',
    ],
    rows,
    verdicts: [],
  };
}

function labelled(index: number): BenchPod {
  const pod = smallPod(index, 1, 'worker');
  const labels = { app: index % 10 === 0 ? 'web' : `app-${index % 100}`, 'pod-template-hash': '7c9d8f6b5d' };
  return { ...pod, metadata: { ...pod.metadata, labels } };
}

function us(nanos: number): string {
  return (nanos / 1000).toFixed(1);
}
