import { longestBody } from './body-texts.ts';
import { isJsonRecord } from './json-record.ts';
import type { JsonParser } from '../../sharing/sibling-parser.ts';

const itemsStart = '"items":[';
const metadataStart = '"metadata":{';
/** In a list of a built-in resource an item opens with its metadata, in others kind and apiVersion come before. */
const longestOpening = 512;
/** What comes before the items: the metadata of the list. */
const longestHead = 64 * 1024;
/** An item of more characters is left to the end. etcd takes objects of some MiB at most. */
const longestItem = 4 * 1024 * 1024;
/** So many wrong places to cut at, and it is given up: not to parse what is before them over and over. */
const mostMisses = 100;
/** As many characters before a wrong place count as one more. */
const longestMiss = 64 * 1024;

/**
 * Parses the text of a list while it comes, and gives what `JSON.parse` gives. The items are cut off and parsed by a
 * parser of their own, so that neither the text nor a long turn is there at the end.
 *
 * It cuts where something opens as the first item does, up to its metadata. That is a guess, but nothing is cut off that
 * is not one JSON value where an item begins: and then it is the item. What cannot be cut is parsed at the end.
 */
export class ListParser {
  readonly #parse: JsonParser;
  readonly #maxLength: number;
  readonly #items: unknown[] = [];
  /** What comes before the first item; unset until it has come, or for good where no items can be cut off. */
  #head: string | undefined;
  /** What is between an item and the next one. */
  #seam = '';
  /** What was looked at and is not cut off, and from where on a seam is looked for in it. */
  #text = '';
  #from = 0;
  /** What has come after it. */
  #rest = '';
  #misses = 0;
  #isGivenUp = false;

  /** So many characters are held that are no whole item: of one item, or of a list that cannot be cut. */
  constructor(parse: JsonParser, maxLength: number = longestBody) {
    this.#parse = parse;
    this.#maxLength = Math.min(maxLength, longestBody);
  }

  /** The next part of the text. Throws a RangeError where more is left than may be held. */
  push(text: string): void {
    this.#rest += text;
    // A look copies all that there is: at each of many small parts of a long item it would cost the square of its length.
    if (this.#rest.length * 4 >= this.#text.length || this.#held > this.#maxLength) this.#look();
    this.#check(this.#held);
  }

  /** How many items were cut off so far. */
  get received(): number {
    return this.#items.length;
  }

  /** The list. Throws a SyntaxError where it is no JSON. */
  end(): unknown {
    this.#look();
    const rest = this.#text + this.#rest;
    if (this.#items.length === 0) return JSON.parse((this.#head ?? '') + rest);
    const mark = markFor(rest);
    const list = JSON.parse(`${this.#head ?? ''}${JSON.stringify(mark)},${rest}`) as { items: unknown };
    // Of two members with one name the last one counts.
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
    // A seam may have begun at the end of what there is.
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

/** True where what comes next is the first element of the list's own items. */
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
 * Stands for the items, and is no value in the text: more of a character than come one after another in it, of one that
 * can be written in one way only. In a string its quotation marks would be the end of the string.
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
