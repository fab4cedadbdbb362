import { performance } from 'node:perf_hooks';

/** Makes an input of a size, and gives what is to be done with it. It is made anew for each run, which is not timed. */
export type Work = (size: number) => () => unknown;

/** So many inputs take as long as one of so many times the size, where the time grows in proportion to it. */
const times = 16;
/** By the square, it is 16 times as long. A larger input costs the caches and the garbage collector somewhat more. */
const mostGrowth = 6;
/** So often is measured at most. The best counts: a loaded machine makes what takes long longer, and nothing shorter. */
const tries = 10;
/** In milliseconds. Who has taken so long without an end in sight is not tried again. */
const longEnough = 5000;
/** In milliseconds. What is shorter is as much the time of the clock and the engine as that of the work. */
const shortest = 0.2;

/**
 * Throws an error where the work takes more than in proportion to its input. `size` has to be so large that the square of it
 * would be seen: of some thousands, where a step takes nanoseconds.
 */
export function checkGrowth(work: Work, size: number): void {
  const [small, large] = compared(
    () => Array.from({ length: times }, () => work(size)),
    () => [work(size * times)],
    mostGrowth,
  );
  if (large <= mostGrowth * small) return;
  throw new Error(`${times} times ${size} take ${small.toFixed(2)} ms, once ${size * times} ${large.toFixed(2)} ms`);
}

/** Throws an error where the work takes more than so many times as long as another one with the same input. */
export function checkCost(work: Work, floor: Work, size: number, most: number): void {
  const [least, time] = compared(
    () => Array.from({ length: most }, () => floor(size)),
    () => [work(size)],
    1,
  );
  if (time <= least) return;
  throw new Error(`it takes ${time.toFixed(2)} ms, ${most} times the floor ${least.toFixed(2)} ms`);
}

type Runs = () => readonly (() => unknown)[];

/** The best times of both, measured until the second is no more than so many times the first. */
function compared(first: Runs, second: Runs, most: number): readonly [number, number] {
  // Once before, for an engine that has not seen the code yet.
  timeOf(first());
  let [a, b] = [Infinity, Infinity];
  const start = performance.now();
  for (let attempt = 0; attempt < tries && performance.now() - start < longEnough; attempt++) {
    a = Math.min(a, Math.max(timeOf(first()), shortest));
    b = Math.min(b, timeOf(second()));
    if (b <= most * a) break;
  }
  return [a, b];
}

function timeOf(runs: readonly (() => unknown)[]): number {
  const start = performance.now();
  for (const run of runs) run();
  return performance.now() - start;
}
