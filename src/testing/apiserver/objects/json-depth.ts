/**
 * The deepest that a body or an object may be nested. A kube-apiserver takes 10,000 levels (`sigs.k8s.io/json`,
 * maxNestingDepth); what compares and prints objects here is recursive, and the stack ends before that.
 */
export const maxDepth = 500;

/** Whether a JSON value is nested deeper than that. Not recursive itself. */
export function isTooDeep(value: unknown): boolean {
  let level = isContainer(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
