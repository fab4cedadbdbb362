import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { hours, minutes, seconds } from '../time/duration.ts';
import { checkedPeriod } from '../time/period.ts';

/** How one list and watch session works. Every option has a default; periods are in milliseconds. */
export interface ListAndWatchOptions<T> {
  /** Try a streaming list first. Default true; a server that refuses it is not asked again for an hour. */
  readonly streaming?: boolean;
  /** The size of a page of a list. Default 500. */
  readonly pageSize?: number;
  /**
   * How long a watch is asked to last: random between the two. Default 240 s to 290 s, within the five minutes after
   * which load balancers and proxies tend to drop what is open.
   */
  readonly watchTimeout?: { readonly min: number; readonly max: number };
  /** A streaming list may be silent for so long before its marker. Default 30 s. */
  readonly markerDeadline?: number;
  /** A page of a list may take so long. Default 5 minutes. */
  readonly listDeadline?: number;
  /**
   * A whole list, all its pages, may take so long. Default 15 minutes: a server forgets the version of a list sooner, so
   * one that lasts longer comes from none that keeps to the protocol.
   */
  readonly totalListDeadline?: number;
  /** Applied to each object as it arrives, before the whole state is there: interning. Default none. */
  readonly intern?: (object: T) => T;
  /** Where timers run. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Chance, from 0 to 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** The options of a session with every default in place. */
export type ListAndWatchSettings<T> = Required<ListAndWatchOptions<T>>;

/** No two watch requests of one reflector are closer than this, whatever ended the first. */
export const minWatchInterval: number = seconds(1);

/** A watch that has been open for so long is progress, even if it had nothing to say. */
export const settledAfter: number = seconds(60);

/** What the server is given over the timeout that it was asked for, before a silent watch counts as dead. */
export const idleMargin: number = seconds(10);

/** The longest watch to ask for, in milliseconds: beyond any use, and in seconds still a number that servers read. */
const longestTimeout = hours(24 * 365);

/** How long a refused streaming list is not asked for again. */
export const refusalMemory: number = hours(1);

/** Chance is the platform's only here. */
// eslint-disable-next-line no-restricted-properties -- the one default of the option `random`
export const platformRandom: () => number = Math.random;

/** Completes the options, or throws a RangeError that names the one that is wrong. */
export function listAndWatchSettings<T>(options: ListAndWatchOptions<T>): ListAndWatchSettings<T> {
  // By destructuring, because an option that is given as undefined is one that is not given.
  const {
    streaming = true,
    pageSize = 500,
    watchTimeout = { min: seconds(240), max: seconds(290) },
    markerDeadline = seconds(30),
    listDeadline = minutes(5),
    totalListDeadline = minutes(15),
    intern = (object: T) => object,
    scheduler = asyncScheduler,
    random = platformRandom,
  } = options;
  const { min, max } = watchTimeout;
  checkedPeriod('watchTimeout.min', min);
  checkedPeriod('watchTimeout.max', max);
  checkedPeriod('markerDeadline', markerDeadline);
  checkedPeriod('listDeadline', listDeadline);
  checkedPeriod('totalListDeadline', totalListDeadline);
  if (max < min || min < seconds(1) || max > longestTimeout)
    throw new RangeError(
      `watchTimeout is ${min} to ${max} ms; it takes a range from 1,000 ms to ${longestTimeout} ms. Nothing was started.`,
    );
  if (!Number.isSafeInteger(pageSize) || pageSize < 1)
    throw new RangeError(`pageSize is ${pageSize}; it takes a whole number from 1 on. Nothing was started.`);
  return {
    streaming,
    pageSize,
    watchTimeout,
    markerDeadline,
    listDeadline,
    totalListDeadline,
    intern,
    scheduler,
    random,
  };
}
