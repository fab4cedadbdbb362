/** An item on its way to one consumer. */
export interface Taken<Item> {
  readonly item: Item;
  /** The item in words, for errors: its key where it has one. */
  readonly name: string;
  /** To be called once, when the item is done or given up. */
  readonly done: () => void;
}
