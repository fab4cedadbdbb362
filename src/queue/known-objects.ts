/** Objects that are known at this moment: a store, a snapshot. */
export interface KnownObjects<T> {
  list(): readonly T[];
}
