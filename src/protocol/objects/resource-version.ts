import type { KubernetesObject } from './kubernetes-object.ts';

const decimal = /^[1-9][0-9]*$/;

/**
 * Compares two resource versions of one resource: negative, zero or positive; `undefined` where they cannot be ordered.
 *
 * Versions are decimals of any length without leading zero (KEP-5504), so they are compared as text, never as numbers.
 * Any other text, which aggregated APIs may use, is opaque: two equal texts are equal, two different ones cannot be ordered.
 * Versions of different resources must not be compared, since different etcds may store them.
 *
 * ```ts
 * const isNewer = (compareResourceVersions('10', '9') ?? 0) > 0;
 * ```
 */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (!decimal.test(a) || !decimal.test(b)) return undefined;
  return a.length - b.length || (a < b ? -1 : 1);
}

/** The version of an object; empty where it has none, or where the value is not an object. */
export function resourceVersionOf(object: KubernetesObject): string {
  const given = object as { metadata?: { resourceVersion?: string } | null } | null | undefined;
  return given?.metadata?.resourceVersion ?? '';
}
