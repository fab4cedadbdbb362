/** One turn of the event loop, in milliseconds. */
export interface Turn {
  /** By the clock: this includes the time in which other processes or the collector's other threads had the core. */
  readonly time: number;
  /** CPU time of the main thread: the turn's own work. */
  readonly cpu: number;
}

/**
 * Finds the longest turn of the event loop. It keeps the loop turning, so the CPU time measured meanwhile is
 * meaningless.
 */
export class TurnMeter {
  #longest: Turn = { time: 0, cpu: 0 };
  #start = 0;
  #cpu = 0;
  #next: NodeJS.Immediate | undefined;

  /** Longest by the clock and longest by CPU, of the turns that have ended. They need not be the same turn. */
  get longest(): Turn {
    return this.#longest;
  }

  start(): void {
    [this.#start, this.#cpu] = [performance.now(), mainThreadCpu()];
    this.#next = setImmediate(() => {
      const { time, cpu } = this.#longest;
      this.#longest = {
        time: Math.max(time, performance.now() - this.#start),
        cpu: Math.max(cpu, mainThreadCpu() - this.#cpu),
      };
      this.start();
    });
  }

  stop(): void {
    clearImmediate(this.#next);
  }
}

function mainThreadCpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
