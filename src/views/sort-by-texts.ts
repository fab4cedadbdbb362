import type { Steps } from '../streams/map-while-waiting.ts';
import { sortedInSteps } from './sort-in-steps.ts';
import type { Compare } from './sorted-list.ts';

/** A text of an item by which it is sorted. */
export interface TextOf<E> {
  readonly of: (item: E) => string;
  readonly desc: boolean;
}

/** Items whose texts are equal up to here. */
interface Group {
  readonly start: number;
  readonly end: number;
  /** Which of the texts decides. */
  readonly level: number;
  /** How many code units of it are known to be equal. */
  readonly depth: number;
}

/** Room to work in, as long as all items. */
interface Scratch<E> {
  /** The next code units of each text: four in a word, the first ones in `highs`. */
  readonly highs: Uint32Array;
  readonly lows: Uint32Array;
  readonly otherHighs: Uint32Array;
  readonly otherLows: Uint32Array;
  readonly items: E[];
  /** By byte. */
  readonly places: Uint32Array;
}

type Words = Pick<Scratch<unknown>, 'highs' | 'lows'>;

/** How many code units of a text are read at once, as bytes of two words. */
const perRead = 8;

/** In a group of this size or less, the words are sorted by insertion: to count bytes would take longer. */
const smallGroup = 48;

/** A group of this size or less is sorted by comparing its items. */
const tinyGroup = 4;

/** Up to this many items are sorted by comparing in one step. */
const atOnce = 4096;

/** The work of one step, in items: half a millisecond or so. */
const perStep = 4096;

/**
 * Sorts items by their texts, the first one first, in a new array. `compare` must order them in the same way; it decides where all
 * texts are equal, in tiny groups, and where texts have code units of more than 8 bits or of 0.
 *
 * Texts are sorted by the bytes of eight code units at a time. To compare texts two by two reads each of them 15 times for 50,000
 * items, from all over the memory, and that takes most of the time of a sort.
 */
export function* sortedByTexts<E>(
  items: readonly E[],
  texts: readonly TextOf<E>[],
  compare: Compare<E>,
): Steps<readonly E[]> {
  const { length } = items;
  const order = items.slice();
  const scratch: Scratch<E> = {
    highs: new Uint32Array(length),
    lows: new Uint32Array(length),
    otherHighs: new Uint32Array(length),
    otherLows: new Uint32Array(length),
    items: items.slice(),
    places: new Uint32Array(257),
  };
  const groups: Group[] = [{ start: 0, end: length, level: 0, depth: 0 }];
  let sinceYield = 0;
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    const { start, end, level } = group;
    const text = texts[level];
    const size = end - start;
    sinceYield += size;
    if (text !== undefined && size > tinyGroup && (yield* readWords(order, group, text, scratch))) {
      if (size > smallGroup) yield* sortByWords(order, group, scratch);
      else insertByWords(order, group, scratch);
      pushGroups(groups, group, text.desc, scratch);
    } else {
      const held = order.slice(start, end);
      const sorted = size <= atOnce ? held.sort(compare) : yield* sortedInSteps(held, compare);
      for (let index = 0; index < size; index++) order[start + index] = sorted[index] as E;
    }
    if (sinceYield < perStep) continue;
    sinceYield = 0;
    yield;
  }
  return order;
}

/** Reads the next words of each text. False where one has a code unit that does not fit in. */
function* readWords<E>(order: readonly E[], group: Group, text: TextOf<E>, words: Words): Steps<boolean> {
  const { end } = group;
  for (let start = group.start; start < end; start += perStep) {
    if (!readSome(order, { ...group, start, end: Math.min(end, start + perStep) }, text, words)) return false;
    if (start + perStep < end) yield;
  }
  return true;
}

// The loops over items are in plain functions, which the engine compiles while they run.
function readSome<E>(
  order: readonly E[],
  { start, end, depth }: Group,
  { of, desc }: TextOf<E>,
  { highs, lows }: Words,
): boolean {
  // The complement is in the opposite order, that of texts which end included.
  const mask = desc ? 0xffffffff : 0;
  for (let index = start; index < end; index++) {
    const text = of(order[index] as E);
    const last = Math.min(text.length, depth + perRead);
    let high = 0;
    let low = 0;
    for (let at = depth; at < last; at++) {
      const unit = text.charCodeAt(at);
      // 0 would look like the end of the text.
      if (unit > 0xff || unit === 0) return false;
      const shift = (3 - (at & 3)) << 3;
      if (at - depth < 4) high |= unit << shift;
      else low |= unit << shift;
    }
    highs[index] = high ^ mask;
    lows[index] = low ^ mask;
  }
  return true;
}

/** Sorts a group and its words, by one byte after the other from the last one on. Bytes that all have are passed over. */
function* sortByWords<E>(order: E[], { start, end }: Group, scratch: Scratch<E>): Steps<void> {
  const { highs, lows, places } = scratch;
  for (const words of [lows, highs]) {
    const differing = differingBits(words, start, end);
    for (let shift = 0; shift < 32; shift += 8) {
      if (((differing >>> shift) & 0xff) === 0) continue;
      countBytes(words, start, end, shift, places);
      for (let from = start; from < end; from += perStep) {
        scatter(order, words, { start: from, end: Math.min(end, from + perStep) }, shift, scratch);
        if (from + perStep < end) yield;
      }
      takeBack(order, start, end, scratch);
      if (end - start > perStep) yield;
    }
  }
}

function differingBits(words: Uint32Array, start: number, end: number): number {
  const first = words[start] as number;
  let differing = 0;
  for (let index = start; index < end; index++) differing |= (words[index] as number) ^ first;
  return differing;
}

/** Sets where the items of each byte begin. */
function countBytes(words: Uint32Array, start: number, end: number, shift: number, places: Uint32Array): void {
  places.fill(0);
  for (let index = start; index < end; index++) {
    const byte = ((words[index] as number) >>> shift) & 0xff;
    places[byte + 1] = (places[byte + 1] as number) + 1;
  }
  places[0] = start;
  for (let byte = 0; byte < 256; byte++) places[byte + 1] = (places[byte + 1] as number) + (places[byte] as number);
}

/** Puts items, and their words, where they belong by one byte. */
function scatter<E>(
  order: readonly E[],
  words: Uint32Array,
  { start, end }: Pick<Group, 'start' | 'end'>,
  shift: number,
  { highs, lows, otherHighs, otherLows, items, places }: Scratch<E>,
): void {
  for (let index = start; index < end; index++) {
    const byte = ((words[index] as number) >>> shift) & 0xff;
    const place = places[byte] as number;
    places[byte] = place + 1;
    otherHighs[place] = highs[index] as number;
    otherLows[place] = lows[index] as number;
    items[place] = order[index] as E;
  }
}

function takeBack<E>(order: E[], start: number, end: number, scratch: Scratch<E>): void {
  const { highs, lows, otherHighs, otherLows, items } = scratch;
  highs.set(otherHighs.subarray(start, end), start);
  lows.set(otherLows.subarray(start, end), start);
  for (let index = start; index < end; index++) order[index] = items[index] as E;
}

/** The same for a small group. */
function insertByWords(order: unknown[], { start, end }: Group, { highs, lows }: Words): void {
  for (let next = start + 1; next < end; next++) {
    const high = highs[next] as number;
    const low = lows[next] as number;
    const item = order[next];
    let at = next;
    for (; at > start; at--) {
      const before = highs[at - 1] as number;
      if (before < high || (before === high && (lows[at - 1] as number) <= low)) break;
      highs[at] = before;
      lows[at] = lows[at - 1] as number;
      order[at] = order[at - 1];
    }
    highs[at] = high;
    lows[at] = low;
    order[at] = item;
  }
}

/** What is left to do in a group: one group for those of equal words. */
function pushGroups(groups: Group[], { start, end, level, depth }: Group, desc: boolean, { highs, lows }: Words): void {
  let from = start;
  for (let index = start + 1; index <= end; index++) {
    if (index < end && lows[index] === lows[from] && highs[index] === highs[from]) continue;
    const low = lows[from] as number;
    const hasEnded = ((desc ? ~low : low) & 0xff) === 0;
    const next = hasEnded ? { level: level + 1, depth: 0 } : { level, depth: depth + perRead };
    if (index - from > 1) groups.push({ start: from, end: index, ...next });
    from = index;
  }
}
