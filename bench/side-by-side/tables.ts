import { floorName } from './consumers.ts';
import type { Sample } from './measure-consumer.ts';
import { type BenchResult, type ConsumerResult, type Spread, spreadOf } from './results.ts';

/** A table of text. */
export interface TextTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Column {
  readonly name: string;
  readonly of: (sample: Sample) => number;
  readonly show: (value: number) => string;
}

const mebibytes = (bytes: number): string => significant(bytes / 2 ** 20);

const syncColumns: readonly Column[] = [
  { name: 'CPU s', of: ({ syncCpu }) => syncCpu, show: significant },
  { name: 'heap kB/pod', of: ({ heapPerObject }) => heapPerObject, show: (bytes) => significant(bytes / 1000) },
  { name: 'RSS MiB', of: ({ resident }) => resident, show: mebibytes },
  { name: 'peak RSS MiB', of: ({ peak }) => peak, show: mebibytes },
];

const churnColumns: readonly Column[] = [
  { name: 'CPU us/event', of: ({ cpuPerEvent }) => cpuPerEvent, show: significant },
  { name: 'p50 ms', of: ({ p50 }) => p50, show: significant },
  { name: 'p99 ms', of: ({ p99 }) => p99, show: significant },
];

/** Initial sync and churn: the median and the spread of every figure, with its ratio to the floor. */
export function tablesOf(result: BenchResult): TextTable[] {
  const { objects, rounds, events, rate } = result;
  return [
    tableOf(
      `initial sync of ${objects} pods: median (min-max) of ${rounds} runs, x: ratio to the floor`,
      result,
      syncColumns,
    ),
    tableOf(
      `${events} updates at ${rate}/s: median (min-max) of ${rounds} runs, x: ratio to the floor`,
      result,
      churnColumns,
    ),
  ];
}

function tableOf(title: string, { consumers }: BenchResult, columns: readonly Column[]): TextTable {
  const floor = consumers.find(({ name }) => name === floorName);
  return {
    title,
    columns: ['consumer', ...columns.flatMap(({ name }) => [name, 'x'])],
    rows: consumers.map(({ label, samples }) => [label, ...columns.flatMap((column) => cells(samples, column, floor))]),
  };
}

function cells(samples: readonly Sample[], { of, show }: Column, floor: ConsumerResult | undefined): string[] {
  const { median, min, max } = spreadOf(samples, of);
  const base: Spread | undefined = floor && spreadOf(floor.samples, of);
  return [`${show(median)} (${show(min)}-${show(max)})`, base === undefined ? '' : (median / base.median).toFixed(2)];
}

/** Three digits that count. */
function significant(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
