/** How often each item was delayed. An item that is not forgotten is kept. */
export class RequeueCounts<T> {
  private readonly counts = new Map<T, number>();

  /** Counts an item, and returns how often it was counted before. */
  count(item: T): number {
    const before = this.of(item);
    this.counts.set(item, before + 1);
    return before;
  }

  of(item: T): number {
    return this.counts.get(item) ?? 0;
  }

  forget(item: T): void {
    this.counts.delete(item);
  }
}
