import { useState } from 'react';
import type { KubeSelecting } from './kube-selecting.ts';

interface Kept<T> {
  readonly deps: readonly unknown[];
  options: KubeSelecting<T>;
}

/** The values of a deferred render and of the urgent ones beside it, and one more. */
const mostKept = 3;

/**
 * The options with functions that last: without `deps` those that are given; with `deps`, for as long as their values are the same, those
 * of the render before. A function of another text is another function, so that a constant for another column counts at once.
 */
export function useKeptFunctions<T>(options: KubeSelecting<T>, deps: readonly unknown[] | undefined): KubeSelecting<T> {
  // Written during a render, which is safe: what a render leaves here was made for the very same values.
  const [all] = useState<Kept<T>[]>(() => []);
  if (deps === undefined) return options;
  const kept = all.find((each) => isSame(each.deps, deps));
  if (kept === undefined) {
    all.unshift({ deps, options });
    all.length = Math.min(all.length, mostKept);
    return options;
  }
  const { where, until, orderBy } = kept.options;
  kept.options = {
    where: lasting(where, options.where),
    until: lasting(until, options.until),
    labelSelector: options.labelSelector,
    orderBy: options.orderBy?.map((each, index) => ({
      ...each,
      key: lasting(orderBy?.[index]?.key, each.key) ?? each.key,
    })),
  };
  return kept.options;
}

function lasting<F extends (...values: never[]) => unknown>(
  before: F | undefined,
  given: F | undefined,
): F | undefined {
  return before !== undefined && given !== undefined && String(before) === String(given) ? before : given;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => Object.is(each, other[index]));
}
