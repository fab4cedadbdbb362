/** What can be published to an interface: a value at any time, and word of the next ones. Each BehaviorSubject is one. */
export interface Source<T> {
  /** The current value: the same one for as long as it has not changed. */
  readonly value: T;
  /** Calls back with the current value and with each that follows. */
  subscribe(next: (value: T) => void): { unsubscribe(): void };
}
