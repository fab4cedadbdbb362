import { isJsonRecord } from './json-record.ts';
import type { ObjectRule } from './object-rule.ts';

/**
 * A function that completes an object which does not say its kind or apiVersion by what is known of it, in the place where
 * servers have them. What is no object is left as it is.
 */
export function withTypeOf({ apiVersion, kind }: Pick<ObjectRule, 'apiVersion' | 'kind'>): (value: unknown) => unknown {
  const known = kind === undefined ? { apiVersion } : { kind, apiVersion };
  return (value) => {
    if (!isJsonRecord(value)) return value;
    const isWhole = value['kind'] !== undefined && value['apiVersion'] !== undefined;
    // A spread defines members, so an own `__proto__` of the object stays what it was: data.
    return isWhole ? value : { ...known, ...value };
  };
}
