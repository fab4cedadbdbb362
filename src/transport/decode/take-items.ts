import type { Refusal } from '../../protocol/errors/refusal.ts';
import { holdable } from './holdable.ts';
import { malformed } from './object-rule.ts';

/** The items of a list that a cache can hold, and a refusal of the others, where there are any. */
export interface TakenItems<T> {
  readonly items: readonly T[];
  readonly refused?: Refusal;
}

/** Takes each item that is {@link holdable}; the same array where all are as they have to be. */
export function takeItems<T>(resource: string, items: readonly unknown[]): TakenItems<T> {
  const taken: T[] = [];
  let first = '';
  let isSame = true;
  for (const [index, item] of items.entries()) {
    const object = holdable(item);
    isSame &&= object === item;
    if (typeof object !== 'string') taken.push(object as T);
    else if (first === '') first = `item ${index + 1} of the list ${object}, and is left out`;
  }
  const count = items.length - taken.length;
  if (count === 0) return { items: isSame ? (items as readonly T[]) : taken };
  const others = count === 1 ? '' : `, as ${count === 2 ? 'is 1 other' : `are ${count - 1} others`}`;
  return { items: taken, refused: { error: malformed(resource, first + others), count } };
}
