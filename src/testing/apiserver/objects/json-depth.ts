/**
 * The deepest that a body or an object may be nested. A kube-apiserver takes 10,000 levels (`sigs.k8s.io/json`,
 * maxNestingDepth); what compares and prints objects here is recursive, and the stack ends before that.
 */
export const maxDepth = 500;

/** Whether a JSON value is nested deeper than that, or than the given number of levels. */
export function isTooDeep(value: unknown, levels: number = maxDepth): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (isTooDeep(item, levels - 1)) return true;
    return false;
  }
  // Object.values would make an array for each object of each body.
  for (const key of Object.keys(value)) if (isTooDeep((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
