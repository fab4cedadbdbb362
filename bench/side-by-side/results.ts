import type { CpuProfile } from './cpu-profile.ts';
import type { LongestTurns, Sample } from './measure-consumer.ts';

/** The middle of some values, and how far they spread. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The runs of one consumer. */
export interface ConsumerResult {
  readonly name: string;
  readonly label: string;
  readonly samples: readonly Sample[];
}

/** One run of the benchmark, as `--json` prints it. */
export interface BenchResult {
  /** The command line that makes it again. */
  readonly command: string;
  readonly server: string;
  readonly machine: string;
  readonly objects: number;
  /** Bytes of a pod's JSON as the server sends it. */
  readonly podBytes: number;
  readonly rounds: number;
  readonly events: number;
  /** Updates that came before those. */
  readonly warmUp: number;
  readonly rate: number;
  readonly versions: Readonly<Record<string, string>>;
  /** The load average before each round, without the load of the benchmark itself. */
  readonly load: readonly number[];
  readonly consumers: readonly ConsumerResult[];
  /** The figures that were not measured, with the reasons. */
  readonly skipped: readonly string[];
}

/** A number of a sample, over all samples. */
export function spreadOf<S = Sample>(samples: readonly S[], of: (sample: S) => number): Spread {
  const sorted = samples.map(of).sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, min: sorted[0]!, max: sorted.at(-1)! };
}

/** The runs of one consumer with one number of pods. */
export interface ScalePoint extends ConsumerResult {
  readonly objects: number;
  /** Of other runs than `samples`. */
  readonly turns: readonly LongestTurns[];
}

/** The times of reads and writes of a store, in microseconds. */
export interface LookUps {
  readonly objects: number;
  readonly get: number;
  readonly byIndex: number;
  /** Of a snapshot that has just changed. */
  readonly list: number;
  /** With an index. */
  readonly update: number;
}

/** The output of `npm run bench:profile`. */
export interface ProfileResult {
  readonly server: string;
  readonly objects: number;
  readonly events: number;
  readonly warmUp: number;
  readonly rate: number;
  /** Microseconds for each update. */
  readonly consumers: readonly { readonly name: string; readonly label: string; readonly profile: CpuProfile }[];
}

/** The output of `npm run bench:scale`. */
export interface ScaleResult {
  readonly events: number;
  readonly rate: number;
  readonly rounds: number;
  readonly load: readonly number[];
  readonly points: readonly ScalePoint[];
  readonly lookUps: readonly LookUps[];
  /** The consumers that could not hold this number of pods or more. */
  readonly failures: readonly string[];
}
