import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Entry } from './ordering.ts';
import type { SortedList } from './sorted-list.ts';

/**
 * One change from older rows to newer ones. `from` is an index of the older rows, `to` one of the newer rows. To replay changes on
 * an array of the older rows: take out what is at each `from`, then put in what comes at each `to`, from the smallest index on.
 *
 * An object that was updated is `updated` if as many unchanged rows are before it as there were, and `moved` otherwise.
 */
export type RowChange<T> =
  | { readonly type: 'removed'; readonly from: number; readonly object: T }
  | { readonly type: 'inserted'; readonly to: number; readonly object: T }
  | {
      readonly type: 'updated' | 'moved';
      readonly from: number;
      readonly to: number;
      readonly object: T;
      readonly oldObject: T;
    };

/** A row with its index. */
interface Placed<T> {
  readonly row: Entry<T>;
  readonly index: number;
}

/** The changes from one list to another: those of the older list first, in its order, then the insertions. */
export function changesBetween<T extends KubernetesObject>(
  older: SortedList<Entry<T>>,
  newer: SortedList<Entry<T>>,
): readonly RowChange<T>[] {
  if (older === newer) return [];
  const shared = sharedRows(older, newer);
  const gone = ownRows(older, shared);
  const come = ownRows(newer, shared);
  const comeBy = new Map(come.map((placed, rank) => [identityOf(placed.row), { placed, rank }]));
  const kept = new Set<string>();
  const changes: RowChange<T>[] = [];
  for (const [goneBefore, { row, index: from }] of gone.entries()) {
    const identity = identityOf(row);
    const pair = comeBy.get(identity);
    if (pair === undefined) {
      changes.push({ type: 'removed', from, object: row.object });
      continue;
    }
    kept.add(identity);
    const { placed, rank } = pair;
    // The numbers of unchanged rows before it, then and now.
    const isBehindAsMany = from - goneBefore === placed.index - rank;
    const type = isBehindAsMany && placed.row.object !== row.object ? 'updated' : 'moved';
    changes.push({ type, from, to: placed.index, object: placed.row.object, oldObject: row.object });
  }
  for (const { row, index: to } of come) {
    if (!kept.has(identityOf(row))) changes.push({ type: 'inserted', to, object: row.object });
  }
  return changes;
}

/** The chunks and rows that both lists have. Rows are compared one by one only outside of common chunks. */
function sharedRows<T>(older: SortedList<Entry<T>>, newer: SortedList<Entry<T>>): ReadonlySet<unknown> {
  const shared = new Set<unknown>();
  const chunks = new Set<unknown>(older.chunks);
  for (const chunk of newer.chunks) if (chunks.has(chunk)) shared.add(chunk);
  const rows = new Set<unknown>();
  for (const chunk of older.chunks) if (!shared.has(chunk)) for (const row of chunk) rows.add(row);
  for (const chunk of newer.chunks) if (!shared.has(chunk)) for (const row of chunk) if (rows.has(row)) shared.add(row);
  return shared;
}

/** The rows of a list that are not shared, with their indexes. */
function ownRows<T>(list: SortedList<Entry<T>>, shared: ReadonlySet<unknown>): Placed<T>[] {
  const own: Placed<T>[] = [];
  let start = 0;
  for (const chunk of list.chunks) {
    if (!shared.has(chunk)) {
      for (const [index, row] of chunk.entries()) if (!shared.has(row)) own.push({ row, index: start + index });
    }
    start += chunk.length;
  }
  return own;
}

function identityOf<T extends KubernetesObject>({ object: { metadata }, part }: Entry<T>): string {
  const { namespace, name, uid } = metadata;
  return `${part}/${namespace ?? ''}/${name}/${uid}`;
}
