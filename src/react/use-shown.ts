import { startTransition, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Published } from '../streams/published.ts';

const never = (): (() => void) => () => undefined;

/**
 * The published value of a source. A component shows it as all others do, or where `transition` is true in a transition of its own,
 * which React may interrupt and which may show another moment until it is through. On a server, and while a browser takes its page
 * over, it shows what `readMoment` returns.
 */
export function useShown<T>(shown: Published<T>, transition: boolean, readMoment?: () => T): T {
  const read = useCallback(() => shown.value, [shown]);
  const now = useSyncExternalStore(transition ? never : shown.onChange, read, readMoment ?? read);
  const [later, setLater] = useState({ shown, value: now });
  useEffect(() => {
    if (!transition) return undefined;
    const show = (): void => startTransition(() => setLater({ shown, value: shown.value }));
    const release = shown.onChange(show);
    show();
    return release;
  }, [shown, transition]);
  if (!transition) return now;
  // Of other options there is nothing to wait for.
  return later.shown === shown ? later.value : now;
}
