const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** True for the white space of JSON. */
export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}

/**
 * Finds where the objects of a JSON text end, byte by byte, over any number of calls. It checks no more than it needs to end
 * soon in a text that is not JSON: an object that begins where none can, a line feed in a string, a text that is not an object.
 * The text before such a place counts as ended, so that its parser finds the fault.
 */
export class JsonEnd {
  /** For each level that is open, whether it is an array. */
  readonly #arrays: boolean[] = [];
  #last = 0;
  #isInText = false;
  #isEscaped = false;

  /** The index after the object that ends first from `from` on, or -1. After -1 the next call goes on at the end of these bytes. */
  find(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      if (this.#endsWith(bytes[at] ?? 0)) {
        this.#arrays.length = 0;
        this.#last = 0;
        this.#isInText = this.#isEscaped = false;
        return at + 1;
      }
    }
    return -1;
  }

  #endsWith(byte: number): boolean {
    if (this.#isInText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) this.#isInText = false;
      return byte === 10;
    }
    if (isWhiteSpace(byte)) return false;
    const arrays = this.#arrays;
    const isInArray = arrays.at(-1);
    const last = this.#last;
    this.#last = byte;
    if (byte === openBrace) {
      const isPlace = last === colon || (isInArray === true && (last === comma || last === openBracket));
      if (isInArray !== undefined && !isPlace) return true;
      arrays.push(false);
    } else if (isInArray === undefined) {
      return true;
    } else if (byte === openBracket) {
      arrays.push(true);
    } else if (byte === closeBrace || byte === closeBracket) {
      arrays.pop();
      return arrays.length === 0;
    } else {
      this.#isInText = byte === quote;
    }
    return false;
  }
}
