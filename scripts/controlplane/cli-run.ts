import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A run of `npm start -- ARGS` whose lines are kept as they come. */
export class CliRun {
  /** Its output on stdout so far. */
  readonly lines: string[] = [];
  /** Resolves with the exit code, null after a signal, once all lines are in. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  #over = false;

  constructor(args: readonly string[]) {
    const command = ['--conditions=kuberx-source', 'cli/main.ts', ...args];
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.lines.push(line));
    this.ended = once(child, 'close').then(([code]) => {
      this.#over = true;
      return code as number | null;
    });
  }

  /** True once it has ended. */
  get over(): boolean {
    return this.#over;
  }

  /** The number of lines of these types after the line `from`. */
  count(types: readonly string[], from = 0): number {
    return this.lines.slice(from).filter((line) => types.some((type) => line.startsWith(`{"type":"${type}"`))).length;
  }

  /** Resolves with true when the condition holds, with false when the run ends before. */
  async until(condition: () => boolean): Promise<boolean> {
    while (!condition()) {
      if (this.#over) return false;
      await Promise.race([once(this.#process.stdout!, 'data'), this.ended]);
    }
    return true;
  }

  /** Lets the process stand still, as a closed laptop does; its connections break or pile up meanwhile. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  /** Lets it go on. */
  resume(): void {
    this.#process.kill('SIGCONT');
  }

  /** Kills the process in any state. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }
}
