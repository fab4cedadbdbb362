import { checkedFunction } from '../streams/checks/checked-function.ts';
import { type Backoff, backoffDelay, checkedBackoff } from '../streams/time/backoff.ts';
import { chance } from '../streams/time/chance.ts';
import { seconds } from '../streams/time/duration.ts';

/** What kind of failure an error is. */
export interface FailureClass {
  /**
   * - `failure`: it is retried, with delays that grow. The default.
   * - `conflict`: a race was lost. It is retried after 10 to 100 ms, counts for nothing and is not a failure.
   * - `final`: a retry would not help. It runs again when it is woken.
   */
  readonly type?: 'failure' | 'conflict' | 'final';
  /** What the other side asked for: the least delay in milliseconds before the next run. */
  readonly retryAfter?: number | undefined;
}

/** How failures are retried. */
export interface RetryOptions extends Partial<Backoff> {
  /** After this many failures in a row a key runs only when it is woken. Default `Infinity`. */
  readonly attempts?: number;
  /** Tells what kind of failure an error is. Default: all are failures. One that throws says nothing. */
  readonly classify?: (error: unknown) => FailureClass | undefined;
}

/** What becomes of a failure. */
export type Retried =
  | { readonly type: 'conflict'; readonly delay: number }
  | { readonly type: 'failure'; readonly delayAfter: (failures: number) => number };

/** Rules for retries, made by {@link retryBy}. */
export interface Retry {
  /** The shortest delay after a failure, in milliseconds. */
  readonly firstDelay: number;
  /** @internal */
  of(error: unknown, random: () => number): Retried;
}

// The delays of client-go's queue. The jitter is ours: without it, all keys that failed in one outage would retry in step.
const defaults: Backoff = { initial: 5, max: seconds(1000), factor: 2, jitter: 0.1 };
const conflictDelay = { least: 10, most: 100 };

/**
 * Returns rules for retries: 5 ms, doubling to 1000 s, and up to 10% more by chance. An error may ask for a longer delay, or for
 * none at all.
 *
 * Throws a RangeError for an option out of range, and a TypeError for an invalid `classify`.
 *
 * ```ts
 * reconcileBy(({ key }) => console.log(key), { retry: retryBy({ initial: seconds(1), max: minutes(5), attempts: 10 }) });
 * ```
 */
export function retryBy({ attempts = Infinity, classify = () => undefined, ...backoff }: RetryOptions = {}): Retry {
  const rules = checkedBackoff(backoff, defaults);
  if (!(attempts >= 1)) throw new RangeError(`attempts is ${String(attempts)}; it takes numbers from 1 on`);
  checkedFunction('classify', classify);

  function classOf(error: unknown): FailureClass {
    try {
      return classify(error) ?? {};
    } catch {
      return {};
    }
  }

  return {
    firstDelay: rules.initial,
    of: (error, random) => {
      const { type = 'failure', retryAfter } = classOf(error);
      if (type === 'conflict') {
        const { least, most } = conflictDelay;
        return { type, delay: Math.round(least + (most - least) * chance(random)) };
      }
      const asked = typeof retryAfter === 'number' && retryAfter >= 0 ? retryAfter : 0;
      const delayAfter = (failures: number): number => {
        if (type === 'final' || failures >= attempts) return Infinity;
        const grown = backoffDelay(failures, random, rules);
        // With the same jitter: who asked for the delay asked all the others as well.
        return asked === 0 ? grown : Math.max(grown, Math.round(asked * (1 + rules.jitter * chance(random))));
      };
      return { type: 'failure', delayAfter };
    },
  };
}
