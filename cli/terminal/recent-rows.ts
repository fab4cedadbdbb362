import { type Commit, type KubernetesObject, metaNamespaceKey, type Snapshot } from 'kuberx';
import { rowOf, type Row } from '../row.ts';
import { smallest } from './smallest.ts';

/** A row, and what happened to its object lately. */
export interface RecentRow extends Row {
  readonly change: 'added' | 'updated' | 'deleted' | undefined;
}

interface Recent {
  readonly change: 'added' | 'updated' | 'deleted';
  readonly object: KubernetesObject;
  readonly at: number;
}

/** More than any terminal has rows. */
const capacity = 500;

/** How long a change is marked and a deleted object stays in sight, in milliseconds. */
const markedFor = 2000;

/**
 * The objects worth showing: what changed last comes first, then the others by key. Its cost is that of the changes and
 * of the rows shown, not of the number of objects.
 */
export class RecentRows {
  /** In the order of change, the newest last. */
  readonly #recent = new Map<string, Recent>();
  /** The first keys, as of some snapshot. */
  #others: readonly string[] = [];
  #othersOf: Snapshot<KubernetesObject> | undefined;
  #snapshot: Snapshot<KubernetesObject> | undefined;

  /** Takes the next commit of the store. */
  apply({ snapshot, events }: Commit<KubernetesObject>, now: number): void {
    this.#snapshot = snapshot;
    // Of a relist that changes everything only the end can be seen.
    for (const event of events.slice(-capacity)) {
      if (event.type === 'added' && event.isInInitialList) continue;
      const key = metaNamespaceKey(event.object);
      this.#recent.delete(key);
      this.#recent.set(key, { change: event.type, object: event.object, at: now });
    }
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= capacity) break;
      this.#recent.delete(oldest);
    }
  }

  /** The first `count` rows. */
  rows(count: number, now: number): RecentRow[] {
    const rows: RecentRow[] = [];
    for (const { change, object, at } of [...this.#recent.values()].reverse()) {
      if (rows.length >= count) return rows;
      const marked = now - at < markedFor;
      if (marked || change !== 'deleted') rows.push({ ...rowOf(object), change: marked ? change : undefined });
    }
    rows.push(...this.#otherRows(count - rows.length));
    return rows;
  }

  #otherRows(count: number): RecentRow[] {
    const snapshot = this.#snapshot;
    if (snapshot === undefined || count <= 0) return [];
    const held = (): KubernetesObject[] =>
      this.#others.flatMap((key) => (this.#recent.has(key) ? [] : (snapshot.getByKey(key) ?? [])));
    let objects = held();
    // Of a small store these are soon too few, and it costs little to look again; of a big one they last.
    if (objects.length < count && this.#othersOf !== snapshot) {
      this.#others = smallest(snapshot.keys(), 2 * capacity);
      this.#othersOf = snapshot;
      objects = held();
    }
    return objects.slice(0, count).map((object) => ({ ...rowOf(object), change: undefined }));
  }
}
