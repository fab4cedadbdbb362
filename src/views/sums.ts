import { PersistentMap } from '../store/contents/persistent-map.ts';

/** The sum of one group, and how many objects are in it. */
interface Group {
  readonly sum: number;
  readonly count: number;
}

/** Sums by group at one moment. They never change. */
export interface Sums extends Iterable<readonly [value: string, sum: number]> {
  /** The number of groups: index values that an object has. */
  readonly size: number;
  /** True where these are the sums of a complete state. */
  readonly synced: boolean;
  /** The sum of a group, 0 for a value that no object has. */
  get(value: string): number;
  /** The number of objects in a group. */
  count(value: string): number;
}

/** {@link Sums} that share with older ones what has not changed. */
export class GroupSums implements Sums {
  readonly synced: boolean;
  private readonly groups: PersistentMap<Group>;

  private constructor(synced: boolean, groups: PersistentMap<Group>) {
    this.synced = synced;
    this.groups = groups;
  }

  /** No sums. */
  static empty(): GroupSums {
    return new GroupSums(false, PersistentMap.empty());
  }

  get size(): number {
    return this.groups.size;
  }

  get(value: string): number {
    return this.groups.get(value)?.sum ?? 0;
  }

  count(value: string): number {
    return this.groups.get(value)?.count ?? 0;
  }

  /** These sums with a number more, of one object more; or less, for -1. A group without an object goes. */
  with(value: string, amount: number, objects: 1 | -1): GroupSums {
    const { sum, count } = this.groups.get(value) ?? { sum: 0, count: 0 };
    const groups =
      count + objects === 0
        ? this.groups.delete(value)
        : this.groups.set(value, { sum: sum + objects * amount, count: count + objects });
    return new GroupSums(this.synced, groups);
  }

  /** The same sums, synced or not; themselves where that is so already. */
  as(synced: boolean): GroupSums {
    return synced === this.synced ? this : new GroupSums(synced, this.groups);
  }

  *[Symbol.iterator](): IterableIterator<readonly [value: string, sum: number]> {
    for (const [value, { sum }] of this.groups) yield [value, sum];
  }
}
