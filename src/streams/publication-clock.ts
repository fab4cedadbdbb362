import { type SchedulerLike, Subscription } from 'rxjs';
import { runAfter } from './time/run-after.ts';

/** What is published by a clock. */
export interface Publication {
  /** Takes the current value. Returns false where it is the one that was published last. */
  take(): boolean;
  /** Tells the value that was taken. */
  tell(): void;
}

/** When a {@link PublicationClock} publishes. */
export interface ClockOptions {
  /** Runs an action at the end of the turn. */
  readonly turn: SchedulerLike;
  /** Runs an action with the next frame, if frames are drawn here. A frame may never come, as in a hidden page. */
  readonly frame: SchedulerLike | undefined;
  readonly timer: SchedulerLike;
  /** Milliseconds after one publication until the next one, or until the page is taken for hidden where there are frames. */
  readonly period: number;
}

/**
 * Publishes for many sources at once. The first change is published at the end of the turn that made it, later ones with the next
 * frame. All that has changed is taken before anything is told, so that nobody sees two moments side by side.
 */
export class PublicationClock {
  private readonly options: ClockOptions;
  private readonly due = new Set<Publication>();
  private next: Subscription | undefined;

  constructor(options: ClockOptions) {
    this.options = options;
  }

  /** Publishes this with the next publication. */
  mark(publication: Publication): void {
    this.due.add(publication);
    this.next ??= runAfter(0, this.options.turn, () => this.publish());
  }

  /** Does not publish this, until it is marked again. */
  forget(publication: Publication): void {
    this.due.delete(publication);
  }

  private publish(): void {
    const changed = [...this.due].filter((publication) => publication.take());
    this.due.clear();
    this.next = this.afterFrame();
    for (const publication of changed) publication.tell();
  }

  /** By the frame or by the timer, whichever comes first: a hidden page has no frames. */
  private afterFrame(): Subscription {
    const { frame, timer, period } = this.options;
    const both = new Subscription();
    const end = (): void => {
      both.unsubscribe();
      this.next = undefined;
      if (this.due.size > 0) this.publish();
    };
    both.add(runAfter(period, timer, end));
    if (frame !== undefined) both.add(frame.schedule(end));
    return both;
  }
}
