/** The size from which a slice is sent, in UTF-16 units: large enough for few writes, small enough for a short turn. */
const sliceLength = 64 * 1024;

/** Texts that are made when they are drawn, queued, and drawn in slices of some 64 KiB. */
export class SlicedText {
  readonly #queue: Iterable<string>[] = [];
  #current: Iterator<string, unknown> | undefined;

  /** How many batches wait behind the one that is being drawn. */
  get waiting(): number {
    return this.#queue.length;
  }

  push(texts: Iterable<string>): void {
    this.#queue.push(texts);
  }

  /** The next slice; empty when there is nothing left. */
  next(): string {
    const parts: string[] = [];
    for (let length = 0; length < sliceLength;) {
      const text = this.nextText();
      if (text === undefined) break;
      parts.push(text);
      length += text.length;
    }
    return parts.length === 1 ? (parts[0] ?? '') : parts.join('');
  }

  /** The next text, however short; `undefined` when there is nothing left. */
  nextText(): string | undefined {
    for (;;) {
      this.#current ??= this.#queue.shift()?.[Symbol.iterator]();
      if (this.#current === undefined) return undefined;
      const drawn = this.#current.next();
      if (drawn.done !== true) return drawn.value;
      this.#current = undefined;
    }
  }
}
