import type { Wake } from './wake.ts';

/** A wake that was looked at: what is left of it, and what was wrong with it. */
export interface CheckedWake<K extends string> {
  /** `undefined` where the key is invalid: it can wake nothing. */
  readonly wake: Wake<K> | undefined;
  readonly error: Error | undefined;
}

/**
 * Looks at a wake. One whose key is valid is never lost: an invalid delay becomes none, an invalid priority 0, an invalid reason
 * none. The error tells what was wrong.
 */
export function checkedWake<K extends string>(given: Wake<K>): CheckedWake<K> {
  try {
    return looked(given);
  } catch (cause) {
    const error = new TypeError('a wake threw when its key was read. It woke nothing.', { cause });
    return { wake: undefined, error };
  }
}

function looked<K extends string>(given: Wake<K>): CheckedWake<K> {
  const { key, priority = 0, after = 0, reason } = Object(given) as Partial<Wake<K>>;
  if (typeof key !== 'string') {
    const isWake = typeof given === 'object' && (given as unknown) !== null;
    const kind = (value: unknown): string => (value === null ? 'null' : `of type ${typeof value}`);
    const wrong = isWake ? `the key of a wake is ${kind(key)}; it takes a string` : `a wake is ${kind(given)}`;
    const error = new TypeError(`${wrong}${isWake ? '' : '; it takes an object with a key'}. It woke nothing.`);
    return { wake: undefined, error };
  }
  const faults: string[] = [];
  if (!(typeof after === 'number' && after >= 0))
    faults.push(
      `after is ${String(after)}; it takes milliseconds from 0 on (Infinity for never). The key runs at once`,
    );
  if (!Number.isFinite(priority))
    faults.push(`priority is ${String(priority)}; it takes a finite number. The key runs with priority 0`);
  if (reason !== undefined && (typeof reason !== 'object' || (reason as unknown) === null))
    faults.push('reason is not an object. The key runs without it');
  if (faults.length === 0) return { wake: given, error: undefined };
  const wake: Wake<K> = {
    key,
    priority: Number.isFinite(priority) ? priority : 0,
    after: typeof after === 'number' && after >= 0 ? after : 0,
    ...(typeof reason === 'object' && (reason as unknown) !== null && { reason }),
  };
  return { wake, error: new RangeError(`the wake of ${key} is invalid: ${faults.join('. ')}.`) };
}
