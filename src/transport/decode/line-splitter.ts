const lineFeed = 10;
const carriageReturn = 13;
const initialCapacity = 64 * 1024;
const retainedCapacity = 1024 * 1024;

/**
 * Cuts a stream of bytes into lines, wherever its chunks are cut. Line feeds are searched in bytes and each line is
 * decoded once, so chunks may cut a character of several bytes too. `\r\n` counts as `\n`; empty lines are left out.
 * The incomplete rest is kept in one buffer that doubles, so a long line in many chunks costs its length and not its
 * square.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  // Invalid UTF-8 throws: replacement characters would look like data.
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #partial = new Uint8Array(0);
  #length = 0;

  /** A line of more than `maxBytes` bytes throws a RangeError as soon as it is too long. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Calls `online` for each line that ends in this chunk, until it returns false. Throws a RangeError for a line that
   * is too long, a TypeError for invalid UTF-8, and the errors of `online`. After an error the splitter is unusable.
   */
  push(chunk: Uint8Array, online: (line: string) => boolean): void {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      const line = this.#line(chunk.subarray(start, end));
      start = end + 1;
      if (line !== '' && !online(line)) return;
    }
    if (start < chunk.length) this.#keep(start === 0 ? chunk : chunk.subarray(start));
  }

  /** The rest after the last line feed: empty if there is none, `undefined` if it ends inside a character. */
  end(): string | undefined {
    try {
      return this.#line(new Uint8Array(0));
    } catch {
      return undefined;
    }
  }

  #line(tail: Uint8Array): string {
    if (this.#length === 0) return this.#decode(tail);
    this.#keep(tail);
    const line = this.#decode(this.#partial.subarray(0, this.#length));
    this.#length = 0;
    if (this.#partial.length > retainedCapacity) this.#partial = new Uint8Array(0);
    return line;
  }

  #decode(bytes: Uint8Array): string {
    this.#check(bytes.length);
    const end = bytes[bytes.length - 1] === carriageReturn ? bytes.length - 1 : bytes.length;
    return end === 0 ? '' : this.#decoder.decode(end === bytes.length ? bytes : bytes.subarray(0, end));
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    this.#check(length);
    if (length > this.#partial.length) {
      const grown = new Uint8Array(Math.max(length, this.#partial.length * 2, initialCapacity));
      grown.set(this.#partial.subarray(0, this.#length));
      this.#partial = grown;
    }
    this.#partial.set(bytes, this.#length);
    this.#length = length;
  }

  #check(length: number): void {
    if (length > this.#maxBytes) throw new RangeError('The line is too long.');
  }
}
