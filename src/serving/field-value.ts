import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';

/** The value at a dotted path as a selector compares it; `missing` if there is no plain value. */
export function fieldValue(object: KubernetesObject, path: string, missing: string): string {
  let value: unknown = object;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return missing;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : missing;
}
