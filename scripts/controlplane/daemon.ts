import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { printable } from '#src/protocol/errors/printable.ts';

/** A program of the control plane ended without a request, or did not become ready. */
export class DaemonFailed extends Error {
  /** Another process has the port: a fresh one helps. */
  readonly portTaken: boolean;

  /** @param log - All that it said; the message has the last lines. */
  constructor(what: string, log: string) {
    super(`${what}; its log ends with:\n${log.trimEnd().split('\n').slice(-8).map((line) => printable(line)).join('\n')}`);
    this.name = 'DaemonFailed';
    this.portTaken = log.includes('address already in use');
  }
}

/** The program that a {@link Daemon} runs. */
export interface DaemonOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** The signal that ends it. SIGKILL follows in any case after 5 seconds. Default: SIGTERM. */
  readonly endSignal?: 'SIGTERM' | 'SIGKILL';
}

/** A long-running child process that writes to a log file. It is started at once, and ended by its pid only. */
export class Daemon {
  readonly name: string;
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /** Resolves when the process has ended for any reason, and says how. Never rejects. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #endSignal: NodeJS.Signals;
  readonly #logFile: string;
  /** Where this run begins: the file is shared with earlier ones. */
  readonly #logStart: number;
  #running = true;
  #asked = false;

  /** @param logFile - Where both of its outputs go, appended. A link is not followed. */
  constructor({ program, args, endSignal = 'SIGTERM' }: DaemonOptions, logFile: string) {
    this.name = basename(program);
    this.#endSignal = endSignal;
    this.#logFile = logFile;
    const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW } = constants;
    const log = openSync(logFile, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
    this.#logStart = fstatSync(log).size;
    // Detached: a Ctrl-C in the terminal goes to the whole group, and an orderly end has an order.
    this.#child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.pid = this.#child.pid;
    this.ended = new Promise((resolve) => {
      const settle = (how: string): void => {
        this.#running = false;
        resolve(how);
      };
      this.#child.once('error', (error) => settle(`${this.name} did not start: ${error.message}`));
      this.#child.once('exit', (code, signal) => settle(`${this.name} ended (${signal ?? `exit code ${code ?? 0}`})`));
    });
  }

  get running(): boolean {
    return this.#running;
  }

  /** True once {@link end} was called: its end is no surprise. */
  get asked(): boolean {
    return this.#asked;
  }

  /** Stops the process (SIGSTOP): its connections stay open, and no answer comes. */
  suspend(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Lets it go on. */
  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** Ends the process, and resolves when it has ended. */
  async end(): Promise<void> {
    this.#asked = true;
    if (!this.#running) return;
    this.#child.kill(this.#endSignal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await this.ended;
    clearTimeout(timer);
  }

  /** All that the process said so far. */
  async log(): Promise<string> {
    const bytes = await readFile(this.#logFile);
    return bytes.toString('utf8', this.#logStart);
  }
}
