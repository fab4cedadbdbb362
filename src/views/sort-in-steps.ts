import type { Steps } from '../streams/map-while-waiting.ts';
import { type Compare, SortedList } from './sorted-list.ts';

/** The work of one step, in items: half a millisecond or so. */
const perStep = 1024;

/** Chunks are joined up to this size. */
const smallSize = 128;

/** Sorts items in a new array, by runs that are sorted and then merged two by two. */
export function* sortedInSteps<E>(items: readonly E[], compare: Compare<E>): Steps<readonly E[]> {
  let runs: (readonly E[])[] = [];
  for (let start = 0; start < items.length; start += perStep) {
    runs.push(items.slice(start, start + perStep).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly E[])[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const left = runs[index] as readonly E[];
      const right = runs[index + 1];
      merged.push(right === undefined ? left : yield* mergedRuns(left, right, compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedRuns<E>(left: readonly E[], right: readonly E[], compare: Compare<E>): Steps<readonly E[]> {
  // What comes from a server in order needs no comparison of each.
  if (compare(left.at(-1) as E, right[0] as E) <= 0) return left.concat(right);
  const merged: E[] = [];
  let at = 0;
  let other = 0;
  while (at < left.length && other < right.length) {
    const a = left[at] as E;
    const b = right[other] as E;
    if (compare(a, b) <= 0) {
      merged.push(a);
      at++;
    } else {
      merged.push(b);
      other++;
    }
    if (merged.length % perStep === 0) yield;
  }
  for (; at < left.length; at++) merged.push(left[at] as E);
  for (; other < right.length; other++) merged.push(right[other] as E);
  yield;
  return merged;
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
      SortedList.of(compare, yield* mergedOf(kept, arriving, compare)).chunks.forEach(keep);
    }
    yield;
  }
  return SortedList.ofChunks(compare, chunks);
}

function* mergedOf<E>(kept: readonly E[], arriving: readonly E[], compare: Compare<E>): Steps<readonly E[]> {
  return kept.length === 0 ? arriving : yield* mergedRuns(kept, arriving, compare);
}
