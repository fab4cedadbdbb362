import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { usageOf, type ProcessUsage } from './process-usage.ts';

/** How a consumer is started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The time that a consumer may take for one answer, in milliseconds. */
const usualPatience = 180_000;

/** A consumer in a process of its own, spoken to in the lines that `line-protocol.ts` describes. */
export class ConsumerProcess {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #heard: string[] = [];
  #complaint = '';
  #wake = (): void => undefined;
  #ended: string | undefined;

  constructor({ program, args, env }: Command) {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    this.pid = child.pid ?? 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#heard.push(line);
      this.#wake();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-2000);
    });
    const ended = (how: string): void => {
      this.#ended ??= how;
      this.#wake();
    };
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => ended(error.message));
    child.on('close', (code, signal) => ended(`it ended with ${signal ?? code ?? 0}`));
  }

  /** The usage of the process, as the kernel counts it. */
  usage(): ProcessUsage {
    return usageOf(this.pid);
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** The rest of the next line that begins with this word. Rejects if the consumer ends before, or takes too long. */
  async hear(word: string, patience: number = usualPatience): Promise<string> {
    const deadline = performance.now() + patience;
    for (;;) {
      const index = this.#heard.findIndex((line) => line === word || line.startsWith(`${word} `));
      if (index >= 0) return this.#heard.splice(index, 1)[0]!.slice(word.length + 1);
      if (this.#ended !== undefined) throw new Error(`no '${word}': ${this.#ended}\n${this.#complaint}`);
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`no '${word}' within ${patience / 1000} s\n${this.#complaint}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Lets it end, and kills it if it does not. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    while (this.#ended === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
    clearTimeout(timer);
  }
}
