import type { Wake } from './wake.ts';

/** A wake that was looked at: what is left of it, and what was wrong with it. */
export interface CheckedWake<K extends string> {
  /** `undefined` where the key is invalid: it can wake nothing. */
  readonly wake: Wake<K> | undefined;
  readonly error: Error | undefined;
}

/**
 * Looks at a wake. One whose key is valid is never lost: an invalid delay becomes none, an invalid priority 0. The error tells
 * what was wrong.
 */
export function checkedWake<K extends string>(given: Wake<K>): CheckedWake<K> {
  const { key, priority = 0, after = 0, reason } = Object(given) as Partial<Wake<K>>;
  if (typeof key !== 'string') {
    const kind = (key as unknown) === null ? 'null' : `of type ${typeof key}`;
    return {
      wake: undefined,
      error: new TypeError(`the key of a wake is ${kind}; it takes a string. It woke nothing.`),
    };
  }
  const isValidDelay = typeof after === 'number' && after >= 0;
  const isValidPriority = Number.isFinite(priority);
  if (isValidDelay && isValidPriority) return { wake: given, error: undefined };
  const wrong = isValidDelay
    ? `priority is ${String(priority)}; it takes a finite number. The key runs with priority 0.`
    : `after is ${String(after)}; it takes milliseconds from 0 on (Infinity for never). The key runs at once.`;
  const wake: Wake<K> = {
    key,
    priority: isValidPriority ? priority : 0,
    after: isValidDelay ? after : 0,
    ...(reason && { reason }),
  };
  return { wake, error: new RangeError(`the wake of ${key} is invalid: ${wrong}`) };
}
