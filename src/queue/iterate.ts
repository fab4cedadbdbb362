import { Observable, type Subscription } from 'rxjs';
import { drain } from './drain.ts';
import type { Supply } from './supply.ts';

/**
 * The items of a supply for a loop: one is taken when it is asked for, and done when the next one is asked for or the
 * loop ends. Ends with the supply.
 */
export function iterate<Item>(supply: Supply<Item>): AsyncIterator<Item, undefined> {
  const asked: ((result: IteratorResult<Item, undefined>) => void)[] = [];
  let consumption: Subscription | undefined;
  let hasEnded = false;
  let release = (): void => undefined;

  function hand(item: Item): Observable<never> {
    return new Observable((held) => {
      asked.shift()?.({ value: item, done: false });
      release = () => held.complete();
      if (asked.length > 0) release();
    });
  }

  const end = (): void => {
    hasEnded = true;
    for (const answer of asked.splice(0)) answer({ value: undefined, done: true });
  };

  return {
    next: () =>
      new Promise((resolve) => {
        asked.push(resolve);
        if (hasEnded) end();
        else if (consumption === undefined) consumption = drain(supply, hand).subscribe({ complete: end, error: end });
        else release();
      }),
    return: () => {
      end();
      consumption?.unsubscribe();
      return Promise.resolve({ value: undefined, done: true });
    },
  };
}
