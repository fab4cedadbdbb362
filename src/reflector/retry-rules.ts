import type { KubeError } from '../protocol/errors/kube-error.ts';
import { type Backoff, backoffDelay, checkedBackoff } from '../streams/time/backoff.ts';
import { chance } from '../streams/time/chance.ts';
import { minutes, seconds } from '../streams/time/duration.ts';
import { type AfterFailure, isOfNetwork } from './cursor.ts';
import type { Spacing } from './host-brake.ts';
import { hostBackoff, reflectorBackoff } from './reflector-backoff.ts';
import type { SessionRecord } from './session-record.ts';
import { minWatchInterval } from './settings.ts';

/** A watch that ended or broke is reopened within 250 ms, by chance: the clients of a server that ends them all do not return at once. */
const reopenJitter = 250;

/** `Retry-After` counts whole seconds. A Status may ask for less; a second is then the delay all the same. */
const shortestRetryAfter = seconds(1);

/** A server that asks for more than this, in milliseconds, is asked again after this: nothing stops for good. */
const longestRetryAfter = minutes(5);

/**
 * For 10 failures in a row only the delay that the server asks for counts. At the 11th a step of the backoff counts as well,
 * if it is longer, and so on. Source: client-go rest/request.go, maxRetries, and the reflector above it.
 */
const repeatsByServersWord = 10;

/** The delays between requests, in milliseconds. Each call draws anew from chance. */
export interface RetryDelays {
  /** Between requests to a host that does not answer. */
  readonly spacing: Spacing;
  /** After a failure that the server answered with, or that is this reflector's alone: the `count`th in a row, 1 for the first. */
  readonly afterFailure: (error: KubeError, count: number) => number;
  /** Before a watch that ended or broke is reopened. */
  readonly beforeReopening: () => number;
  /** Before a watch gives way to a list, where this number of watches did so lately. */
  readonly beforeRelist: (relistsBefore: number) => number;
}

/** The delays of a backoff. What is given of it counts for both kinds of failure. Throws a RangeError that names what is wrong. */
export function retryDelays(given: Partial<Backoff>, random: () => number): RetryDelays {
  const backoff = checkedBackoff(given, reflectorBackoff);
  // A first delay above the cap raises the cap.
  const cap = Math.max(hostBackoff.max, given.initial ?? 0);
  const unanswered = checkedBackoff(given, { ...hostBackoff, max: cap });
  const beforeReopening = (): number => Math.round(reopenJitter * chance(random));
  return {
    spacing: {
      drawn: (tries) => backoffDelay(tries, random, unanswered),
      longest: (tries) => backoffDelay(tries, () => 1, unanswered),
    },
    afterFailure({ retryAfter = 0 }, count) {
      if (!(retryAfter > 0)) return backoffDelay(count, random, backoff);
      const asked = Math.min(Math.max(retryAfter, shortestRetryAfter), longestRetryAfter);
      const rounds = count / (repeatsByServersWord + 1);
      return Number.isInteger(rounds)
        ? Math.max(backoffDelay(rounds, random, backoff), asked)
        : asked + beforeReopening();
    },
    beforeReopening,
    beforeRelist: (relistsBefore) => (relistsBefore === 0 ? 0 : backoffDelay(relistsBefore, random, backoff)),
  };
}

/** How the next session follows a failure. */
export interface Recovery {
  /** `reopen`: within 250 ms. `at once`: without a delay. `backoff`: after a delay that grows from failure to failure. */
  readonly how: 'reopen' | 'at once' | 'backoff';
  /** The watch had lasted: the failures before it are over. */
  readonly endsFailures: boolean;
}

/** How the next session follows a failure of this one. Pure. */
export function recoveryAfter(
  { phase, openSince }: SessionRecord,
  error: KubeError,
  { atOnce }: AfterFailure,
  now: number,
): Recovery {
  const hadLasted = openSince !== undefined && now - openSince >= minWatchInterval;
  const isBreak = isOfNetwork(error) && hadLasted;
  const endsFailures = isBreak && phase === 'watching';
  if (endsFailures || (isBreak && atOnce)) return { how: 'reopen', endsFailures };
  return { how: atOnce && !isOfNetwork(error) ? 'at once' : 'backoff', endsFailures };
}
