import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A run of an example as its first lines say, or of a program that is given as text, against the cluster of a kubeconfig or of an environment, with its output as it comes. */
export class ExampleProcess implements AsyncDisposable {
  /** All that it has printed so far. */
  output = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #looks = new Set<() => void>();

  constructor(
    example: string | { readonly code: string },
    cluster: string | NodeJS.ProcessEnv,
    args: readonly string[] = [],
  ) {
    const program =
      typeof example === 'string'
        ? [`examples/${example}.ts`]
        : ['--input-type=module-typescript', '--eval', example.code];
    this.#child = spawn(process.execPath, ['--conditions=kuberx-source', ...program, ...args], {
      cwd: root,
      env: { ...process.env, ...(typeof cluster === 'string' ? { KUBECONFIG: cluster } : cluster) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        for (const look of this.#looks) look();
      });
    }
  }

  /** Resolves once it has printed a text, after the first `from` characters. Rejects with its output if it ends before. */
  printed(text: string | RegExp, from = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const output = this.output.slice(from);
        if (typeof text === 'string' ? !output.includes(text) : !text.test(output)) return;
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      void this.#ended.then(() => reject(new Error(`it ended without ${String(text)}:\n${this.output}`)));
      look();
    });
  }

  /** Asks it to end, as a kubelet does. Resolves once it has, by itself. */
  async terminated(): Promise<void> {
    this.#child.kill();
    await this.#ended;
    if (this.#child.exitCode !== 0) throw new Error(`it did not end by itself:\n${this.output}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill();
    await this.#ended;
  }
}
