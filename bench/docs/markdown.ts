import { type ConsumerName, floorName, labels } from '../side-by-side/consumers.ts';
import type { LongestTurns, Sample } from '../side-by-side/measure-consumer.ts';
import {
  type BenchResult,
  type ProfileResult,
  type ScalePoint,
  type ScaleResult,
  spreadOf,
} from '../side-by-side/results.ts';
import type { Turn } from '../side-by-side/turn-meter.ts';

/** A table in Markdown, the first column to the left and the others to the right. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, index) => (index === 0 ? ':--' : '--:'));
  return [line(columns), line(rule), ...rows.map(line)].join('\n');
}

/** The machine, the server, the versions and the command of a run. */
export function machineOf({
  command,
  server,
  machine,
  podBytes,
  versions,
  load,
  warmUp,
  skipped,
}: BenchResult): string {
  const shown = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `\`${command}\`: ${server}, ${machine}, all on that machine, load average before each round ${load.map((each) => each.toFixed(1)).join(', ')}.`,
    `Pods of ${podBytes} bytes each as served; ${warmUp} updates before those that count. ${shown.join(', ')}.`,
    ...skipped.map((line) => `Not measured: ${line}.`),
  ];
  return lines.join('\n');
}

const summarized: readonly ConsumerName[] = [
  'kuberx',
  'kuberx-rest',
  'kuberx-drop-managed-fields',
  floorName,
  'immer',
  'client-node',
  'fluent-client',
  'client-go-protobuf',
  'kube-rs',
];

/** The few figures that the README has. */
export function summaryTable({ consumers, objects }: BenchResult): string {
  const rows = summarized.flatMap((name) => {
    const samples = consumers.find((each) => each.name === name)?.samples;
    if (samples === undefined) return [];
    const median = (of: (sample: Sample) => number): number => spreadOf(samples, of).median;
    return [
      [
        labels[name],
        median(({ syncCpu }) => syncCpu).toFixed(2),
        (median(({ heapPerObject }) => heapPerObject) / 1000).toFixed(1),
        (median(({ resident }) => resident) / 2 ** 20).toFixed(0),
        median(({ cpuPerEvent }) => cpuPerEvent).toFixed(0),
      ],
    ];
  });
  return markdownTable([`${objects} pods`, 'sync, CPU s', 'heap, kB/pod', 'RSS, MiB', 'an update, CPU µs'], rows);
}

/** The values of the curves as tables. */
export function scaleTables({ points, lookUps, failures }: ScaleResult): string[] {
  const sizes = [...new Set(points.map(({ objects }) => objects))];
  const names = [...new Set(points.map(({ name }) => name))];
  const table = (title: string, show: (point: ScalePoint) => string): string => {
    const rows = names.map((name) => [
      labels[name as ConsumerName],
      ...sizes.map((size) => {
        const point = points.find((each) => each.name === name && each.objects === size);
        return point === undefined ? '' : show(point);
      }),
    ]);
    return markdownTable([title, ...sizes.map(String)], rows);
  };
  const figure = (title: string, of: (sample: Sample) => number, digits: number): string =>
    table(title, ({ samples }) => spreadOf(samples, of).median.toFixed(digits));
  const turn = (title: string, of: (turns: LongestTurns) => Turn): string =>
    table(title, ({ turns }) => {
      const cpu = spreadOf(turns, (each) => of(each).cpu).median;
      const time = spreadOf(turns, (each) => of(each).time).median;
      return `${cpu.toFixed(0)} (${time.toFixed(0)})`;
    });
  return [
    figure('CPU of an update, µs', ({ cpuPerEvent }) => cpuPerEvent, 0),
    figure('CPU of the sync, s', ({ syncCpu }) => syncCpu, 2),
    figure('heap for each pod, kB', ({ heapPerObject }) => heapPerObject / 1000, 2),
    figure('RSS after the sync, MiB', ({ resident }) => resident / 2 ** 20, 0),
    figure('most RSS during the sync, MiB', ({ peak }) => peak / 2 ** 20, 0),
    turn('longest turn before the swap, ms of CPU (by the clock)', ({ before }) => before),
    turn('with the swap, ms of CPU (by the clock)', ({ withSwap }) => withSwap),
    markdownTable(
      ['kuberx, µs', ...lookUps.map(({ objects }) => String(objects))],
      [
        ['`getByKey`', ...lookUps.map(({ get }) => get.toFixed(2))],
        ['`byIndex`, 100 objects', ...lookUps.map(({ byIndex }) => byIndex.toFixed(2))],
        ['`list()` after a change', ...lookUps.map(({ list }) => list.toFixed(0))],
        ['`update`, one index', ...lookUps.map(({ update }) => update.toFixed(1))],
      ],
    ),
    ...(failures.length === 0 ? [] : [`Failed: ${failures.join(', ')}.`]),
  ];
}

/** The time of an update by what it is spent on, the largest part first. */
export function profileTable({ consumers }: ProfileResult): string {
  const spent = (name: string): number[] => consumers.map(({ profile }) => profile[name] ?? 0);
  const names = [...new Set(consumers.flatMap(({ profile }) => Object.keys(profile)))]
    .filter((name) => name !== 'idle' && Math.max(...spent(name)) >= 0.5)
    .sort((a, b) => Math.max(...spent(b)) - Math.max(...spent(a)));
  const rows = names.map((name) => [name, ...spent(name).map((microseconds) => microseconds.toFixed(0))]);
  return markdownTable(['main thread, µs for an update', ...consumers.map(({ label }) => label)], rows);
}

/** The memory and the CPU of syncs with different flags, each run by its command. */
export function flagsTable(results: readonly BenchResult[]): string {
  const rows = results.flatMap(({ command, consumers }) =>
    consumers.map(({ label, samples }) => {
      const { median: resident } = spreadOf(samples, (sample) => sample.resident);
      const { median: peak } = spreadOf(samples, (sample) => sample.peak);
      const { median: syncCpu } = spreadOf(samples, (sample) => sample.syncCpu);
      const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
      const given = /--node-flags[= ](\S+)/u.exec(command)?.[1] ?? 'none';
      return [
        `${label}, ${given === 'none' ? 'no flag' : `\`${given}\``}`,
        mebibytes(resident),
        mebibytes(peak),
        syncCpu.toFixed(2),
      ];
    }),
  );
  return markdownTable(['', 'RSS, MiB', 'peak RSS, MiB', 'sync, CPU s'], rows);
}
