import type { Refusal } from './errors/refusal.ts';

/** One page of a list. Every page of one list carries the same version. */
export interface ListPage<T> {
  /** Each item has a name, and so a key. */
  readonly items: readonly T[];
  /** Empty where the server gives lists no version. */
  readonly resourceVersion: string;
  /** The token of the next page. Only the last page has none; a page without items may have one. */
  readonly continue?: string;
  /** How many items follow this page, where the server says so. */
  readonly remainingItemCount?: number;
  /** The items that were left out, where there are any. */
  readonly refused?: Refusal;
}
