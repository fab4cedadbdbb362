/** A thing to measure: `run` does `operations` operations. */
export interface Candidate {
  readonly name: string;
  readonly operations: number;
  readonly run: () => void;
}

/** The CPU time of this process in milliseconds, without that of other processes. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Nanoseconds for one operation of each candidate: the median of `rounds` rounds. In each round every candidate runs
 * once, so that other work of the machine hits all of them. Two rounds before that are not counted.
 */
export function nanoseconds(
  candidates: readonly Candidate[],
  rounds = 11,
  now: () => number = () => performance.now(),
): Map<string, number> {
  const samples = new Map(candidates.map(({ name }) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const { name, operations, run } of candidates) {
      const start = now();
      run();
      const sample = ((now() - start) * 1e6) / operations;
      if (round >= 0) samples.get(name)!.push(sample);
    }
  }
  return new Map(Array.from(samples, ([name, values]) => [name, median(values)]));
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Bytes of the JavaScript heap in use after a full garbage collection. */
export function heapInUse(): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('run me with --expose-gc');
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

/** The same numbers for the same seed: mulberry32. */
export function randomIntegers(count: number, below: number, seed = 1): Int32Array {
  let state = seed;
  return Int32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  });
}
