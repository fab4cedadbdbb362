import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Order, OrderState } from './order.ts';
import type { Entry } from './ordering.ts';
import { changesBetween, type RowChange } from './row-changes.ts';
import type { SortedList } from './sorted-list.ts';

/**
 * The rows of a view at one moment. They never change, share with the rows before them what did not change, and cost little to
 * keep. Rows are the objects of the snapshot themselves, so an unchanged row is `===` the one before.
 */
export interface Rows<T> extends Iterable<T> {
  /** The number of rows. */
  readonly length: number;
  /** The number of objects before anything was left out. */
  readonly total: number;
  /**
   * True where these are the rows of a complete state; of merged informers, where each of them has one. False as well for rows
   * that were read without a subscriber and are older than the state of the source.
   */
  readonly synced: boolean;
  /** 0 for the rows before the first ones, one more for all that follow. */
  readonly revision: number;
  /** The row at an index, `undefined` outside of the rows. Takes no longer for many rows than for few. */
  at(index: number): T | undefined;
  /** The rows from an index up to another in a new array: what a virtual table shows. */
  slice(from: number, to: number): readonly T[];
  /**
   * The index of the object with this key, -1 if it is not among the rows. Of merged informers, `part` names one of them; without
   * it, the first one with such a row counts. Keeps a selection and a scroll position.
   */
  indexOf(key: string, part?: string): number;
  /** The name of the merged informer that a row is from; `''` for rows of one informer, `undefined` outside of the rows. */
  partAt(index: number): string | undefined;
  /**
   * What leads from older rows to these: to highlight rows, or to keep a scroll position. Between rows of one view it takes time
   * in proportion to the chunks that changed. Any older rows will do; between two orders, an unchanged row counts as moved.
   */
  changesSince(older: Rows<T>): readonly RowChange<T>[];
}

/** What rows are made of. */
export interface RowsInit<T extends KubernetesObject> {
  readonly list: SortedList<Entry<T>>;
  readonly state: OrderState<T>;
  readonly order: Order<T>;
  readonly revision: number;
  /** The source has gone on. */
  readonly isOld?: boolean;
}

/** {@link Rows} over a sorted list. */
export class RowList<T extends KubernetesObject> implements Rows<T> {
  readonly length: number;
  readonly total: number;
  readonly synced: boolean;
  readonly revision: number;
  /** @internal */
  readonly list: SortedList<Entry<T>>;
  private readonly state: OrderState<T>;
  private readonly order: Order<T>;

  constructor({ list, state, order, revision, isOld = false }: RowsInit<T>) {
    this.list = list;
    this.state = state;
    this.order = order;
    this.length = list.length;
    this.total = state.list.length;
    this.synced = !isOld && state.snapshots.length > 0 && state.snapshots.every(({ synced }) => synced);
    this.revision = revision;
    Object.freeze(this);
  }

  /** The same rows, no longer those of a complete state. */
  outdated(): RowList<T> {
    const { list, state, order, revision } = this;
    return new RowList({ list, state, order, revision, isOld: true });
  }

  at(index: number): T | undefined {
    return this.list.at(index)?.object;
  }

  slice(from: number, to: number): readonly T[] {
    return this.list.slice(from, to).map(({ object }) => object);
  }

  indexOf(key: string, part?: string): number {
    for (const [index, snapshot] of this.state.snapshots.entries()) {
      if (part !== undefined && part !== this.order.partNames[index]) continue;
      const object = snapshot.getByKey(key);
      const row = object === undefined ? undefined : this.order.rowOf(this.list, object, index);
      if (row !== undefined) return this.list.indexOf(row);
    }
    return -1;
  }

  partAt(index: number): string | undefined {
    const row = this.list.at(index);
    return row === undefined ? undefined : this.order.partNames[row.part];
  }

  changesSince(older: Rows<T>): readonly RowChange<T>[] {
    if (!(older instanceof RowList)) throw new TypeError('changesSince compares with rows that a view has given');
    return changesBetween((older as RowList<T>).list, this.list);
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const { object } of this.list) yield object;
  }
}
