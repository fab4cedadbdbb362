/**
 * What waits to be worked on: it decides what may start and in which order, a `pump` starts it. Several pumps may share one;
 * each entry goes to one of them. `E` is what wakes it.
 */
export interface Backlog<Entry, E = unknown> {
  /** Takes in what has woken it, where that is something to do. What it throws is the pump's error. */
  push?(event: E): void;
  /** The next entry that may start, taken out; `undefined` where none may for now. */
  take(): Entry | undefined;
  /** An entry that was taken is done or given up; called once for each. What waited for it may start now. */
  done(entry: Entry): void;
  /**
   * True where nothing is left and nothing more is expected. Asked when `take` has had nothing. Without it, that is so once
   * what wakes it has completed.
   */
  isDrained?(): boolean;
  /**
   * Hears that what could be taken has started. Apart from `take`, because whoever hears what follows from it may end the
   * pump that has just taken.
   */
  rest?(): void;
}
