import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Daemon } from './daemon.ts';

const guardProgram = fileURLToPath(new URL('./orphan-guard-process.ts', import.meta.url));

/**
 * Kills adopted daemons when this process is gone, by exit, crash or SIGKILL. A process of its own holds the other end
 * of a pipe and sees it close.
 */
export class OrphanGuard {
  readonly #process: ChildProcess;

  /** @param temporaryDir - Removed at the end, once the daemons are gone. */
  constructor(temporaryDir?: string) {
    const args = [guardProgram, ...(temporaryDir === undefined ? [] : [temporaryDir])];
    // Detached: a Ctrl-C in the terminal goes to the whole group, and the guard is to be the last.
    this.#process = spawn(process.execPath, args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#process.unref();
    // Without its guard the control plane goes on; only its protection is gone.
    this.#process.on('error', () => undefined);
    this.#process.stdin?.on('error', () => undefined);
  }

  /** Guards a daemon from now on until it ends. */
  adopt({ pid, ended }: Daemon): void {
    if (pid === undefined) return;
    this.#process.stdin?.write(`+${pid}\n`);
    void ended.then(() => this.#process.stdin?.write(`-${pid}\n`));
  }

  /** Kills the daemons that are left, removes the temporary directory, and resolves when that is done. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.ref();
    const exited = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await exited;
  }
}
