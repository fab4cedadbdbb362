import { chance } from './chance.ts';
import { checkedPeriod } from './period.ts';

/** How delays grow from failure to failure. */
export interface Backoff {
  /** The first delay, in milliseconds. */
  readonly initial: number;
  /** The cap before jitter, in milliseconds. */
  readonly max: number;
  readonly factor: number;
  /** How much chance may add, as a share of the delay: 1 is up to +100%. */
  readonly jitter: number;
}

/** The delay after the `attempt`th failure in a row (1 for the first), in milliseconds. Pure: chance comes in as `random`. */
export function backoffDelay(attempt: number, random: () => number, backoff: Backoff): number {
  const { initial, max, factor, jitter } = backoff;
  // After many attempts the factor is infinite, and 0 times infinity is NaN.
  const delay = initial === 0 ? 0 : Math.min(max, initial * factor ** Math.max(0, attempt - 1));
  return Math.round(delay * (1 + jitter * chance(random)));
}

/**
 * Returns `backoff` completed by the defaults, or throws a RangeError that names what is wrong with it. A first delay above
 * the cap is refused, because it would never apply: raise the cap as well. A low cap alone is fine.
 */
export function checkedBackoff(backoff: Partial<Backoff>, defaults: Backoff): Backoff {
  const checked = { ...defaults, ...backoff };
  checkedPeriod('backoff.initial', checked.initial);
  checkedPeriod('backoff.max', checked.max);
  const { factor, jitter } = checked;
  if (!(factor >= 1 && factor < Infinity))
    throw new RangeError(`backoff.factor is ${factor}; it takes a number from 1 on. Nothing was started.`);
  if (!(jitter >= 0 && jitter < Infinity))
    throw new RangeError(`backoff.jitter is ${jitter}; it takes a share from 0 on, such as 1. Nothing was started.`);
  if ('initial' in backoff && checked.initial > checked.max)
    throw new RangeError(`backoff.initial is ${checked.initial} ms, above backoff.max, which is ${checked.max} ms.`);
  return checked;
}
