import { StoreError } from '../store-error.ts';

/** An index function did not tell the values of an object. */
export interface IndexFailure {
  readonly index: string;
  readonly key: string;
  readonly did: 'threw' | 'must return an array of strings, and did not';
  readonly cause?: unknown;
  /** False where the object under this key is left out of the index already. */
  readonly isNew: boolean;
}

/** What to do about a failure: to throw, or else the object is left out of the index. */
export type OnIndexFailure = (failure: IndexFailure) => void;

/** Leaves the object out, and says nothing. */
export function ignore(): void {
  // Nothing to do.
}

/** Refuses the change. The functions are asked before anything is written, so nothing has been. */
export function refuse({ index, key, did, cause }: IndexFailure): never {
  throw new StoreError({ reason: 'IndexFunction', message: `${sentence(index, did)} ${key}`, key, index, cause });
}

const none: readonly StoreError[] = Object.freeze([]);

/** Gathers the new failures of one step, and makes one error of those of an index: there may be 100k at once. */
export class IndexFailures {
  private readonly byIndex = new Map<string, { readonly first: IndexFailure; count: number }>();

  readonly add: OnIndexFailure = (failure) => {
    if (!failure.isNew) return;
    const known = this.byIndex.get(failure.index);
    if (known === undefined) this.byIndex.set(failure.index, { first: failure, count: 1 });
    else known.count++;
  };

  /** Frozen: a commit is shared by all who get it. */
  errors(): readonly StoreError[] {
    if (this.byIndex.size === 0) return none;
    const errors = Array.from(this.byIndex.values(), ({ first: { index, key, did, cause }, count }) => {
      const others = count === 1 ? '' : ` and ${count - 1} more`;
      return new StoreError({
        reason: 'IndexFunction',
        message: `${sentence(index, did)} ${key}${others}`,
        outcome:
          count === 1 ? 'it is stored, and left out of that index' : 'they are stored, and left out of that index',
        key,
        index,
        cause,
      });
    });
    return Object.freeze(errors);
  }
}

function sentence(index: string, did: IndexFailure['did']): string {
  return `the function of index ${index} ${did} for`;
}
