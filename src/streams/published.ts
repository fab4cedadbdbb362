import { animationFrameScheduler, asapScheduler, asyncScheduler, Observable, Subject } from 'rxjs';
import { behavior } from './behavior.ts';
import { PublicationClock } from './publication-clock.ts';
import type { ReadonlyBehaviorSubject } from './readonly-behavior-subject.ts';
import { reportUnhandled } from './report-unhandled.ts';
import type { Source } from './source.ts';

/** The options of {@link published}. */
export interface PublishedOptions {
  /** How often at most: with each frame, or once in this many milliseconds. Default `frame`. */
  readonly every?: 'frame' | number | undefined;
}

/** A source whose values change at most once a frame, with those of all other published sources. */
export interface Published<T> extends ReadonlyBehaviorSubject<T> {
  /** Calls back after each change, without the value, and returns a function that ends it. */
  readonly onChange: (changed: () => void) => () => void;
}

/** Frames come 60 times a second; where there are none, as in Node, this is one in milliseconds. */
const frame = 16;

/** A page without a frame for this long is hidden, in milliseconds. Browsers run timers of hidden pages once a second or less. */
const hidden = 1000;

/** One clock for a page, and one for each other period. */
const clocks = new Map<'frame' | number, PublicationClock>();

/** What was published already, so that a component may call `published` in each of its renders. */
const known = new WeakMap<object, Map<'frame' | number, Published<unknown>>>();

/**
 * Returns a source for an interface: `source`, but its value changes at most once a frame. One clock publishes for the whole page:
 * the first change at the end of the turn that made$ it, later ones with the next frame, all of them together. So two components
 * never show two moments. In a hidden page, which has no frames, a timer publishes once a second. What has not changed by
 * `Object.is` is not published.
 *
 * A subscription holds the source, and gets the value of now first. Without a subscription `value` is the source's. The same source
 * with the same option gives the same object, and so does what is published already. It never completes.
 *
 * For React: `useSyncExternalStore(shown.onChange, shown.getValue)`. Other frameworks subscribe to it as to any Observable.
 *
 * Throws a TypeError for an invalid source and a RangeError for an invalid period.
 *
 * ```ts
 * const count$ = new BehaviorSubject(0);
 * published(count$).subscribe((shown) => render(shown));
 * count$.next(1); // shown at the end of this turn
 * ```
 */
export function published<T>(source: Source<T>, { every = 'frame' }: PublishedOptions = {}): Published<T> {
  const given: unknown = source;
  if (typeof given !== 'object' || given === null || !('value' in given) || typeof source.subscribe !== 'function') {
    throw new TypeError('published takes a source: an object with value and subscribe, such as a BehaviorSubject.');
  }
  const clock = clockOf(every);
  let bySource = known.get(source);
  if (bySource === undefined) known.set(source, (bySource = new Map<'frame' | number, Published<unknown>>()));
  let made$ = bySource.get(every) as Published<T> | undefined;
  if (made$ === undefined) {
    made$ = publishedBy(clock, source);
    bySource.set(every, made$);
    // Published twice it would be a frame late, and show another moment than the others.
    known.set(made$, new Map([[every, made$]]));
  }
  return made$;
}

/** {@link published} by a clock of one's own. */
export function publishedBy<T>(clock: PublicationClock, source: Source<T>): Published<T> {
  const told$ = new Subject<T>();
  let value: T;
  let holders = 0;
  let held: { unsubscribe(): void } | undefined;
  const publication = {
    take: () => {
      const isNew = !Object.is(value, source.value);
      value = source.value;
      return isNew;
    },
    tell: () => told$.next(value),
  };

  function hold(): () => void {
    if (++holders === 1) {
      value = source.value;
      held = source.subscribe(() => {
        if (!Object.is(value, source.value)) clock.mark(publication);
      });
    }
    return () => {
      if (--holders > 0) return;
      held?.unsubscribe();
      clock.forget(publication);
    };
  }

  const values$ = new Observable<T>((subscriber) => {
    subscriber.add(hold());
    subscriber.next(value);
    subscriber.add(told$.subscribe(subscriber));
  });
  return Object.assign(
    behavior(values$, () => (holders > 0 ? value : source.value)),
    {
      onChange: (changed: () => void): (() => void) => {
        const release = hold();
        // Once, however often it is called.
        const subscription = told$.subscribe({ next: () => changed(), error: reportUnhandled });
        subscription.add(release);
        return () => subscription.unsubscribe();
      },
    },
  );
}

function clockOf(every: 'frame' | number): PublicationClock {
  if (every !== 'frame' && !(typeof every === 'number' && every >= 1 && every < Infinity)) {
    throw new RangeError(`every is ${String(every)}; it takes 'frame' or milliseconds from 1 on.`);
  }
  let clock = clocks.get(every);
  if (clock === undefined) {
    const hasFrames = 'requestAnimationFrame' in globalThis;
    clock = new PublicationClock({
      turn: asapScheduler,
      frame: every === 'frame' && hasFrames ? animationFrameScheduler : undefined,
      timer: asyncScheduler,
      period: every !== 'frame' ? every : hasFrames ? hidden : frame,
    });
    clocks.set(every, clock);
  }
  return clock;
}
