import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const writerProgram = fileURLToPath(new URL('./config-map-writer-process.ts', import.meta.url));

/** Where and as whom the writer writes. Sent to it over a pipe: arguments are open to all. */
export interface WriterTarget {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  /** ConfigMaps to create before it says that it is ready. */
  readonly initial: number;
  /** Stands in each ConfigMap's data. */
  readonly content: string;
}

/** The writes that the server has confirmed. */
export interface WriterReport {
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  /** Requests without an answer. */
  readonly unanswered: number;
  /** For each key that it wrote, the version that the server answered with last, or null for deleted. */
  readonly ledger: Readonly<Record<string, string | null>>;
}

/** A process of its own that creates, changes and deletes ConfigMaps until it is asked to stop. */
export class ConfigMapWriter {
  readonly #process: ChildProcess;

  /** Resolves when the first ConfigMaps are there; from then on the writer writes by itself. */
  static async start(target: WriterTarget): Promise<ConfigMapWriter> {
    const writer = new ConfigMapWriter();
    writer.#process.send(target);
    await writer.#answer();
    return writer;
  }

  private constructor() {
    this.#process = fork(writerProgram, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  /** Ends the writing, and resolves with the report when the last write is answered. */
  async stop(): Promise<WriterReport> {
    this.#process.send('stop');
    return (await this.#answer()) as WriterReport;
  }

  /** Kills the process in any state. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async #answer(): Promise<unknown> {
    const gone = once(this.#process, 'exit').then(([code]) => {
      throw new Error(`the writer ended with exit code ${String(code)}`);
    });
    const [message] = (await Promise.race([once(this.#process, 'message'), gone])) as unknown[];
    return message;
  }
}
