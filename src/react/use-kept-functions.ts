import { useState } from 'react';
import type { KubeSelecting } from './kube-selecting.ts';

interface Kept<T> {
  deps: readonly unknown[] | undefined;
  options: KubeSelecting<T>;
}

/**
 * The options with functions that last: without `deps` those that are given, with `deps` those of the render before, for as long as the
 * values are the same. Directions and selectors are always those that are given, and so are keys where their number changes.
 */
export function useKeptFunctions<T>(options: KubeSelecting<T>, deps: readonly unknown[] | undefined): KubeSelecting<T> {
  // Written during a render, which is safe: whatever a render leaves here was made for the very same values.
  const [kept] = useState<Kept<T>>({ deps, options });
  if (deps === undefined || !isSame(kept.deps, deps)) {
    kept.deps = deps;
    kept.options = options;
    return options;
  }
  const { where, until, orderBy } = kept.options;
  const isAlike = orderBy?.length === options.orderBy?.length;
  kept.options = {
    where: options.where && where,
    until: options.until && until,
    labelSelector: options.labelSelector,
    orderBy: isAlike
      ? options.orderBy?.map((each, index) => ({ ...each, key: orderBy?.[index]?.key ?? each.key }))
      : options.orderBy,
  };
  return kept.options;
}

function isSame(one: readonly unknown[] | undefined, other: readonly unknown[]): boolean {
  return one?.length === other.length && one.every((each, index) => Object.is(each, other[index]));
}
