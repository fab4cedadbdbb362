interface Entry<V> {
  readonly value: V;
  readonly weight: number;
}

/** A map that holds the entries that were set last. It drops the oldest ones while all together weigh more than a limit. */
export class RecentMap<V> {
  private readonly entries = new Map<string, Entry<V>>();
  private readonly maxWeight: number;
  private weight = 0;

  constructor(maxWeight: number) {
    this.maxWeight = maxWeight;
  }

  /** The value of a key. Reading makes an entry no newer. */
  get(key: string): V | undefined {
    return this.entries.get(key)?.value;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** Sets an entry and makes it the newest. It is dropped at once if it weighs more than the limit. */
  set(key: string, value: V, weight = 1): void {
    this.delete(key);
    this.entries.set(key, { value, weight });
    this.weight += weight;
    for (const oldest of this.entries.keys()) {
      if (this.weight <= this.maxWeight) return;
      this.delete(oldest);
    }
  }

  private delete(key: string): void {
    this.weight -= this.entries.get(key)?.weight ?? 0;
    this.entries.delete(key);
  }
}
