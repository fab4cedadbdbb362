/**
 * The consumer's half of what the benchmark says to every consumer, in whatever language it is written: lines of words.
 *
 * - It prints `ready` once its code is loaded, and ends with its stdin.
 * - `start`: it lists and watches all pods, and prints `synced N` once it holds the whole state of N pods.
 *   Where `BENCH_STALLS` is set, `stalls A B` follows: for how many milliseconds its event loop stood still at most, before
 *   that state was put in place, and with it.
 * - `gc`: it collects garbage, gives memory back, and prints `heap BYTES`, what stays in use.
 * - `expect K`: it prints `expecting`, forgets the markers it saw, and prints `seen K` at the K-th from then on.
 * - `counts`: it prints `counts JSON`, where `count-work.ts` is loaded: what it has asked of the platform so far.
 * - `latencies`: it prints `latencies A B C …`, in microseconds from the sending of an update to its being held.
 *
 * A marker is an update whose annotation `marker` is `SEQUENCE.MICROSECONDS`, the Unix time when it was sent. CPU time
 * and resident memory are read from outside, in the same way for all.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

/** What a consumer tells. */
export interface Reporter {
  /** The whole state is held: so many pods. */
  readonly synced: (count: number) => void;
  /** A changed pod is held; its marker is looked at. */
  readonly changed: (pod: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } }) => void;
}

/** Runs a consumer in Node: `start` begins to list and watch. */
export function serve(start: (reporter: Reporter) => void): void {
  let latencies: number[] = [];
  let expected = 0;
  const stalls = process.env['BENCH_STALLS'] === undefined ? undefined : monitorEventLoopDelay({ resolution: 1 });
  const reporter: Reporter = {
    synced: (count) => {
      say(`synced ${count}`);
      if (stalls === undefined) return;
      // The turn in which the state is swapped has not ended yet.
      const before = stalls.max / 1e6;
      setTimeout(() => {
        stalls.disable();
        say(`stalls ${before} ${stalls.max / 1e6}`);
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
      stalls?.enable();
      start(reporter);
    },
    gc: () => say(`heap ${heapInUse()}`),
    expect: (count) => {
      expected = Number(count);
      latencies = [];
      say('expecting');
    },
    counts: () => say(`counts ${JSON.stringify(Reflect.get(globalThis, 'benchCounts'))}`),
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

function heapInUse(): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('run me with --expose-gc');
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
