import { firstHop } from './period.ts';

/** What a {@link SilenceTimer} takes its time from: a scheduler, or the timers of a platform. Times are in milliseconds. */
export interface Timers {
  now(): number;
  /** Calls back once after a delay that one timer holds. The function that it returns cancels that. */
  after(delay: number, action: () => void): () => void;
}

/**
 * Calls back when nothing was heard for `due` milliseconds. It calls `due` again at each check. It has one timer, and not one
 * for each sign of life, so that `hear` is cheap enough for every chunk of a stream.
 *
 * Timers count the silence. The clock only tells when a sign came between two checks: after a jump of the wall clock the
 * callback may come too early, or up to one `due` too late, but it comes.
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
