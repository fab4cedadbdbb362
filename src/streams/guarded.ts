/** A step that may throw, because it calls what a user gave: what it throws goes to `fail`, and never further. */
export function guarded<A extends unknown[]>(
  step: (...args: A) => void,
  fail: (cause: unknown) => void,
): (...args: A) => void {
  return (...args) => {
    try {
      step(...args);
    } catch (cause) {
      fail(cause);
    }
  };
}
