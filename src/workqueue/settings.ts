import { asyncScheduler, type Observable, type SchedulerLike, type TimestampProvider } from 'rxjs';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { checkedObservable } from '../streams/checks/checked-observable.ts';
import { checkedRandom } from '../streams/checks/checked-random.ts';
import { checkedConcurrency, type ConcurrencyOptions } from '../streams/pump.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { seconds } from '../streams/time/duration.ts';
import { monotonicClock } from '../streams/time/monotonic-clock.ts';
import { checkedPeriod } from '../streams/time/period.ts';
import type { MayStart } from './may-start.ts';
import { retryBy, type Retry } from './retry-by.ts';
import { type Pace, StartPace } from './runs/start-pace.ts';

/** How keys are run. Periods are in milliseconds. */
export interface ReconcileOptions<K extends string = string> extends ConcurrencyOptions {
  /** Of this many picks, one is the oldest key of a line that is not the highest: from 2 on, `Infinity` for never. Default 8. */
  readonly lowEvery?: number | undefined;
  /** Keys of different groups take turns within a priority. Default: all are of one group. */
  readonly group?: ((key: K) => string) | undefined;
  /** Tells what stands behind a key. A new identity has no failures. Default: it never changes. */
  readonly identity?: ((key: K) => string | undefined) | undefined;
  /** When the signal of a run is aborted. Default: never. */
  readonly timeout?: number | undefined;
  /** How long a run may go on after its signal was aborted until its slot is given to others. Default 30 s. */
  readonly abandonAfter?: number | undefined;
  /** Default: `retryBy()`. */
  readonly retry?: Retry | undefined;
  /** Holds a key back before its run. Default: nothing does. */
  readonly mayStart?: MayStart<K> | undefined;
  /** How long `mayStart` may hold a key back; then it runs and is reported as `behind`. Default 5 s. */
  readonly holdAtMost?: number | undefined;
  /** The most runs that start in a time. Default: no limit. */
  readonly pace?: Pace | undefined;
  /**
   * No run starts before this has emitted `true`, and after it has emitted `false`. Wakes are taken in all the time.
   * Where it completes its last value holds; where it errors, so does the queue.
   */
  readonly opened$?: Observable<boolean> | undefined;
  readonly scheduler?: SchedulerLike | undefined;
  /** For jitter: a function from 0 to 1. Default: the platform's. */
  readonly random?: (() => number) | undefined;
}

/** The options, checked and complete. */
export interface Settings<K extends string> {
  readonly concurrency: number;
  readonly lowEvery: number;
  readonly group: ((key: K) => string) | undefined;
  readonly identity: (key: K) => string | undefined;
  readonly timeout: number;
  readonly abandonAfter: number;
  readonly retry: Retry;
  readonly mayStart: MayStart<K>;
  readonly holdAtMost: number;
  readonly pace: StartPace | undefined;
  readonly opened$: Observable<boolean> | undefined;
  readonly scheduler: SchedulerLike;
  readonly clock: TimestampProvider;
  readonly random: () => number;
}

/** Returns the options checked and complete. Throws a RangeError or a TypeError that names the invalid one. */
export function checkedSettings<K extends string>(options: ReconcileOptions<K> = {}): Settings<K> {
  const { lowEvery = 8, group, identity = () => undefined, mayStart = () => undefined } = options;
  const { timeout = Infinity, abandonAfter = seconds(30), holdAtMost = seconds(5) } = options;
  const { retry = retryBy(), pace, opened$, scheduler = asyncScheduler } = options;
  if (typeof (retry as Partial<Retry> | null)?.of !== 'function')
    throw new TypeError('retry takes what retryBy returns: `retry: retryBy({ attempts: 5 })`');
  if (!(lowEvery >= 2)) throw new RangeError(`lowEvery is ${String(lowEvery)}; it takes numbers from 2 on`);
  return {
    concurrency: checkedConcurrency(options),
    lowEvery,
    group: group && unfailing(checkedFunction('group', group), () => ''),
    identity: unfailing(checkedFunction('identity', identity), () => undefined),
    timeout: checkedPeriod('timeout', timeout),
    abandonAfter: checkedPeriod('abandonAfter', abandonAfter),
    retry,
    mayStart: unfailing(checkedFunction('mayStart', mayStart), () => undefined),
    holdAtMost: checkedPeriod('holdAtMost', holdAtMost),
    pace: pace && new StartPace(pace),
    opened$: opened$ && checkedObservable('opened$ is', opened$),
    scheduler,
    clock: monotonicClock(scheduler),
    random: checkedRandom(options.random),
  };
}

/** A function whose exceptions are reported to RxJS: a key that cannot be looked at runs all the same. */
function unfailing<A, R>(given: (argument: A) => R, otherwise: () => R): (argument: A) => R {
  return (argument) => {
    try {
      return given(argument);
    } catch (error) {
      reportUnhandled(error as Error);
      return otherwise();
    }
  };
}
