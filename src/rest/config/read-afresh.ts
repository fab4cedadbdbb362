import { readFile, stat } from 'node:fs/promises';

const files = new Map<string, FileReader>();

/**
 * Reads the text of a file, by a read that begins after the call. Calls at the same time share one read, and a file has
 * one read at a time: a read cannot be ended, and each one that hangs, as on a volume that does not answer, holds one
 * of the four threads that this process has for files and names. If another file has taken the place of the one that is
 * being read, a call passes over that read and begins its own. So there may be two reads, but no third.
 */
export function readAfresh(file: string): Promise<string> {
  const reader = files.get(file) ?? new FileReader(file);
  files.set(file, reader);
  return reader.read();
}

/** A read that is under way. */
interface Reading {
  /** The identity of the file. Unset until the file system has answered. */
  identity: string | undefined;
}

class FileReader {
  readonly #file: string;
  /** The read that the next one waits for. */
  #current: Reading | undefined;
  /** The read that was passed over. */
  #passedOver: Reading | undefined;
  /** The read that callers wait for and that has not begun. */
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

  /** Begins the next read if another file has taken the place of the one that is being read. */
  async #passOver(reading: Reading): Promise<void> {
    if (this.#next === undefined || this.#isLooking || this.#passedOver !== undefined) return;
    this.#isLooking = true;
    const identity = await look(this.#file);
    this.#isLooking = false;
    // A read without an identity hangs at the question for it. This question came later and was answered.
    if (this.#current !== reading || reading.identity === identity) return;
    this.#passedOver = reading;
    this.#begin();
  }
}

let lastLook: Promise<unknown> = Promise.resolve();

/** Asks which file is in a place now. One question at a time for all files: one that hangs holds another thread. */
function look(file: string): Promise<string> {
  const identity = lastLook.then(() => identityOf(file));
  lastLook = identity;
  return identity;
}

/**
 * The identity of the file in a place, or of the error in its place. A read that hangs keeps its file open, and so the
 * identity of the file.
 */
async function identityOf(file: string): Promise<string> {
  try {
    const { dev, ino } = await stat(file, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
