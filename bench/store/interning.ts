import { deepFreeze } from '#src/sharing/deep-freeze.ts';
import { interner } from '#src/sharing/interner.ts';
import { share } from '#src/sharing/share.ts';
import { heapInUse, nanoseconds } from './measure.ts';
import { type BenchPod, podJson } from './pod.ts';
import { type Section, times } from './section.ts';

const count = 200;
type Stage = (pod: BenchPod, previous: BenchPod, sibling: BenchPod) => void;

/** The cost of the stages between a decoded pod and the store. */
export function interning(): Section {
  const revisions = [1, 2].map((version) => Array.from({ length: count }, (_, index) => podJson(index, version)));
  const [older, newer] = revisions as [string[], string[]];
  const intern = interner<BenchPod>();
  const previous = older.map((text) => intern(undefined, parse(text)));
  const parseAll = newer.map((text) => () => parse(text));
  const stages: readonly (readonly [string, Stage])[] = [
    ['deepFreeze, nothing shared', (pod) => deepFreeze(pod)],
    ['share with the previous revision, without freezing', unfrozen((pod, before) => share(pod, before, undefined))],
    ['share with the previous revision and freeze the rest', (pod, before) => share(pod, before, undefined)],
    ['share with a sibling, without freezing', unfrozen((pod, _, sibling) => share(pod, undefined, sibling))],
    ['share with a sibling and freeze the rest', (pod, _, sibling) => share(pod, undefined, sibling)],
    ['share with both and freeze the rest', (pod, before, sibling) => share(pod, before, sibling)],
  ];
  const parsed = nanoseconds([{ name: 'parse', operations: count, run: () => parseAll.forEach((each) => each()) }], 21);
  const parseTime = parsed.get('parse')!;
  const measured = stages.map(([name, stage]) => [name, stageTime(newer, previous, stage)] as const);
  const kilobytes = (newer.reduce((sum, text) => sum + text.length, 0) / count / 1000).toFixed(1);
  return {
    title: `one pod of ${kilobytes} kB, us (ratio to JSON.parse)`,
    columns: ['stage', 'us', 'ratio'],
    rows: [
      ['JSON.parse', us(parseTime), times(1)],
      ...measured.map(([name, time]) => [name, us(time), times(time / parseTime)]),
    ],
    verdicts: [],
  };
}

/** The memory of 5000 pods of 50 owners. */
export function internedMemory(): Section {
  const pods = 5000;
  const texts = Array.from({ length: pods }, (_, index) => podJson(index, index));
  const bytesWith = (stage: (pod: BenchPod) => BenchPod): number => {
    const before = heapInUse();
    const kept = texts.map((text) => stage(parse(text)));
    const bytes = (heapInUse() - before) / kept.length;
    if (kept.length !== pods) throw new Error('not kept');
    return bytes;
  };
  const plain = bytesWith((pod) => pod);
  const intern = interner<BenchPod>();
  const shared = bytesWith((pod) => intern(undefined, pod));
  return {
    title: 'heap for each of 5000 pods of 50 owners, bytes',
    columns: ['as parsed', 'interned', 'ratio'],
    rows: [[plain.toFixed(0), shared.toFixed(0), (shared / plain).toFixed(2)]],
    verdicts: [],
  };
}

/** The median over rounds of a stage alone: each round parses anew, outside the clock, because a stage takes its input. */
function stageTime(texts: readonly string[], previous: readonly BenchPod[], stage: Stage): number {
  const samples: number[] = [];
  for (let round = -3; round < 21; round++) {
    const pods = texts.map(parse);
    const start = performance.now();
    for (let index = 0; index < count; index++) stage(pods[index]!, previous[index]!, previous[index - (index % 100)]!);
    if (round >= 0) samples.push(((performance.now() - start) * 1e6) / count);
  }
  return samples.sort((a, b) => a - b)[samples.length >> 1]!;
}

/** The stage with `Object.freeze` switched off, which shows freezing apart. */
function unfrozen(stage: Stage): Stage {
  const { freeze } = Object;
  return (...pods) => {
    Object.freeze = <T>(value: T): T => value;
    try {
      stage(...pods);
    } finally {
      Object.freeze = freeze;
    }
  };
}

function parse(text: string): BenchPod {
  return JSON.parse(text) as BenchPod;
}

function us(nanos: number): string {
  return (nanos / 1000).toFixed(1);
}
