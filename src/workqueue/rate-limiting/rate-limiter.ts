/** Says how long an item waits before it is worked on again: client-go's RateLimiter. Delays are in milliseconds. */
export interface RateLimiter<T> {
  /** The delay of this item now. Counts it. */
  when(item: T): number;
  /** The item went well, or was given up: its count starts over. */
  forget(item: T): void;
  /** How often the item was delayed since it was forgotten. */
  numRequeues(item: T): number;
}
