import { throwError } from 'rxjs';

/** The only place that uses the platform's chance. */
// eslint-disable-next-line no-restricted-properties -- the one default of the option `random`
const platformRandom: () => number = Math.random;

/**
 * Returns a draw that never throws. Default: the platform's. If the given one throws, the draw is 0: delays are their
 * shortest, nothing stops, and RxJS reports the error. Throws a TypeError for anything but a function.
 */
export function checkedRandom(random: (() => number) | undefined): () => number {
  if (random === undefined) return platformRandom;
  const given: unknown = random;
  if (typeof given !== 'function')
    throw new TypeError(
      `random is ${given === null ? 'null' : `of type ${typeof given}`}; it takes a function. Nothing was started.`,
    );
  return () => {
    try {
      return random();
    } catch (error) {
      throwError(() => error as Error).subscribe();
      return 0;
    }
  };
}
