import type { Refusal } from '../../protocol/errors/refusal.ts';
import { holdable } from './holdable.ts';
import { malformed } from './object-rule.ts';

/** The items of a list that a cache can hold, and one refusal for each other item. */
export interface TakenItems<T> {
  readonly items: readonly T[];
  readonly refused?: Refusal;
}

/** Takes each item that is {@link holdable}. Returns the same array if all of them are holdable without a change. */
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
