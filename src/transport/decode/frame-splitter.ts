import { isWhiteSpace, JsonEnd } from './json-end.ts';

const lineFeed = 10;
const closeBrace = 125;
const initialCapacity = 64 * 1024;
const retainedCapacity = 1024 * 1024;

/**
 * Takes a text that may be a frame; `isCut`: it was cut by its braces, and can be no part of one. Returns whether to go on,
 * `undefined` if the text is not JSON and was not cut: then it is a part of a frame, or several.
 */
export type OnFrame = (text: string, isCut: boolean) => boolean | undefined;

/**
 * Cuts a stream of bytes into frames, wherever its chunks are cut. A frame is a line, as kube-apiservers send it; line feeds
 * are searched in bytes and each line is decoded once, so chunks may cut a character of several bytes too. `\r\n` counts as
 * `\n`. White space between frames is left out.
 *
 * Frames that follow each other without a line feed, or have line feeds in them, are cut by their braces: after the first line
 * that is not JSON, and at the end of a chunk that ends with a brace. Looking at each byte costs more than the search for a
 * line feed.
 *
 * The incomplete rest is kept in one buffer that doubles, so a long frame in many chunks costs its length and not its square.
 */
export class FrameSplitter {
  readonly #maxBytes: number;
  // Invalid UTF-8 throws: replacement characters would look like data.
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #partial = new Uint8Array(0);
  #length = 0;
  #end = new JsonEnd();
  /** The number of bytes of the rest that were looked at for its end. */
  #looked = 0;
  #cutsByBraces = false;

  /** A frame of more than `maxBytes` bytes throws a RangeError as soon as it is too long. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Calls `onframe` for each frame that ends in this chunk, until it returns false. Throws a RangeError for a frame that is
   * too long, a TypeError for invalid UTF-8, and the errors of `onframe`. After an error the splitter is unusable.
   */
  push(chunk: Uint8Array, onframe: OnFrame): void {
    let start = 0;
    while (!this.#cutsByBraces) {
      const end = chunk.indexOf(lineFeed, start);
      if (end === -1) break;
      const isGoingOn = this.#line(chunk.subarray(start, end), onframe);
      start = end + 1;
      if (!isGoingOn) return;
    }
    // White space that nothing follows is not kept, however much of it comes.
    if (this.#length === 0) while (isWhiteSpace(chunk[start])) start += 1;
    const rest = start === 0 ? chunk : chunk.subarray(start);
    if (rest.length > 0) this.#keep(rest);
    if (this.#cutsByBraces || rest.at(-1) === closeBrace) this.#cut(onframe);
  }

  /**
   * Calls `onframe` for what is whole of the rest. Returns the bytes left after that, white space not counted. The last
   * frame needs no line feed.
   */
  end(onframe: OnFrame): number {
    if (!this.#cut(onframe)) return 0;
    return this.#length;
  }

  /** Takes a line that has come to its end. Returns false if no more is wanted. */
  #line(tail: Uint8Array, onframe: OnFrame): boolean {
    if (this.#length > 0) this.#keep(tail);
    const bytes = this.#length > 0 ? this.#partial.subarray(0, this.#length) : tail;
    const text = this.#decode(bytes);
    const isGoingOn = text === '' ? true : onframe(text, false);
    if (isGoingOn !== undefined) {
      this.#drop(this.#length);
      return isGoingOn;
    }
    this.#cutsByBraces = true;
    if (this.#length === 0) this.#keep(tail);
    this.#keep(Uint8Array.of(lineFeed));
    return this.#cut(onframe);
  }

  /** Cuts what is whole off the rest, by its braces. Returns false if no more is wanted. */
  #cut(onframe: OnFrame): boolean {
    const bytes = this.#partial.subarray(0, this.#length);
    let start = 0;
    for (;;) {
      const end = this.#end.find(bytes, Math.max(start, this.#looked));
      if (end === -1) break;
      const text = this.#decode(bytes.subarray(start, end));
      start = end;
      if (text !== '' && onframe(text, true) === false) return false;
    }
    this.#looked = bytes.length;
    let at = start;
    while (isWhiteSpace(bytes[at])) at += 1;
    this.#drop(at);
    return true;
  }

  /** The text without white space around it, which no frame has in it. */
  #decode(bytes: Uint8Array): string {
    this.#check(bytes.length);
    let start = 0;
    let end = bytes.length;
    while (start < end && isWhiteSpace(bytes[start])) start += 1;
    while (start < end && isWhiteSpace(bytes[end - 1])) end -= 1;
    return start === end ? '' : this.#decoder.decode(bytes.subarray(start, end));
  }

  /** Drops this number of bytes from the beginning of the rest. */
  #drop(count: number): void {
    if (count > 0 && count < this.#length) this.#partial.copyWithin(0, count, this.#length);
    this.#length -= count;
    const looked = this.#looked;
    this.#looked = Math.max(0, looked - count);
    if (this.#length > 0) return;
    if (looked > 0) this.#end = new JsonEnd();
    this.#looked = 0;
    if (this.#partial.length > retainedCapacity) this.#partial = new Uint8Array(0);
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
    if (length > this.#maxBytes) throw new RangeError('The frame is too long.');
  }
}
