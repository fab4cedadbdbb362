/** Calls back once nothing was heard for a while. It never keeps the process alive. */
export class SilenceTimer {
  readonly #limit: number;
  readonly #onsilent: () => void;
  #heard: number = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** `limit` in milliseconds. Nothing runs before {@link start}. */
  constructor(limit: number, onsilent: () => void) {
    this.#limit = limit;
    this.#onsilent = onsilent;
  }

  /** Something was heard: cheap enough for every chunk, because the timer itself stays as it is. */
  touch(): void {
    this.#heard = performance.now();
  }

  /** Starts, or goes on after the callback. Silence counts from what was heard last, also before the start. */
  start(): void {
    this.stop();
    const check = () => {
      const rest = this.#heard + this.#limit - performance.now();
      if (rest > 0) this.#timer = setTimeout(check, Math.ceil(rest)).unref();
      else this.#onsilent();
    };
    this.#timer = setTimeout(check, Math.max(0, this.#heard + this.#limit - performance.now())).unref();
  }

  /** Ends it; {@link start} may be called again. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
