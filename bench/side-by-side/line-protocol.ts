/**
 * The consumer's half of what the benchmark says to every consumer, in whatever language it is written: lines of words.
 *
 * - It prints `ready` once its code is loaded, and ends with its stdin.
 * - `start`: it lists and watches all pods, and prints `synced N` once it holds the whole state of N pods.
 *   Where `BENCH_TURNS` is set, `turns A B C D` follows: the longest turn of its event loop before that state was put in
 *   place, in milliseconds by the clock and of CPU, and then the same with that turn. Only consumers in Node do.
 * - `gc`: it collects garbage and prints `heap BYTES`, what stays in use. With the argument `trim` it also gives back to
 *   the system what memory it can: a later read of what is resident is of what it needs. Go and Rust always do.
 * - `expect K`: it prints `expecting`, forgets the markers it saw, and prints `seen K` at the K-th from then on.
 * - `counts`: it prints `counts JSON`, where `count-work.ts` is loaded: what it has asked of the platform so far.
 * - `profile`: it profiles itself and prints `profiling`; the next time it prints `profile JSON` of where its time went. Only
 *   consumers in Node do.
 * - `latencies`: it prints `latencies A B C …`, in microseconds from the sending of an update to its being held.
 *
 * A marker is an update whose annotation `marker` is `SEQUENCE.MICROSECONDS`, the Unix time when it was sent. CPU time
 * and resident memory are read from outside, in the same way for all.
 */
import { createInterface } from 'node:readline';
import type { CpuProfile } from './cpu-profile.ts';
import { TurnMeter } from './turn-meter.ts';

/** The answers of a consumer. */
export interface Reporter {
  /** The whole state is held; this is its number of pods. */
  readonly synced: (count: number) => void;
  /** A changed pod is held; its marker is looked at. */
  readonly changed: (pod: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } }) => void;
}

/** Runs a consumer in Node: `start` begins to list and watch. */
export function serve(start: (reporter: Reporter) => void): void {
  let latencies: number[] = [];
  let expected = 0;
  let endProfile: (() => Promise<CpuProfile>) | undefined;
  const profile = async (): Promise<void> => {
    if (endProfile === undefined) {
      // Where it is not wanted, the inspector takes no memory.
      const { startCpuProfile } = await import('./cpu-profile.ts');
      endProfile = await startCpuProfile();
      say('profiling');
    } else {
      say(`profile ${JSON.stringify(await endProfile())}`);
    }
  };
  const turns = process.env['BENCH_TURNS'] === undefined ? undefined : new TurnMeter();
  const reporter: Reporter = {
    synced: (count) => {
      say(`synced ${count}`);
      if (turns === undefined) return;
      // The turn in which the state is swapped has not ended yet.
      const before = turns.longest;
      setTimeout(() => {
        turns.stop();
        const { longest } = turns;
        say(`turns ${before.time} ${before.cpu} ${longest.time} ${longest.cpu}`);
      }, 50);
    },
    changed: ({ metadata }) => {
      const sent = Number(metadata.annotations?.['marker']?.split('.')[1]);
      if (Number.isNaN(sent)) return;
      latencies.push(Math.round((performance.timeOrigin + performance.now()) * 1000 - sent));
      if (latencies.length === expected) say(`seen ${expected}`);
    },
  };
  const commands: Record<string, (argument: string) => void> = {
    start: () => {
      turns?.start();
      start(reporter);
    },
    gc: (how) => say(`heap ${heapInUse(how === 'trim')}`),
    expect: (count) => {
      expected = Number(count);
      latencies = [];
      say('expecting');
    },
    counts: () => say(`counts ${JSON.stringify(Reflect.get(globalThis, 'benchCounts'))}`),
    profile: () => void profile(),
    latencies: () => say(`latencies ${latencies.join(' ')}`),
  };
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const [name = '', argument = ''] = line.split(' ');
      commands[name]?.(argument);
    })
    .on('close', () => process.exit());
  say('ready');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function heapInUse(trim: boolean): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('run me with --expose-gc');
  // The last resort also takes compiled code that has not run lately, so it is for the end of a measurement.
  if (trim) gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  else for (let time = 0; time < 2; time++) gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
