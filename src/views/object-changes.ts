import type { Observable } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import type { Steps } from '../streams/map-while-waiting.ts';
import type { ViewCommit, ViewPart, ViewSnapshot } from './view-source.ts';

/** What happened to the object of one key in one part: `undefined` for none. */
export interface ObjectChange<T> {
  readonly part: number;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** What a reader has to do to be at a snapshot. */
export interface Taken<T> {
  readonly snapshot: ViewSnapshot<T>;
  /** True where all objects of the snapshot are new. */
  readonly isFresh: boolean;
  readonly changes: () => Steps<readonly ObjectChange<T>[]>;
}

/** How many keys are compared in one step. */
const perStep = 2048;

/**
 * The net changes of one part between the snapshot that its reader has seen, `seen`, and the newest one. A change is found by
 * comparing what the two hold under the keys of a commit, so that it has the very objects that were held.
 */
export class PartChanges<T extends KubernetesObject> {
  readonly commits$: Observable<ViewCommit<T>>;
  private readonly part: number;
  private readonly source: ViewPart<T>;
  /** What the reader has taken. */
  private seen: ViewSnapshot<T> | undefined;
  private newest: ViewSnapshot<T> | undefined;
  private changed = new Map<string, ObjectChange<T>>();
  /** True where commits were missed, so that the snapshots have to be compared as a whole. */
  private isGap = false;

  constructor(part: number, source: ViewPart<T>) {
    this.part = part;
    this.source = source;
    this.commits$ = source.commits$;
  }

  /** The snapshot that the next `take` leads to. */
  get snapshot(): ViewSnapshot<T> {
    return (this.newest ??= this.source.snapshot$.value);
  }

  /** The number of changes that wait, or the size of both snapshots where they have to be compared. */
  get size(): number {
    if (!this.isGap) return this.changed.size;
    return this.snapshot.size + (this.seen?.size ?? 0);
  }

  /** True where the reader has not taken the newest snapshot. */
  get isBehind(): boolean {
    return this.seen !== this.newest;
  }

  /** Looks at the current snapshot after a time without commits. */
  catchUp(): void {
    const current = this.source.snapshot$.value;
    if (current === this.newest && this.newest === this.seen) return;
    this.newest = current;
    this.changed = new Map();
    this.isGap = current !== this.seen;
  }

  /** Adds the changes of a commit. */
  add({ snapshot, events }: ViewCommit<T>): void {
    const previous = this.snapshot;
    this.newest = snapshot;
    if (this.isGap) return;
    let size = previous.size;
    for (const event of events) {
      const { object } = event;
      const key = metaNamespaceKey(object);
      const known = this.changed.get(key);
      let latest: T | undefined;
      let after: T | undefined = object;
      if (event.type === 'updated') {
        latest = event.oldObject;
      } else if (event.type === 'added') {
        size++;
      } else {
        size--;
        // The event of a deletion may carry a later state than the one that was held.
        latest = known === undefined ? previous.getByKey(key) : known.after;
        after = undefined;
      }
      const before = known === undefined ? latest : known.before;
      if (before !== after) this.changed.set(key, { part: this.part, before, after });
      else if (known !== undefined) this.changed.delete(key);
    }
    // A store may drop its state without events.
    if (size !== snapshot.size) {
      this.changed = new Map();
      this.isGap = true;
    }
  }

  /** Takes what waits. The reader is then at `snapshot`; where it does not get so far, `giveBack` says so. */
  take(): Taken<T> {
    const { changed, isGap, seen, snapshot, part } = this;
    const isFresh = isGap && (seen === undefined || seen.size === 0);
    this.changed = new Map();
    this.isGap = false;
    this.seen = snapshot;
    return {
      snapshot,
      isFresh,
      *changes() {
        return isGap ? yield* differences(part, seen, snapshot) : [...changed.values()];
      },
    };
  }

  /** Says that the reader is still at this snapshot. */
  giveBack(seen: ViewSnapshot<T> | undefined): void {
    this.seen = seen;
    this.newest = undefined;
    this.changed = new Map();
    this.isGap = true;
  }
}

/** By identity, and not by version: a row is the very object that the newer snapshot holds. */
function* differences<T extends KubernetesObject>(
  part: number,
  older: ViewSnapshot<T> | undefined,
  newer: ViewSnapshot<T>,
): Steps<readonly ObjectChange<T>[]> {
  const changes: ObjectChange<T>[] = [];
  let count = 0;
  const hasOlder = older !== undefined && older.size > 0;
  for (const after of newer.list()) {
    const before = hasOlder ? older.getByKey(metaNamespaceKey(after)) : undefined;
    if (before !== after) changes.push({ part, before, after });
    if (++count % perStep === 0) yield;
  }
  if (!hasOlder) return changes;
  for (const before of older.list()) {
    if (newer.getByKey(metaNamespaceKey(before)) === undefined) changes.push({ part, before, after: undefined });
    if (++count % perStep === 0) yield;
  }
  return changes;
}
