import { Observable, Subject, type Subscriber, type Subscription } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { guarded } from '../streams/guarded.ts';
import { finished, inSlices } from '../streams/in-slices.ts';
import type { Steps } from '../streams/map-while-waiting.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { runAfter } from '../streams/time/run-after.ts';
import { Deadlines } from './deadlines.ts';
import { doneAtOnce } from './follower.ts';
import { type Order, type OrderState, perAudit, type RowPair } from './order.ts';
import type { Entry, OnViewError } from './ordering.ts';
import { RowList, type Rows } from './rows.ts';
import type { Selection } from './selection.ts';
import { SortedList } from './sorted-list.ts';
import { ViewError } from './view-error.ts';

/** How long after one repair of an impure selection the next one is made, in milliseconds. */
const repairPeriod = 1000;

/** The rows of a view: a selection of an order, kept up to date while somebody subscribes. */
export class ViewRun<T extends KubernetesObject> {
  readonly values$: Observable<Rows<T>>;
  private readonly order: Order<T>;
  private readonly selection: Selection<T>;
  private readonly onError: OnViewError;
  private readonly told$ = new Subject<Rows<T>>();
  private readonly toldReasons = new Set<string>();
  private readonly deadlines: Deadlines<T>;
  /** The state of the order that `list` selects from. */
  private base: OrderState<T>;
  private list: SortedList<Entry<T>>;
  private rows: RowList<T>;
  private old: RowList<T> | undefined;
  private holders = 0;
  private held: Subscription | undefined;
  /** A selection of all rows under way. */
  private work: Subscription | undefined;
  /** States of the order that came during the work. */
  private readonly later: OrderState<T>[] = [];
  private timer: Subscription | undefined;
  private repair: Subscription | undefined;
  private commits = 0;
  private audited = 0;
  private selectedAt = -Infinity;

  constructor(order: Order<T>, selection: Selection<T>, onError: OnViewError) {
    this.order = order;
    this.selection = selection;
    this.onError = (error) => this.tell(error, onError);
    this.deadlines = new Deadlines(order.ordering.compare);
    const { state } = order.follower;
    this.base = { ...state, revision: 0, list: state.list.emptied(), snapshots: [], pairs: undefined };
    this.list = this.base.list;
    this.rows = new RowList({ list: this.list, state: this.base, order, revision: 0 });
    this.values$ = new Observable((subscriber) => this.subscribe(subscriber));
  }

  /** The rows that a new subscriber gets first. */
  read(): Rows<T> {
    if (this.held !== undefined) return this.rows;
    const { follower } = this.order;
    const state = follower.read();
    if (state.list.length <= doneAtOnce || state.revision === this.base.revision) this.show(state, false);
    return state.revision === this.base.revision && !follower.isBehind ? this.rows : this.oldRows();
  }

  /** The rows of before, which say that they are. The same object each time, as a reader compares them by identity. */
  private oldRows(): Rows<T> {
    if (!this.rows.synced) return this.rows;
    if (this.old?.list !== this.rows.list || this.old.revision !== this.rows.revision) this.old = this.rows.outdated();
    return this.old;
  }

  private subscribe(subscriber: Subscriber<Rows<T>>): void {
    const { deliveries } = this.order.follower;
    // Within a delivery, so that what it causes is delivered after the first value.
    deliveries.within(() => {
      this.holders++;
      subscriber.add(() => {
        if (--this.holders === 0) this.letGo();
      });
      if (this.holders === 1) this.connect();
      const { rows } = this;
      if (isShown(this.base)) subscriber.next(rows);
      subscriber.add(this.told$.subscribe(subscriber));
    });
  }

  private connect(): void {
    const { follower } = this.order;
    const states = follower.states$.subscribe({
      next: (state) => this.show(state, true),
      error: (error: unknown) => this.told$.error(error instanceof Error ? error : new Error(String(error))),
      complete: () => this.told$.complete(),
    });
    this.held = states;
    states.add(this.order.hold(this.onError));
    this.show(follower.state, false);
  }

  private letGo(): void {
    this.held?.unsubscribe();
    this.held = undefined;
    this.timer?.unsubscribe();
    this.timer = undefined;
    this.repair?.unsubscribe();
    this.repair = undefined;
    // Half of the deadlines are known: the next one looks at all rows.
    if (this.work !== undefined) this.base = { ...this.base, revision: -1 };
    this.dropWork();
  }

  private dropWork(): void {
    this.work?.unsubscribe();
    this.work = undefined;
    this.later.length = 0;
  }

  /** Goes on to a state of the order: by what changed if that is known, otherwise by looking at all rows. */
  private show(state: OrderState<T>, tells: boolean): void {
    if (state.revision <= this.base.revision && this.work === undefined) {
      this.lookAgain();
      return;
    }
    if (this.work === undefined && this.selection.isAll) {
      this.arrive(state, state.list, tells);
    } else if (this.work === undefined && state.revision === this.base.revision + 1 && state.pairs !== undefined) {
      this.arrive(state, this.changed(state.pairs), tells);
      this.audit();
    } else if (this.work !== undefined && state.pairs !== undefined) {
      // The selection under way goes on: what comes meanwhile is applied after it.
      this.later.push(state);
    } else {
      this.selectAll(state, tells);
    }
  }

  private selectAll(state: OrderState<T>, tells: boolean): void {
    this.dropWork();
    this.deadlines.clear();
    this.selectedAt = this.now();
    if (state.list.length <= doneAtOnce || this.held === undefined) {
      this.arrive(state, finished(this.selected(state)), tells);
      return;
    }
    const { scheduler, deliveries } = this.order.follower;
    let isLater = false;
    let atOnce: SortedList<Entry<T>> | undefined;
    const work: Subscription = inSlices(this.selected(state), scheduler, (list) => {
      if (isLater) deliveries.deliver(() => this.finish(work, state, list));
      else atOnce = list;
    });
    isLater = true;
    if (atOnce === undefined) this.work = work;
    else this.arrive(state, atOnce, tells);
  }

  /** Shows what slices have selected, and then what came meanwhile. */
  private finish(work: Subscription, state: OrderState<T>, list: SortedList<Entry<T>>): void {
    if (this.work !== work) return;
    this.work = undefined;
    this.arrive(state, list, true);
    for (const next of this.later.splice(0)) this.show(next, true);
  }

  private *selected(state: OrderState<T>): Steps<SortedList<Entry<T>>> {
    const rows: Entry<T>[] = [];
    for (const chunk of state.list.chunks) {
      const now = this.now();
      for (const row of chunk) if (this.selects(row, now)) rows.push(row);
      yield;
    }
    // The same list, so that a commit which concerns none of the rows is not told.
    return this.list.isOf(rows) ? this.list : SortedList.of(this.order.ordering.compare, rows);
  }

  /** Asks about a row, and notes when to ask again. */
  private selects(row: Entry<T>, now: number): boolean {
    const { selection, onError } = this;
    if (selection.isTimed) this.deadlines.set(row, selection.until(row.object, now, onError));
    return selection.selects(row.object, now, onError);
  }

  private changed(pairs: readonly RowPair<T>[]): SortedList<Entry<T>> {
    let { list } = this;
    const now = this.now();
    for (const { before, after } of pairs) {
      const place = before === undefined ? -1 : list.find(before);
      const isHeld = place >= 0;
      if (before !== undefined) {
        this.deadlines.delete(before);
        this.check(before, isHeld, now);
      }
      const isSelected = after !== undefined && this.selects(after, now);
      if (isHeld && isSelected) list = list.replacedAt(place, after);
      else if (isHeld) list = list.withoutPlace(place);
      else if (isSelected) list = list.with(after);
    }
    return list;
  }

  private arrive(state: OrderState<T>, list: SortedList<Entry<T>>, tells: boolean): void {
    const before = this.base;
    this.base = state;
    this.list = list;
    const rows = new RowList({ list, state, order: this.order, revision: this.rows.revision + 1 });
    const isNews =
      list !== this.rows.list ||
      rows.total !== this.rows.total ||
      rows.synced !== this.rows.synced ||
      isShown(before) !== isShown(state);
    if (isNews) this.rows = rows;
    this.arm();
    if (isNews && tells && (isShown(before) || isShown(state))) this.told$.next(rows);
  }

  /** Looks at the rows again whose time has come. */
  private lookAgain(): void {
    const now = this.now();
    const due = this.deadlines.take(now);
    if (due.length === 0) {
      this.arm();
      return;
    }
    let { list } = this;
    for (const row of due) {
      const isHeld = list.has(row);
      const isSelected = this.selects(row, now);
      if (isHeld && !isSelected) list = list.without(row);
      else if (!isHeld && isSelected) list = list.with(row);
    }
    this.arrive(this.base, list, this.held !== undefined);
  }

  private arm(): void {
    this.timer?.unsubscribe();
    this.timer = undefined;
    const { next } = this.deadlines;
    if (this.held === undefined || next === Infinity) return;
    const { scheduler, deliveries } = this.order.follower;
    this.timer = runAfter(Math.max(0, next - scheduler.now()), scheduler, () => {
      this.timer = undefined;
      deliveries.deliver(() => {
        if (this.held !== undefined && this.work === undefined) this.lookAgain();
      });
    });
  }

  /** One row after the other, so that a selection that changes by itself is found. */
  private audit(): void {
    if (++this.commits % perAudit > 0) return;
    const { list } = this.base;
    const row = list.at(this.audited++ % Math.max(1, list.length));
    if (row !== undefined) this.check(row, this.list.has(row), this.now());
  }

  private check(row: Entry<T>, isHeld: boolean, now: number): void {
    const { selection } = this;
    if (selection.isTimed || selection.selects(row.object, now, ignore) === isHeld) return;
    const key = metaNamespaceKey(row.object);
    const message =
      `where gave two answers for the same ${key}. It must depend on its object alone, not on the time or a variable: use ` +
      'refilter for another selection, and until for the time. The rows are selected anew, at most once a second';
    this.onError(new ViewError({ reason: 'ImpureWhere', message, key }));
    if (this.repair !== undefined || this.held === undefined) return;
    const { scheduler, deliveries } = this.order.follower;
    this.repair = runAfter(Math.max(0, this.selectedAt + repairPeriod - now), scheduler, () => {
      this.repair = undefined;
      deliveries.deliver(() => {
        if (this.held !== undefined && this.work === undefined) this.selectAll(this.base, true);
      });
    });
  }

  private tell(error: ViewError, onError: OnViewError): void {
    if (this.toldReasons.has(error.reason)) return;
    this.toldReasons.add(error.reason);
    this.order.follower.deliveries.deliver(() =>
      guarded(
        () => onError(error),
        (cause) => reportUnhandled(cause as Error),
      )(),
    );
  }

  private now(): number {
    return this.order.follower.scheduler.now();
  }
}

/** Rows are shown when a part has a complete state, or when there are any. */
function isShown({
  snapshots,
  list,
}: {
  readonly snapshots: readonly { synced: boolean }[];
  readonly list: { length: number };
}): boolean {
  return list.length > 0 || snapshots.some(({ synced }) => synced);
}

function ignore(): void {
  // It was told when the row came.
}
