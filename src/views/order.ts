import { guarded } from '../streams/guarded.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { runAfter } from '../streams/time/run-after.ts';
import type { SchedulerLike, Subscription } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import type { Steps } from '../streams/map-while-waiting.ts';
import { type Batch, Follower } from './follower.ts';
import type { ObjectChange } from './object-changes.ts';
import type { Entry, OnViewError, Ordering } from './ordering.ts';
import { mergedInSteps } from './sort-in-steps.ts';
import { SortedList } from './sorted-list.ts';
import { ViewError } from './view-error.ts';
import type { ViewPart, ViewSnapshot } from './view-source.ts';

/** A row that came, went, or took the place of another one. */
export interface RowPair<T> {
  readonly before: Entry<T> | undefined;
  readonly after: Entry<T> | undefined;
}

/** All objects of a source in one order. */
export interface OrderState<T> {
  readonly revision: number;
  readonly list: SortedList<Entry<T>>;
  /** By part; empty before the first look at the source. */
  readonly snapshots: readonly ViewSnapshot<T>[];
  /** How the list before this one became this one; `undefined` where that is too much to tell. */
  readonly pairs: readonly RowPair<T>[] | undefined;
}

/** How long after one repair of an impure order the next one is made, in milliseconds. */
const repairPeriod = 1000;

const perStep = 512;

/** One commit in this many has one row audited. */
export const perAudit = 8;

/**
 * The objects of a source in one order, shared by all views with that order. Rows keep the keys that they came with, so the list
 * is sorted by these in any case. Whether keys are pure is checked where it costs little: when an object goes or changes, and
 * for one row of each eighth commit.
 */
export class Order<T extends KubernetesObject> {
  readonly ordering: Ordering<T>;
  readonly partNames: readonly string[];
  readonly follower: Follower<T, OrderState<T>>;
  private readonly listeners = new Map<OnViewError, number>();
  private readonly told = new Set<string>();
  private commits = 0;
  private audited = 0;
  private repairedAt = -Infinity;
  private repair: Subscription | undefined;

  constructor(parts: ReadonlyMap<string, ViewPart<T>>, ordering: Ordering<T>, scheduler: SchedulerLike) {
    this.ordering = ordering;
    this.partNames = [...parts.keys()];
    const list = SortedList.empty(ordering.compare);
    this.follower = new Follower<T, OrderState<T>>(parts.values(), scheduler, {
      state: { revision: 0, list, snapshots: [], pairs: undefined },
      sizeOf: (state) => state.list.length,
      next: (state, batch) => this.next(state, batch),
    });
  }

  /** Holds the source; `onError` gets what is wrong with a key from now on. */
  hold(onError: OnViewError): Subscription {
    this.listeners.set(onError, (this.listeners.get(onError) ?? 0) + 1);
    const held = this.follower.hold();
    held.add(() => {
      const count = (this.listeners.get(onError) ?? 1) - 1;
      if (count > 0) this.listeners.set(onError, count);
      else this.listeners.delete(onError);
      if (this.listeners.size > 0) return;
      this.repair?.unsubscribe();
      this.repair = undefined;
    });
    return held;
  }

  /** The row of an object that the list holds, `undefined` for another object. */
  rowOf(list: SortedList<Entry<T>>, object: T, part: number): Entry<T> | undefined {
    const place = list.find(this.ordering.entry(object, part, ignore));
    const found = place < 0 ? undefined : list.atPlace(place);
    if (found?.object === object) return found;
    return this.told.has('ImpureKey') ? searched(list, object, part) : undefined;
  }

  private *next(state: OrderState<T>, { isFew, isFresh, changes, snapshots }: Batch<T>): Steps<OrderState<T>> {
    const list = isFew
      ? this.oneByOne(state.list, yield* changes())
      : {
          list: isFresh ? yield* this.sorted(snapshots) : yield* this.merged(state.list, yield* changes()),
          pairs: undefined,
        };
    this.audit(list.list);
    return { ...list, revision: state.revision + 1, snapshots };
  }

  /** All objects of snapshots: without an array of changes, which would be half of the work. */
  private *sorted(snapshots: readonly ViewSnapshot<T>[]): Steps<SortedList<Entry<T>>> {
    const rows: Entry<T>[] = [];
    for (const [part, snapshot] of snapshots.entries()) {
      const objects = snapshot.list();
      for (let start = 0; start < objects.length; start += perStep) {
        const end = Math.min(start + perStep, objects.length);
        for (let index = start; index < end; index++) rows.push(this.row(objects[index] as T, part));
        yield;
      }
    }
    return SortedList.of(this.ordering.compare, yield* this.ordering.sorted(rows));
  }

  private oneByOne(
    before: SortedList<Entry<T>>,
    changes: readonly ObjectChange<T>[],
  ): Pick<OrderState<T>, 'list' | 'pairs'> {
    let list = before;
    const pairs: RowPair<T>[] = [];
    for (const change of changes) {
      const place = change.before === undefined ? -1 : this.placeOf(list, change.before, change.part);
      const before = place < 0 ? undefined : list.atPlace(place);
      const after = change.after === undefined ? undefined : this.row(change.after, change.part);
      if (before === undefined) list = after === undefined ? list : list.with(after);
      else list = after === undefined ? list.withoutPlace(place) : list.replacedAt(place, after);
      pairs.push({ before, after });
    }
    return { list, pairs };
  }

  private *merged(list: SortedList<Entry<T>>, changes: readonly ObjectChange<T>[]): Steps<SortedList<Entry<T>>> {
    const gone = new Map<number, Set<T>>();
    const added: Entry<T>[] = [];
    for (const [index, { part, before, after }] of changes.entries()) {
      if (before !== undefined) {
        let objects = gone.get(part);
        if (objects === undefined) gone.set(part, (objects = new Set()));
        objects.add(before);
      }
      if (after !== undefined) added.push(this.row(after, part));
      if (index % perStep === 0) yield;
    }
    const { compare } = this.ordering;
    const sorted = yield* this.ordering.sorted(added);
    return yield* mergedInSteps(list, ({ object, part }) => gone.get(part)?.has(object) === true, sorted, compare);
  }

  private row(object: T, part: number): Entry<T> {
    return this.ordering.entry(object, part, this.tell);
  }

  /** The place of an object that was in the list. If its keys are pure, they say where; otherwise all rows are looked at. */
  private placeOf(list: SortedList<Entry<T>>, object: T, part: number): number {
    const like = this.ordering.entry(object, part, ignore);
    const place = list.find(like);
    if (place >= 0 && list.atPlace(place).object === object) return place;
    const held = searched(list, object, part);
    if (held === undefined) return -1;
    this.impure(held, like);
    return list.find(held);
  }

  /** One row after the other, so that keys which change by themselves are found. */
  private audit(list: SortedList<Entry<T>>): void {
    if (this.ordering.orderBy.length === 0 || ++this.commits % perAudit > 0) return;
    const held = list.at(this.audited++ % Math.max(1, list.length));
    if (held === undefined) return;
    const now = this.ordering.entry(held.object, held.part, ignore);
    if (this.ordering.differingKey(held, now) >= 0) this.impure(held, now);
  }

  private impure(held: Entry<T>, now: Entry<T>): void {
    const key = metaNamespaceKey(held.object);
    const message =
      `orderBy[${Math.max(0, this.ordering.differingKey(held, now))}].key gave two values for the same ${key}. A key must ` +
      'depend on its object alone, not on the time or a variable; the rows are sorted anew, at most once a second';
    this.tell(new ViewError({ reason: 'ImpureKey', message, key }));
    if (this.repair !== undefined || this.listeners.size === 0) return;
    const { scheduler } = this.follower;
    const delay = Math.max(0, this.repairedAt + repairPeriod - scheduler.now());
    this.repair = runAfter(delay, scheduler, () => {
      this.repair = undefined;
      this.repairedAt = scheduler.now();
      this.follower.replace((state) => this.sortedAnew(state));
    });
  }

  private *sortedAnew(state: OrderState<T>): Steps<OrderState<T>> {
    const rows: Entry<T>[] = [];
    for (const chunk of state.list.chunks) {
      for (const held of chunk) {
        const now = this.row(held.object, held.part);
        rows.push(this.ordering.differingKey(held, now) < 0 ? held : now);
      }
      yield;
    }
    const list = SortedList.of(this.ordering.compare, yield* this.ordering.sorted(rows));
    return { ...state, list, revision: state.revision + 1, pairs: undefined };
  }

  /** Once for each reason and key, to each listener. */
  private readonly tell = (error: ViewError): void => {
    const once = error.reason;
    if (this.told.has(once) || this.listeners.size === 0) return;
    this.told.add(once);
    this.follower.deliveries.deliver(() => {
      for (const onError of this.listeners.keys())
        guarded(
          () => onError(error),
          (cause) => reportUnhandled(cause as Error),
        )();
    });
  };
}

function searched<T>(list: SortedList<Entry<T>>, object: T, part: number): Entry<T> | undefined {
  for (const chunk of list.chunks) {
    for (const row of chunk) if (row.object === object && row.part === part) return row;
  }
  return undefined;
}

function ignore(): void {
  // It was told when the row came.
}
