import { useEffect, useRef } from 'react';
import type { Source } from '../streams/source.ts';

/** 40 renders in a row, each after a change and each with another source, are not what a user types. */
const most = 40;

interface Seen {
  readonly source: Source<unknown>;
  readonly value: unknown;
  /** Renders in a row that came with another source after the last one had changed. */
  readonly changes: number;
}

/**
 * Prints once where a component makes a source anew in each render, which it then subscribes to anew: what a user types is another
 * source too, but not with each change of the objects.
 */
export function useSteadiness(source: Source<unknown>, advice: string): void {
  const seen = useRef<Seen>(undefined);
  useEffect(() => {
    const before = seen.current;
    let changes = 0;
    if (before !== undefined && before.source !== source)
      changes = before.changes + (Object.is(before.source.value, before.value) ? 0 : 1);
    if (changes === most && before?.changes === most - 1) console.error(advice);
    seen.current = { source, value: source.value, changes };
  });
}
