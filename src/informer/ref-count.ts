import { type SchedulerLike, Subscription } from 'rxjs';
import { runAfter } from '../reflector/run-after.ts';

/** What a {@link RefCount} turns on and off, and when. Times are in milliseconds. */
export interface RefCountOptions {
  readonly start: () => Subscription;
  /** The last one has gone, and the grace period has passed. */
  readonly stopped: () => void;
  /** The retain time has passed too, and nobody came back. */
  readonly letGo: () => void;
  readonly gracePeriod: number;
  readonly retain: number;
  readonly scheduler: SchedulerLike;
}

/**
 * Runs something for as long as somebody holds it, and a grace period longer. There is at most one timer, and none where
 * a time is 0 or `Infinity`.
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
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Holds it, and starts it if it is not running, before it returns. Unsubscribing once or often lets go of it once. */
  hold(): Subscription {
    this.holders++;
    const held = new Subscription(() => this.release());
    this.timer?.unsubscribe();
    this.timer = undefined;
    if (this.running === undefined) {
      // Set before it starts, because what it says at once may make others hold it.
      this.running = new Subscription();
      this.running.add(this.options.start());
    }
    return held;
  }

  private release(): void {
    if (--this.holders === 0) this.after(this.options.gracePeriod, () => this.stop());
  }

  private stop(): void {
    this.running?.unsubscribe();
    this.running = undefined;
    this.options.stopped();
    // Who heard of the stop may have started it again.
    if (!this.isRunning) this.after(this.options.retain, this.options.letGo);
  }

  private after(delay: number, action: () => void): void {
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
