import { isJsonRecord } from './json-record.ts';
import type { ObjectRule } from './object-rule.ts';

/**
 * A function that adds the known kind and apiVersion to an object without them, at the place where servers have them. A
 * value that is not an object stays as it is.
 */
export function withTypeOf({ apiVersion, kind }: Pick<ObjectRule, 'apiVersion' | 'kind'>): (value: unknown) => unknown {
  const known = kind === undefined ? { apiVersion } : { kind, apiVersion };
  return (value) => {
    if (!isJsonRecord(value)) return value;
    const isWhole = value['kind'] !== undefined && value['apiVersion'] !== undefined;
    // A spread defines members, so an own `__proto__` of the object stays data.
    return isWhole ? value : { ...known, ...value };
  };
}
