import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

type Line = Readonly<Record<string, unknown>>;

/** A run of the program as `npm start` starts it, with its output as it comes. */
export class CliProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  stderr = '';
  /** The exit code, `null` after a signal, once all output is in. */
  readonly ended: Promise<number | null>;
  #reads = Promise.resolve();

  /** With `paused`, nothing is read before {@link read}. */
  constructor(
    args: readonly string[],
    { paused = false, env = {} }: { paused?: boolean; env?: NodeJS.ProcessEnv } = {},
  ) {
    const command = ['--conditions=kuberx-source', 'cli/main.ts', ...args];
    const environment = { ...process.env, KUBECONFIG: '/nowhere', ...env };
    this.child = spawn(process.execPath, command, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
    if (!paused) this.read();
  }

  read(): void {
    const reader = createInterface({ input: this.child.stdout! });
    reader.on('line', (line) => this.lines.push(line));
    this.#reads = once(reader, 'close').then(() => undefined);
  }

  get json(): Line[] {
    return this.lines.map((line) => JSON.parse(line) as Line);
  }

  /** Resolves once a line of the output meets the condition. Rejects with the output if the program ends before. */
  async line(meets: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const found = this.json.find(meets);
      if (found !== undefined) return found;
      const more = once(this.child.stdout!, 'data').then(() => true);
      if (!(await Promise.race([more, this.ended.then(() => false)]))) break;
      await new Promise(setImmediate);
    }
    throw new Error(`the program ended before: ${this.stderr}\n${this.lines.slice(-5).join('\n')}`);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.over();
  }

  async over(): Promise<number | null> {
    const code = await this.ended;
    await this.#reads;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** The state that lines of `--json` lead to: key to version. */
export function folded(lines: readonly Line[]): ReadonlyMap<string, string> {
  let state = new Map<string, string>();
  for (const line of lines) {
    if (line['type'] === 'Replaced') state = new Map(Object.entries(line['objects'] as Record<string, string>));
    if (line['type'] === 'Added' || line['type'] === 'Updated')
      state.set(line['key'] as string, line['resourceVersion'] as string);
    if (line['type'] === 'Deleted') state.delete(line['key'] as string);
  }
  return state;
}
