import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Daemon, DaemonFailed, type DaemonOptions } from './daemon.ts';
import { OrphanGuard } from './orphan-guard.ts';

/** Milliseconds that a program may take until it is ready. */
const readyWithin = 60_000;

/** Starts daemons and ends them in reverse order, or when this process is gone. */
export class Supervisor {
  /** Where each daemon has its log, `NAME.log`. */
  readonly dataDir: string;
  /** Resolves when a ready daemon ended without a request. */
  readonly failed: Promise<Error>;
  readonly #fail: (error: Error) => void;
  readonly #daemons: Daemon[] = [];
  readonly #guard: OrphanGuard;

  /** @param temporary - The data directory is removed at the end. */
  constructor(dataDir: string, temporary: boolean) {
    this.dataDir = dataDir;
    this.#guard = new OrphanGuard(temporary ? dataDir : undefined);
    const { promise, resolve } = Promise.withResolvers<Error>();
    this.failed = promise;
    this.#fail = resolve;
  }

  /**
   * Starts a program and resolves when the probe returns true. An error of the probe counts as false.
   * @throws DaemonFailed if the program ends before, or is not ready after a minute; it is killed then.
   */
  async start(
    options: DaemonOptions,
    probe: (daemon: Daemon) => Promise<boolean>,
    signal?: AbortSignal,
  ): Promise<Daemon> {
    signal?.throwIfAborted();
    const daemon = new Daemon(options, join(this.dataDir, `${basename(options.program)}.log`));
    this.#guard.adopt(daemon);
    this.#daemons.push(daemon);
    try {
      await becomesReady(daemon, probe, signal);
    } catch (error) {
      await daemon.end();
      throw error;
    }
    void daemon.ended.then(async (how) => {
      if (!daemon.asked) this.#fail(new DaemonFailed(how, await daemon.log()));
    });
    return daemon;
  }

  /** Ends all daemons, the last one first, and removes a temporary directory. */
  async stop(): Promise<void> {
    for (const daemon of this.#daemons.toReversed()) await daemon.end();
    await this.#guard.close();
  }
}

async function becomesReady(
  daemon: Daemon,
  probe: (daemon: Daemon) => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + readyWithin;
  for (;;) {
    const ready = await probe(daemon).catch(() => false);
    // Asked after the probe: another process on the same port may have answered it.
    if (!daemon.running) throw new DaemonFailed(await daemon.ended, await daemon.log());
    if (ready) return;
    if (performance.now() > deadline) {
      throw new DaemonFailed(`${daemon.name} is not ready after a minute`, await daemon.log());
    }
    await delay(50, undefined, { signal });
  }
}
