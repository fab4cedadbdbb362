import type { Revision } from './revision.ts';

/** The index of the first revision whose key is not less than `key`. */
export function lowerBound(revisions: readonly Revision[], key: string, from = 0): number {
  let low = from;
  let high = revisions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const revision = revisions[middle];
    if (revision !== undefined && revision.key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The range of the keys of a namespace, `end` excluded. Without a namespace, of all keys. */
export function namespaceRange(
  revisions: readonly Revision[],
  namespace: string | undefined,
): { readonly start: number; readonly end: number } {
  if (namespace === undefined) return { start: 0, end: revisions.length };
  const start = lowerBound(revisions, `${namespace}/`);
  // '0' is the character after '/'.
  return { start, end: lowerBound(revisions, `${namespace}0`, start) };
}

/** A new array of the revisions in key order, after these keys were set, or removed if they have no revision. */
export function withChanges(
  revisions: readonly Revision[],
  changes: ReadonlyMap<string, Revision | undefined>,
): readonly Revision[] {
  const result: Revision[] = [];
  let copied = 0;
  for (const key of [...changes.keys()].sort()) {
    const end = lowerBound(revisions, key, copied);
    for (; copied < end; copied++) result.push(revisions[copied] as Revision);
    if (revisions[copied]?.key === key) copied++;
    const revision = changes.get(key);
    if (revision !== undefined) result.push(revision);
  }
  for (; copied < revisions.length; copied++) result.push(revisions[copied] as Revision);
  return result;
}
