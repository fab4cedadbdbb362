import { readFile, stat } from 'node:fs/promises';

const files = new Map<string, FileReader>();

/**
 * The text of a file, by a read that begins after the call. Calls at the same time share one, and there is one under way of
 * a file: no read can be ended, and each that hangs, as on a volume that does not answer, holds one of the four threads that
 * this process has for files and names. Where another file has taken the place of the one that is being read, a call passes
 * over that read and begins its own, so that there may be two, but not a third.
 */
export function readAfresh(file: string): Promise<string> {
  const reader = files.get(file) ?? new FileReader(file);
  files.set(file, reader);
  return reader.read();
}

/** A read that is under way. */
interface Reading {
  /** Not known until the file system has told it. */
  identity: string | undefined;
}

class FileReader {
  readonly #file: string;
  /** The read that the next one waits for. */
  #current: Reading | undefined;
  /** The one that was passed over. */
  #passedOver: Reading | undefined;
  /** The one that callers wait for which has not begun. */
  #next: PromiseWithResolvers<string> | undefined;
  #isLooking = false;

  constructor(file: string) {
    this.#file = file;
  }

  read(): Promise<string> {
    const { promise } = (this.#next ??= Promise.withResolvers<string>());
    if (this.#current === undefined) this.#begin();
    else void this.#passOver(this.#current);
    return promise;
  }

  #begin(): void {
    if (this.#next === undefined) return;
    const { resolve, reject } = this.#next;
    this.#next = undefined;
    const reading: Reading = { identity: undefined };
    this.#current = reading;
    this.#text(reading)
      .finally(() => this.#end(reading))
      .then(resolve, reject);
  }

  async #text(reading: Reading): Promise<string> {
    reading.identity = await identityOf(this.#file);
    return await readFile(this.#file, 'utf8');
  }

  #end(reading: Reading): void {
    if (this.#passedOver === reading) this.#passedOver = undefined;
    if (this.#current === reading) {
      this.#current = undefined;
      this.#begin();
    }
    if (this.#current !== undefined) void this.#passOver(this.#current);
    else if (this.#passedOver === undefined) files.delete(this.#file);
  }

  /** Begins the next read, if another file is there than the one that is being read. */
  async #passOver(reading: Reading): Promise<void> {
    if (this.#next === undefined || this.#isLooking || this.#passedOver !== undefined) return;
    this.#isLooking = true;
    const identity = await look(this.#file);
    this.#isLooking = false;
    // A read that does not know its file yet hangs where it asks for that: this look asked later, and was answered.
    if (this.#current !== reading || reading.identity === identity) return;
    this.#passedOver = reading;
    this.#begin();
  }
}

let lastLook: Promise<unknown> = Promise.resolve();

/** Which file is there now. One at a time for all files: where it hangs, it holds another thread. */
function look(file: string): Promise<string> {
  const identity = lastLook.then(() => identityOf(file));
  lastLook = identity;
  return identity;
}

/** Names the file in a place, or the error that there is instead. A read that hangs keeps its file, and so the name of it. */
async function identityOf(file: string): Promise<string> {
  try {
    const { dev, ino } = await stat(file, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
