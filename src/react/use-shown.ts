import { startTransition, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Published } from '../streams/published.ts';

const never = (): (() => void) => () => undefined;
const nothing = (): undefined => undefined;
const yes = (): boolean => true;
const no = (): boolean => false;

/**
 * The published value of a source. A component shows it as all others do, or where `transition` is true in a transition of its own,
 * which React may interrupt and which may show another moment until it is through. On a server, and while a browser takes its page
 * over, it shows what `readMoment` returns.
 */
export function useShown<T>(shown: Published<T>, transition: boolean, readMoment?: () => T): T {
  const read = useCallback(() => shown.value, [shown]);
  const now = useSyncExternalStore<T | undefined>(
    transition ? never : shown.onChange,
    // React compares what is read here at the end of a transition, and would render all of it again, at once, for a newer value.
    transition ? nothing : read,
    transition ? nothing : (readMoment ?? read),
  );
  const isTakenOver = useSyncExternalStore(never, no, yes);
  const [later, setLater] = useState(() => ({
    shown,
    value: isTakenOver && readMoment !== undefined ? readMoment() : shown.value,
  }));
  useEffect(() => {
    if (!transition) return undefined;
    const show = (): void => {
      const { value } = shown;
      startTransition(() =>
        setLater((last) => (last.shown === shown && Object.is(last.value, value) ? last : { shown, value })),
      );
    };
    const release = shown.onChange(show);
    show();
    return release;
  }, [shown, transition]);
  if (!transition) return now as T;
  // Of other options there is nothing to wait for.
  return later.shown === shown ? later.value : shown.value;
}
