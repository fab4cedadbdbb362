import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { type Compare, SortedList } from './sorted-list.ts';
import type { Entry } from './ordering.ts';

interface Deadline<T> {
  readonly at: number;
  readonly row: Entry<T>;
}

/** When rows have to be looked at again, the earliest first. */
export class Deadlines<T extends KubernetesObject> {
  private readonly byRow = new Map<Entry<T>, Deadline<T>>();
  private list: SortedList<Deadline<T>>;

  constructor(compareRows: Compare<Entry<T>>) {
    this.list = SortedList.empty((a, b) => a.at - b.at || compareRows(a.row, b.row));
  }

  /** The earliest time, `Infinity` for none. */
  get next(): number {
    return this.list.first()?.at ?? Infinity;
  }

  /** Sets the time for a row that has none; `Infinity` for never. */
  set(row: Entry<T>, at: number): void {
    if (at === Infinity) return;
    const deadline = { at, row };
    this.byRow.set(row, deadline);
    this.list = this.list.with(deadline);
  }

  /** Forgets a row. */
  delete(row: Entry<T>): void {
    const deadline = this.byRow.get(row);
    if (deadline === undefined) return;
    this.byRow.delete(row);
    this.list = this.list.without(deadline);
  }

  /** Forgets all rows. */
  clear(): void {
    this.byRow.clear();
    this.list = this.list.emptied();
  }

  /** Takes the rows whose time has come. */
  take(now: number): readonly Entry<T>[] {
    const due: Entry<T>[] = [];
    for (let first = this.list.first(); first !== undefined && first.at <= now; first = this.list.first()) {
      due.push(first.row);
      this.delete(first.row);
    }
    return due;
  }
}
