/** Calls back after a time of silence. It never keeps the process alive. */
export class SilenceTimer {
  readonly #limit: number;
  readonly #onsilent: () => void;
  #heard: number = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** `limit` in milliseconds. The timer runs from {@link start} on. */
  constructor(limit: number, onsilent: () => void) {
    this.#limit = limit;
    this.#onsilent = onsilent;
  }

  /** Reports a sign of life. It is cheap enough for each chunk, because the timer itself stays as it is. */
  touch(): void {
    this.#heard = performance.now();
  }

  /**
   * Starts, or goes on after the callback. Silence counts from the last sign of life, also from one before the start.
   */
  start(): void {
    this.stop();
    const check = () => {
      const rest = this.#heard + this.#limit - performance.now();
      if (rest > 0) this.#timer = setTimeout(check, Math.ceil(rest)).unref();
      else this.#onsilent();
    };
    this.#timer = setTimeout(check, Math.max(0, this.#heard + this.#limit - performance.now())).unref();
  }

  /** Stops the timer; {@link start} may be called again. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
