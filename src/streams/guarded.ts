/** Wraps a step that may throw, because it calls a function of a user. `fail` gets what it throws; nothing is thrown. */
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
