import type { CacheChange } from './cache-change.ts';

/**
 * The latest changes of a resource in order, up to a capacity. Watches resume from them, and old states are rebuilt
 * from them.
 */
export class ChangeHistory {
  readonly #capacity: number;
  #changes: CacheChange[] = [];
  /** Changes before this index are forgotten. They are cut off in bulk, so that forgetting one is cheap. */
  #start = 0;
  #floor: bigint;

  /** `floor`: the oldest version that can be asked for. */
  constructor(floor: bigint, capacity: number) {
    this.#floor = floor;
    this.#capacity = capacity;
  }

  /** The oldest version after which all changes are held. */
  get floor(): bigint {
    return this.#floor;
  }

  push(change: CacheChange): void {
    this.#changes.push(change);
    if (this.#changes.length - this.#start > this.#capacity) this.#forgetTo(this.#start + 1);
  }

  /** The changes after a version, oldest first. They are incomplete for a version below the floor. */
  after(version: bigint): readonly CacheChange[] {
    return this.#changes.slice(this.#indexAfter(version));
  }

  /** Forgets all changes up to and with a version. */
  compact(version: bigint): void {
    this.#forgetTo(this.#indexAfter(version));
    if (version > this.#floor) this.#floor = version;
  }

  /** Forgets all changes, as after a restart at this version, which may be an older one. */
  reset(floor: bigint): void {
    this.#changes = [];
    this.#start = 0;
    this.#floor = floor;
  }

  #forgetTo(index: number): void {
    const last = this.#changes[index - 1];
    if (last === undefined || index <= this.#start) return;
    this.#floor = last.version;
    this.#start = index;
    if (this.#start > 64 && this.#start * 2 > this.#changes.length) {
      this.#changes = this.#changes.slice(this.#start);
      this.#start = 0;
    }
  }

  #indexAfter(version: bigint): number {
    let low = this.#start;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const change = this.#changes[middle];
      if (change !== undefined && change.version <= version) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
