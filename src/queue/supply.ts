import type { Observable } from 'rxjs';

/** An item on its way to one consumer. */
export interface Taken<Item> {
  readonly item: Item;
  /** The item in words, for errors: its key where it has one. */
  readonly name: string;
  /** To be called once, when the item is done or given up. */
  readonly done: () => void;
}

/** What a consumer sees of a queue. Several may share one: each item goes to one of them. */
export interface Supply<Item> {
  /** The next item that may be started now. */
  take(): Taken<Item> | undefined;
  /** Says what follows from taking. Apart from it, because who hears it may end the consumer that has just taken. */
  settle(): void;
  /** There may be something to take that was not there before, or the end. */
  readonly wake$: Observable<void>;
  /** Looks for consumers: called by whoever is done with an item. */
  wake(): void;
  /** True where nothing is left and nothing more is expected. */
  isDrained(): boolean;
}
