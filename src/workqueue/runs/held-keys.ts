import { catchError, EMPTY, Subscription, take } from 'rxjs';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import type { Entry } from '../lines/entry.ts';
import type { Hold } from '../may-start.ts';
import type { Settings } from '../settings.ts';

interface Held {
  readonly since: number;
  readonly deadline: Subscription;
  hold: Hold;
  waiting: Subscription;
  isOver: boolean;
}

/** Whether a key that was taken starts now. `behind`: it does, though it is still held back, because its time is over. */
export type Start =
  { readonly type: 'now' } | { readonly type: 'held' } | { readonly type: 'behind'; readonly hold: Hold };

/**
 * The keys that were taken and may not start yet. Each waits for its own stream and for one deadline, however often it is held
 * back. Nothing polls.
 */
export class HeldKeys<K extends string> {
  private readonly held = new Map<Entry<K>, Held>();
  private readonly settings: Settings<K>;
  private readonly release: (entry: Entry<K>) => void;

  /** `release` is called when a key is to be asked again. */
  constructor(settings: Settings<K>, release: (entry: Entry<K>) => void) {
    this.settings = settings;
    this.release = release;
  }

  /** Asks whether a key may start. One that may not is released later. */
  ask(entry: Entry<K>): Start {
    const known = this.held.get(entry);
    if (known?.isOver === true) {
      this.drop(entry);
      return { type: 'behind', hold: known.hold };
    }
    const hold = this.settings.mayStart(entry.key);
    if (hold === undefined || !this.waits(entry, hold)) {
      this.drop(entry);
      return { type: 'now' };
    }
    return { type: 'held' };
  }

  /** What a key waits for. */
  holdOf(entry: Entry<K> | undefined): Hold | undefined {
    return entry && this.held.get(entry)?.hold;
  }

  /** Releases all keys, and leaves no timer and no subscription. */
  stop(): void {
    for (const entry of [...this.held.keys()]) {
      this.drop(entry);
      this.release(entry);
    }
  }

  /** A hold that cannot be waited for, such as one without a stream, holds nothing back. */
  private waits(entry: Entry<K>, hold: Hold): boolean {
    try {
      return this.wait(entry, hold);
    } catch (error) {
      reportUnhandled(error as Error);
      return false;
    }
  }

  /** False if what is waited for has come at once: asking again would go round in a circle. */
  private wait(entry: Entry<K>, hold: Hold): boolean {
    const held = this.held.get(entry) ?? this.begin(entry, hold);
    held.hold = hold;
    let hasPassed = false;
    let isSubscribing = true;
    const passed = (): void => {
      hasPassed = true;
      if (!isSubscribing) this.release(entry);
    };
    const over$ = hold.passed$.pipe(
      catchError(() => EMPTY),
      take(1),
    );
    // eslint-disable-next-line rxjs-x/no-ignored-error -- an error counts as an end
    held.waiting = over$.subscribe({ complete: passed });
    isSubscribing = false;
    return !hasPassed;
  }

  private begin(entry: Entry<K>, hold: Hold): Held {
    const { holdAtMost, scheduler, clock } = this.settings;
    const held: Held = {
      since: clock.now(),
      deadline: runAfter(holdAtMost, scheduler, () => {
        held.isOver = true;
        held.waiting.unsubscribe();
        this.release(entry);
      }),
      hold,
      waiting: Subscription.EMPTY,
      isOver: false,
    };
    this.held.set(entry, held);
    return held;
  }

  private drop(entry: Entry<K>): void {
    const held = this.held.get(entry);
    if (held === undefined) return;
    held.deadline.unsubscribe();
    held.waiting.unsubscribe();
    this.held.delete(entry);
  }
}
