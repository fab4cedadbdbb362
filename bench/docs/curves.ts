import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Sample } from '../side-by-side/measure-consumer.ts';
import { type ScalePoint, type ScaleResult, spreadOf } from '../side-by-side/results.ts';

interface Curve {
  readonly name: string;
  readonly title: string;
  readonly of: (point: ScalePoint) => number;
}

const median =
  (of: (sample: Sample) => number) =>
  ({ samples }: ScalePoint): number =>
    spreadOf(samples, of).median;

const drawn: readonly Curve[] = [
  { name: 'cpu-per-event', title: 'CPU of an update, µs', of: median(({ cpuPerEvent }) => cpuPerEvent) },
  { name: 'heap-per-object', title: 'heap for each pod, kB', of: median(({ heapPerObject }) => heapPerObject / 1000) },
  {
    name: 'sync-cpu',
    title: 'CPU of the sync, ms for 1000 pods',
    of: (point) => (median(({ syncCpu }) => syncCpu)(point) * 1e6) / point.objects,
  },
  {
    name: 'longest-turn',
    title: 'longest turn before the swap, ms of CPU',
    of: ({ turns }) => spreadOf(turns, ({ before }) => before.cpu).median,
  },
];

/** The curves of a run as SVG, by name: medians over the number of pods, both axes logarithmic. */
export async function curves({ points }: ScaleResult): Promise<Map<string, string>> {
  const svgs = new Map<string, string>();
  for (const { name, title, of } of drawn) {
    const values = points.map((point) => ({ pods: point.objects, consumer: point.label, value: of(point) }));
    const axis = { type: 'quantitative', scale: { type: 'log' } } as const;
    const spec: TopLevelSpec = {
      width: 420,
      height: 260,
      background: 'white',
      data: { values },
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'pods', title: 'pods', ...axis },
        y: { field: 'value', title, ...axis },
        color: { field: 'consumer', type: 'nominal', title: null },
      },
    };
    svgs.set(name, `${await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG()}\n`);
  }
  return svgs;
}
