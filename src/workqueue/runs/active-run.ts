import { Observable, type Subscriber, type Subscription } from 'rxjs';
import type { Begun } from '../lines/work-lines.ts';
import type { Entry } from '../lines/entry.ts';
import type { Run } from '../run.ts';
import { type AbortReason, RunAbortedError } from './run-aborted-error.ts';
import type { Reason } from '../wake.ts';

/** What a user gets of a run. Most runs never look at the signal, and its controller costs more than the rest. */
class RunValue<K extends string> implements Run<K> {
  readonly key: K;
  readonly attempt: number;
  readonly reasons: readonly Reason[];
  readonly moreReasons: number;
  private controller: AbortController | undefined;
  private aborted: RunAbortedError | undefined;

  constructor(key: K, { attempt, listed, more }: Begun) {
    this.key = key;
    this.attempt = attempt;
    this.reasons = listed;
    this.moreReasons = more;
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.aborted) this.controller.abort(this.aborted);
    }
    return this.controller.signal;
  }

  /** @internal */
  abort(error: RunAbortedError): void {
    this.aborted = error;
    this.controller?.abort(error);
  }
}

/** A run from its start until it has settled, which may be long after it was aborted. */
export class ActiveRun<K extends string> {
  readonly entry: Entry<K>;
  readonly begun: Begun;
  readonly startedAt: number;
  /** The timer of its timeout, or of its abandonment. */
  timer: Subscription | undefined;
  /** The subscription to its Observable. */
  inner: Subscription | undefined;
  abortedBy: AbortReason | undefined;
  isAbandoned = false;
  isOver = false;
  private readonly value: RunValue<K>;
  private slot: Subscriber<never> | undefined;
  private isSlotFree = false;

  constructor(entry: Entry<K>, begun: Begun, startedAt: number) {
    this.entry = entry;
    this.begun = begun;
    this.startedAt = startedAt;
    this.value = new RunValue(entry.key, begun);
  }

  /** Completes when the slot of the run is free. Only a run that goes on is asked for it, once. */
  get slot$(): Observable<never> {
    return new Observable((slot) => {
      this.slot = slot;
      if (this.isSlotFree) slot.complete();
    });
  }

  get run(): Run<K> {
    return this.value;
  }

  /** Aborts the signal. What listens to it may end the run at once. */
  abort(reason: AbortReason): void {
    this.abortedBy = reason;
    this.value.abort(new RunAbortedError(this.entry.key, reason));
  }

  freeSlot(): void {
    this.isSlotFree = true;
    this.slot?.complete();
  }

  /** Unsubscribes from its Observable, and returns what its teardown throws. */
  tearDown(): { readonly error: unknown } | undefined {
    try {
      this.inner?.unsubscribe();
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  stopTimer(): void {
    this.timer?.unsubscribe();
    this.timer = undefined;
  }
}
