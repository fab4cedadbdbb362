import { longestBody } from './body-texts.ts';
import { isJsonRecord } from './json-record.ts';
import { type JsonParser, parseJson } from '../../sharing/sibling-parser.ts';

const itemsStart = '"items":[';
const metadataStart = '"metadata":{';
/** An item of a built-in resource opens with its metadata; kind and apiVersion come before it in other items. */
const longestOpening = 512;
/** The text before the items: the metadata of the list. */
const longestHead = 64 * 1024;
/** An item with more characters is left to the end. etcd takes objects of a few MiB at most. */
const longestItem = 4 * 1024 * 1024;
/**
 * The number of cuts at wrong places after which the parser stops cutting. The text before a wrong place is parsed each
 * time.
 */
const mostMisses = 100;
/** The number of characters before a wrong place that count as one more wrong place. */
const longestMiss = 64 * 1024;

/**
 * Parses the text of a list while it comes, with the result of `JSON.parse`. It cuts the items off and parses each by
 * itself, so at the end neither the whole text nor a long turn is left.
 *
 * It cuts where a text opens like the first item, up to its metadata. The place is a guess. But the text before it is
 * only cut off if it is one JSON value at the beginning of an item, and then it is the item. Text that cannot be cut is
 * parsed at the end.
 */
export class ListParser {
  readonly #parse: JsonParser;
  readonly #parseWhole: JsonParser;
  readonly #maxLength: number;
  readonly #items: unknown[] = [];
  /** The text before the first item. Unset until it has come, or for good if no items can be cut off. */
  #head: string | undefined;
  /** The text between two items. */
  #seam = '';
  /** The text that was searched and is not cut off yet, and the index from which it is searched again. */
  #text = '';
  #from = 0;
  /** The text that came after it. */
  #rest = '';
  #misses = 0;
  #isGivenUp = false;

  /**
   * `maxLength` is the number of held characters that do not make a whole item: of one item, or of a list that cannot be cut.
   * `parseWhole` parses such a list, and what is left of another one.
   */
  constructor(parse: JsonParser, maxLength: number = longestBody, parseWhole: JsonParser = parseJson) {
    this.#parse = parse;
    this.#parseWhole = parseWhole;
    this.#maxLength = Math.min(maxLength, longestBody);
  }

  /** Takes the next part of the text. Throws a RangeError if more is left than may be held. */
  push(text: string): void {
    this.#rest += text;
    // A search copies all of the text. After each small part of a long item it would cost the square of the item's
    // length.
    if (this.#rest.length * 4 >= this.#text.length || this.#held > this.#maxLength) this.#look();
    this.#check(this.#held);
  }

  /** The number of items that were cut off so far. */
  get received(): number {
    return this.#items.length;
  }

  /** The list. Throws a SyntaxError if the text is invalid JSON. */
  end(): unknown {
    this.#look();
    const rest = this.#text + this.#rest;
    if (this.#items.length === 0) return this.#parseWhole((this.#head ?? '') + rest);
    const mark = markFor(rest);
    const list = this.#parseWhole(`${this.#head ?? ''}${JSON.stringify(mark)},${rest}`) as { items: unknown };
    // The last of two members with one name counts.
    if (startsWith(mark, list.items)) list.items = [...this.#items, ...list.items.slice(1)];
    return list;
  }

  get #held(): number {
    return this.#text.length + this.#rest.length;
  }

  #check(length: number): void {
    if (length > this.#maxLength) throw new RangeError('An item, or what is left of the list, is too long.');
  }

  #look(): void {
    if (this.#isGivenUp) return;
    this.#text += this.#rest;
    this.#rest = '';
    if (this.#head === undefined) this.#begin();
    if (this.#head !== undefined) this.#cut();
  }

  #begin(): void {
    const found = this.#text.indexOf(itemsStart);
    const start = found + itemsStart.length;
    const metadata = found === -1 ? -1 : this.#text.indexOf(metadataStart, start);
    const end = metadata + metadataStart.length;
    if (metadata === -1 || found > longestHead || end - start > longestOpening) {
      this.#isGivenUp = this.#text.length > longestHead + longestOpening;
      return;
    }
    const head = this.#text.slice(0, start);
    if (!beginsItems(head)) {
      this.#isGivenUp = true;
      return;
    }
    this.#head = head;
    this.#seam = `},${this.#text.slice(start, end)}`;
    this.#text = this.#text.slice(start);
  }

  #cut(): void {
    let start = 0;
    for (;;) {
      const at = this.#text.indexOf(this.#seam, this.#from);
      if (at === -1) break;
      this.#from = at + 1;
      this.#check(at + 1 - start);
      const item = this.#parsed(this.#text.slice(start, at + 1));
      if (item === undefined) {
        this.#misses += 1 + (at - start) / longestMiss;
        if (this.#misses > mostMisses) break;
      } else {
        this.#items.push(item);
        start = at + 2;
      }
    }
    this.#text = this.#text.slice(start);
    // A seam may begin at the end of the text that has come.
    this.#from = Math.max(0, this.#from - start, this.#text.length - this.#seam.length + 1);
    this.#isGivenUp = this.#misses > mostMisses || this.#text.length > longestItem;
  }

  #parsed(text: string): unknown {
    try {
      return this.#parse(text);
    } catch {
      return undefined;
    }
  }
}

/** True if the next text is the first element of the list's own items. */
function beginsItems(head: string): boolean {
  const mark = markFor(head);
  try {
    const list: unknown = JSON.parse(`${head}${JSON.stringify(mark)}]}`);
    return isJsonRecord(list) && startsWith(mark, list['items']);
  } catch {
    return false;
  }
}

const markCharacter = '\u0001';
const markInJson = '\\u0001';

/**
 * A placeholder for the items that is not a value in the text. It repeats a character once more than the text does in a
 * row, a character that JSON writes in one way. Inside a string its quotation marks would end the string.
 */
function markFor(text: string): string {
  let longest = 0;
  let run = 0;
  let end = 0;
  for (let at = text.indexOf(markInJson); at !== -1; at = text.indexOf(markInJson, end)) {
    run = at === end ? run + 1 : 1;
    end = at + markInJson.length;
    longest = Math.max(longest, run);
  }
  return markCharacter.repeat(longest + 1);
}

function startsWith(mark: string, items: unknown): items is readonly unknown[] {
  return Array.isArray(items) && items[0] === mark;
}
