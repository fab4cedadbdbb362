/** How the parts of a value belong to managers, and how values of it are merged. */
export interface ValueType {
  /** What a value has to be that is there, and not null; `scalar`: a text, a number or a boolean. Absent: anything. */
  readonly form?: 'map' | 'list' | 'text' | 'number' | 'boolean' | 'scalar';
  /** A map that belongs to somebody as a whole. */
  readonly isAtomic?: boolean;
  /** A list of values that are there once each, or of items that are known by their keys; other lists are one value. */
  readonly list?: 'set' | readonly ListKey[];
  /** It is there in every object, be it empty, as Go structs are: nobody has added it. */
  readonly isAlwaysThere?: boolean;
  /** Whether there may be a member of a name; absent: of any name. */
  readonly knows?: (name: string) => boolean;
  /** The type of a member. */
  readonly member: (name: string) => ValueType;
  /** The type of an item of the list. */
  readonly item: () => ValueType;
}

/** A member by which an item is known. */
export interface ListKey {
  readonly name: string;
  /** What it is where the item does not say it. */
  readonly missing?: unknown;
}

/** What nothing is known of: maps are merged by their members, lists are one value each. */
export const anyValue: ValueType = { member: () => anyValue, item: () => anyValue };
