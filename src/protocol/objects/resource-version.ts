import type { KubernetesObject } from './kubernetes-object.ts';

const decimal = /^[1-9][0-9]*$/;

/**
 * Compares two resource versions of one resource: negative, zero or positive; `undefined` where they cannot be ordered.
 *
 * Versions are decimals of any length without leading zero (KEP-5504), so they are compared as text, never as numbers.
 * Anything else (aggregated APIs may use any text) is opaque: equal texts are equal, different ones are not comparable.
 * The answer means nothing across resources, which may be stored in different etcds.
 */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (!decimal.test(a) || !decimal.test(b)) return undefined;
  return a.length - b.length || (a < b ? -1 : 1);
}

/** The version of an object, empty where it has none; also of what is no object, which is for others to refuse. */
export function resourceVersionOf(object: KubernetesObject): string {
  const given = object as { metadata?: { resourceVersion?: string } | null } | null | undefined;
  return given?.metadata?.resourceVersion ?? '';
}
