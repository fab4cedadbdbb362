import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { published } from '../streams/published.ts';
import type { Source } from '../streams/source.ts';
import { useSteadiness } from './use-steadiness.ts';

/**
 * The value of a source, such as `snapshot$`, `status$`, `rows$` or a BehaviorSubject, or what `select` makes of it. A subscription
 * lasts for as long as the component is mounted and visible. Values of all components change in the same moment, once a frame at most.
 *
 * `select` may be written inline. The component is rendered again only where its result is another one by `equal`, which is
 * `Object.is` by default: give one for a `select` that returns a new object each time.
 *
 * Throws a TypeError for an invalid source.
 *
 * ```ts
 * const useCount = () => useSource(pods.snapshot$, ({ size }) => size);
 * ```
 */
export function useSource<T>(source: Source<T>): T;
export function useSource<T, S>(source: Source<T>, select: (value: T) => S, equal?: (one: S, other: S) => boolean): S;
export function useSource<T, S>(
  source: Source<T>,
  select?: (value: T) => S,
  equal: (one: S, other: S) => boolean = Object.is,
): T | S {
  const shown$ = published(source);
  const before = useRef<{ readonly source: Source<T>; readonly selected: T | S }>(undefined);
  const read = useMemo(() => {
    if (select === undefined) return () => shown$.getValue();
    let last: { readonly value: T; readonly selected: S } | undefined;
    // The last result for the last value: React reads it twice in each render, and would never end otherwise.
    return (): S => {
      const value = shown$.getValue();
      if (last !== undefined && Object.is(last.value, value)) return last.selected;
      const kept =
        last ?? (before.current?.source === source ? (before.current as { readonly selected: S }) : undefined);
      const selected = select(value);
      last = { value, selected: kept !== undefined && equal(kept.selected, selected) ? kept.selected : selected };
      return last.selected;
    };
  }, [source, shown$, select, equal]);
  useSteadiness(
    source,
    'useSource got another source with each of 40 changes: make it outside of the component, or in useMemo.',
  );
  const selected = useSyncExternalStore<T | S>(shown$.onChange, read, read);
  useEffect(() => {
    before.current = { source, selected };
  });
  return selected;
}
