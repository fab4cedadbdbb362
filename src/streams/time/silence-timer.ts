import { firstHop } from './period.ts';

/** What a {@link SilenceTimer} takes its time from: a scheduler, or the timers of a platform. Times are in milliseconds. */
export interface Timers {
  now(): number;
  /** Calls back once after a delay that one timer holds. The function that it returns cancels that. */
  after(delay: number, action: () => void): () => void;
}

/**
 * Calls back once nothing was heard for `due` milliseconds. `due` is asked again at each look. One timer, not one for each
 * sign of life, so that to hear is cheap enough for every chunk of a stream.
 *
 * Silence is counted by timers, the clock only tells when a sign came between two looks: a jump of a wall clock can
 * make it call too early, or at the latest one `due` too late; it cannot blind it.
 */
export class SilenceTimer {
  private readonly due: () => number;
  private readonly onsilent: () => void;
  private readonly timers: Timers;
  private heardAt: number;
  private hasHeard = false;
  private cancel: (() => void) | undefined;

  /** Nothing runs before {@link start}. */
  constructor(due: () => number, onsilent: () => void, timers: Timers) {
    this.due = due;
    this.onsilent = onsilent;
    this.timers = timers;
    this.heardAt = timers.now();
  }

  /** A sign of life. */
  hear(): void {
    this.heardAt = this.timers.now();
    this.hasHeard = true;
  }

  /** Starts, or goes on after the callback. Silence counts from the last sign, also from one before the start. */
  start(): void {
    this.stop();
    this.hasHeard = false;
    this.wait(Math.max(0, this.timers.now() - this.heardAt));
  }

  /** Ends it; {@link start} may be called again. */
  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  private wait(quiet: number): void {
    const hop = firstHop(Math.max(0, this.due() - quiet));
    this.cancel = this.timers.after(hop, () => this.look(quiet, hop));
  }

  private look(before: number, hop: number): void {
    const quiet = this.hasHeard ? Math.min(hop, Math.max(0, this.timers.now() - this.heardAt)) : before + hop;
    this.hasHeard = false;
    if (quiet >= this.due()) this.onsilent();
    else this.wait(quiet);
  }
}
