import { type SchedulerLike, Subscription } from 'rxjs';
import { runAfter } from './time/run-after.ts';

/** What a {@link RefCount} turns on and off, and when. Times are in milliseconds. */
export interface RefCountOptions {
  /** Starts a run. Teardown goes to the subscription that it gets, which is closed already if the run has ended meanwhile. */
  readonly start: (run: Subscription) => void;
  /** Called when the grace period after the last holder has passed. */
  readonly stopped: () => void;
  /** Called when the retain time has passed too and nobody came back. Twice for one stop if somebody held it for a moment. */
  readonly letGo: () => void;
  readonly gracePeriod: number;
  readonly retain: number;
  readonly scheduler: SchedulerLike;
}

/**
 * Runs something for as long as somebody holds it, and a grace period longer. It has at most one timer, and none for a time
 * of 0 or `Infinity`.
 */
export class RefCount {
  private readonly options: RefCountOptions;
  private holders = 0;
  private running: Subscription | undefined;
  private timer: Subscription | undefined;

  constructor(options: RefCountOptions) {
    this.options = options;
  }

  /** True from the first holder to the end of the grace period after the last one. */
  isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Holds it, and starts it if it is not running, before it returns. Unsubscribing twice lets go only once. */
  hold(): Subscription {
    this.holders++;
    const held = new Subscription(() => this.release());
    this.cancelTimer();
    if (this.running === undefined) {
      // Set before it starts, because a value that it emits at once may make others hold it.
      const run = new Subscription();
      this.running = run;
      this.options.start(run);
    }
    return held;
  }

  /** Stops it if it is running, even if somebody holds it. */
  stop(): void {
    const { running } = this;
    if (running === undefined) return;
    this.running = undefined;
    this.cancelTimer();
    running.unsubscribe();
    // A callback that hears of the end may have started it again.
    if (this.isRunning()) return;
    this.options.stopped();
    if (!this.isRunning()) this.after(this.options.retain, this.options.letGo);
  }

  private release(): void {
    if (--this.holders === 0 && this.isRunning()) this.after(this.options.gracePeriod, () => this.stop());
  }

  private cancelTimer(): void {
    this.timer?.unsubscribe();
    this.timer = undefined;
  }

  private after(delay: number, action: () => void): void {
    this.cancelTimer();
    if (delay === Infinity) return;
    if (delay === 0) {
      action();
      return;
    }
    this.timer = runAfter(delay, this.options.scheduler, () => {
      this.timer = undefined;
      action();
    });
  }
}
