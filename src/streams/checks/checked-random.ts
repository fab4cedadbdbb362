import { throwError } from 'rxjs';

/** Chance is the platform's only here. */
// eslint-disable-next-line no-restricted-properties -- the one default of the option `random`
const platformRandom: () => number = Math.random;

/**
 * Returns a draw that never throws, the platform's by default, or throws a TypeError for what is not a function. A draw that throws is 0, so that delays are
 * their shortest and nothing stops, and RxJS reports its error as one that nobody handles.
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
