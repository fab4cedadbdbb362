/** The width of the window in milliseconds: long enough to be steady, short enough to follow. */
const window = 5000;

/** The grain of the window in milliseconds. */
const slice = 250;

/** How many things happen per second, over the last five seconds. Times are milliseconds that never go back. */
export class RateMeter {
  readonly #startedAt: number;
  readonly #slices: { readonly until: number; count: number }[] = [];

  constructor(now: number) {
    this.#startedAt = now;
  }

  /** Something happened, `count` times. */
  note(now: number, count = 1): void {
    this.#forget(now);
    const last = this.#slices.at(-1);
    if (last !== undefined && now < last.until) last.count += count;
    else this.#slices.push({ until: now + slice, count });
  }

  /** The mean rate over the window, or over the time since the start where that is shorter; at least over a second. */
  perSecond(now: number): number {
    this.#forget(now);
    const count = this.#slices.reduce((sum, each) => sum + each.count, 0);
    return (count * 1000) / Math.min(window, Math.max(1000, now - this.#startedAt));
  }

  #forget(now: number): void {
    while (this.#slices[0] !== undefined && this.#slices[0].until <= now - window) this.#slices.shift();
  }
}
