import type { Steps } from '../streams/map-while-waiting.ts';
import { type Compare, SortedList } from './sorted-list.ts';

/** The work of one step, in items: half a millisecond or so. */
const perStep = 1024;

/** Chunks are joined up to this size. */
const smallSize = 128;

/** Runs of this many items are sorted at once, some milliseconds: their keys fit into the caches of a processor. */
const runLength = 8192;

/** Sorts items in a new array, by runs that are then merged two by two. */
export function* sortedInSteps<E>(items: readonly E[], compare: Compare<E>): Steps<E[]> {
  const { length } = items;
  let from: E[] = [];
  for (let start = 0; start < length; start += runLength) {
    for (const item of items.slice(start, start + runLength).sort(compare)) from.push(item);
    yield;
  }
  let to = from.slice();
  for (let width = runLength; width < length; width *= 2) {
    let sinceYield = 0;
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(start + width, length);
      const end = Math.min(start + 2 * width, length);
      let left = start;
      for (let at = start; at < end;) {
        const stop = Math.min(end, at + perStep);
        left = mergeUpTo(from, to, { left, middle, end, at, right: middle + at - left, stop }, compare);
        sinceYield += stop - at;
        at = stop;
        if (sinceYield < perStep) continue;
        sinceYield = 0;
        yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

interface Merge {
  readonly left: number;
  readonly middle: number;
  readonly right: number;
  readonly end: number;
  readonly at: number;
  readonly stop: number;
}

/** Merges two runs up to a place of the target. Returns how far it has come in the left one. */
function mergeUpTo<E>(
  from: readonly E[],
  to: E[],
  { middle, end, stop, ...places }: Merge,
  compare: Compare<E>,
): number {
  let { left, right, at } = places;
  // What is in order already needs no comparison of each.
  if (left < middle && (right >= end || compare(from[middle - 1] as E, from[right] as E) <= 0)) {
    for (; at < stop && left < middle; at++, left++) to[at] = from[left] as E;
  }
  for (; at < stop; at++) {
    const isLeft = left < middle && (right >= end || compare(from[left] as E, from[right] as E) <= 0);
    to[at] = from[isLeft ? left++ : right++] as E;
  }
  return left;
}

/**
 * A sorted list without some items and with others, which are sorted: one pass over all, which keeps the chunks in which nothing
 * changes.
 */
export function* mergedInSteps<E>(
  list: SortedList<E>,
  isRemoved: (item: E) => boolean,
  added: readonly E[],
  compare: Compare<E>,
): Steps<SortedList<E>> {
  if (list.length === 0) return SortedList.of(compare, added);
  const chunks: (readonly E[])[] = [];
  const keep = (chunk: readonly E[]): void => {
    const last = chunks.at(-1);
    // Where most items go, chunks of a few items would be left.
    if (last !== undefined && last.length + chunk.length <= smallSize) chunks[chunks.length - 1] = last.concat(chunk);
    else chunks.push(chunk);
  };
  let next = 0;
  for (const [index, chunk] of list.chunks.entries()) {
    const following = list.chunks[index + 1]?.[0];
    const start = next;
    while (next < added.length && (following === undefined || compare(added[next] as E, following) < 0)) next++;
    const kept = chunk.some(isRemoved) ? chunk.filter((item) => !isRemoved(item)) : chunk;
    if (start === next) {
      keep(kept);
    } else {
      const arriving = added.slice(start, next);
      SortedList.of(compare, merged(kept, arriving, compare)).chunks.forEach(keep);
      if (arriving.length > perStep) yield;
    }
    yield;
  }
  return SortedList.ofChunks(compare, chunks);
}

function merged<E>(kept: readonly E[], arriving: readonly E[], compare: Compare<E>): E[] {
  const all = kept.concat(arriving);
  const places = { left: 0, middle: kept.length, right: kept.length, end: all.length, at: 0, stop: all.length };
  const result = all.slice();
  mergeUpTo(all, result, places, compare);
  return result;
}
