import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { hours, minutes, seconds } from '../streams/time/duration.ts';
import { checkedPeriod } from '../streams/time/period.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { checkedRandom } from '../streams/checks/checked-random.ts';

/** How one list and watch session works. Every option has a default; periods are in milliseconds. */
export interface SessionOptions<S, A = S> {
  /** Try a streaming list first. Default true; a server that refuses it is not asked again for an hour. */
  readonly streaming?: boolean;
  /** The size of a page of a list. Default 500. */
  readonly pageSize?: number;
  /**
   * How long a watch is asked to last: random between the two. Default 240 s to 290 s, within the five minutes after
   * which load balancers and proxies tend to drop what is open.
   */
  readonly watchTimeout?: { readonly min: number; readonly max: number };
  /** How long a streaming list may go without an object of its initial state, or its marker. Default 30 s. */
  readonly markerDeadline?: number;
  /**
   * How long a list may go without progress. Progress is a part of a page where the ListerWatcher tells of parts by `alive`,
   * else a page. A page that fails is asked for again within this time. Default 5 minutes.
   */
  readonly listDeadline?: number;
  /**
   * How long after a list the next one follows where the server has no watch (405), from 1,000 ms on. Up to 250 ms are added by
   * chance. Default 30 s. Source: client-go, which lists such a server with its backoff, 30 to 60 s apart in the end.
   */
  readonly pollInterval?: number;
  /**
   * The most objects that a list may have. One with more fails with TooLarge, so that a list without end does not take all
   * memory. Default 1,000,000. A pod takes about 3 kB when its siblings are known, other objects up to 3 times their JSON.
   * A process of 512 MB should set 100,000.
   */
  readonly maxListObjects?: number;
  /**
   * Applied once to each object as it arrives, a list's before the list is complete. What it returns stands for the object in
   * the events. Default: the object itself. `store.admit` keys, shares and freezes objects as that store does. Parts of the
   * object may be frozen and shared with others, so wrap a function that changes it in place by `onCopy`. The second argument
   * is the object's key where it is known already. An error that it throws ends the session as `Malformed`.
   */
  readonly admit?: (object: S, key?: string) => A;
  /** Where timers run. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Chance, from 0 to 1. Default `Math.random`. Where it throws it is 0, and RxJS reports the error. */
  readonly random?: () => number;
}

/** The options of a session with every default in place. */
export type ListAndWatchSettings<S, A = S> = Required<SessionOptions<S, A>>;

/** No two watch requests of one reflector are closer than this, whatever ended the first. */
export const minWatchInterval: number = seconds(1);

/** A server without watch is not listed more often than it may be asked for a watch. */
const minPollInterval = minWatchInterval;

/** A watch that has been open for a minute is `Settled`, even if it had nothing to tell. */
export const settledAfter: number = seconds(60);

/** A silent watch counts as dead 10 s after the timeout that the server was asked for. */
export const idleMargin: number = seconds(10);

/** How long a list of one object, which verifies a version, may take. A server waits 3 s for a version that it has not reached. */
export const verificationDeadline: number = seconds(10);

/** The longest watch to ask for is a year, in milliseconds. In seconds that is a number that every server can read. */
const longestTimeout = hours(24 * 365);

/** How long a refused streaming list is not asked for again. */
export const refusalMemory: number = hours(1);

/** The options with every default in place. Throws a RangeError that names the option that is out of range, and a TypeError for an invalid `admit` or `random`. */
export function listAndWatchSettings<S, A = S>(options: SessionOptions<S, A>): ListAndWatchSettings<S, A> {
  // Defaults by destructuring: an option that is given as undefined counts as not given.
  const {
    streaming = true,
    pageSize = 500,
    watchTimeout = { min: seconds(240), max: seconds(290) },
    markerDeadline = seconds(30),
    listDeadline = minutes(5),
    pollInterval = seconds(30),
    maxListObjects = 1_000_000,
    // Without it `A` is `S`.
    admit = (object: S) => object as unknown as A,
    scheduler = asyncScheduler,
    random,
  } = options;
  const { min, max } = watchTimeout;
  checkedPeriod('watchTimeout.min', min);
  checkedPeriod('watchTimeout.max', max);
  checkedPeriod('markerDeadline', markerDeadline);
  checkedPeriod('listDeadline', listDeadline);
  if (checkedPeriod('pollInterval', pollInterval) < minPollInterval)
    throw new RangeError(
      `pollInterval is ${pollInterval} ms; it takes ${minPollInterval} ms or more. Nothing was started.`,
    );
  if (max < min || min < seconds(1) || max > longestTimeout)
    throw new RangeError(
      `watchTimeout is ${min} to ${max} ms; it takes a range from 1,000 ms to ${longestTimeout} ms. Nothing was started.`,
    );
  if (!Number.isSafeInteger(pageSize) || pageSize < 1)
    throw new RangeError(`pageSize is ${pageSize}; it takes a whole number from 1 on. Nothing was started.`);
  if (!(typeof maxListObjects === 'number' && maxListObjects >= 1))
    throw new RangeError(
      `maxListObjects is ${String(maxListObjects)}; it takes a number from 1 on (Infinity for no limit). Nothing was started.`,
    );
  return {
    streaming,
    pageSize,
    watchTimeout,
    markerDeadline,
    listDeadline,
    pollInterval,
    maxListObjects,
    admit: checkedFunction('admit', admit),
    scheduler,
    random: checkedRandom(random),
  };
}
