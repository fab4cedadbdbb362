/**
 * The work that waits. A backlog decides which entries may start and in which order; a `pump` starts them. Several pumps may
 * share one backlog; each entry goes to one of them. `E` is the type of the values that wake it.
 */
export interface Backlog<Entry, E = unknown> {
  /** Takes in a value that may be work. If it throws, the pump errors. */
  push?(event: E): void;
  /** Removes and returns the next entry that may start; `undefined` if none may start now. */
  take(): Entry | undefined;
  /** Called once for each entry that was taken, when it is done or given up. Entries that waited for it may start now. */
  done(entry: Entry): void;
  /**
   * True if nothing is left and nothing more will come. Called when `take` returned nothing. Default: true once the stream that
   * wakes it has completed.
   */
  isDrained?(): boolean;
  /**
   * Called when all entries that could be taken have started. It is not a part of `take`, because its effects may end the pump
   * that has just taken one.
   */
  rest?(): void;
}
