/**
 * Returns the signal, or throws a TypeError for an invalid one: it would never end anything, so the mistake must show at once.
 * A signal of another realm or of a polyfill is valid.
 */
export function checkedSignal(given: AbortSignal): AbortSignal {
  const { aborted, addEventListener, removeEventListener } = Object(given) as Partial<AbortSignal>;
  if (
    typeof aborted === 'boolean' &&
    typeof addEventListener === 'function' &&
    typeof removeEventListener === 'function'
  )
    return given;
  const kind = (given as unknown) === null ? 'null' : `of type ${typeof given}`;
  throw new TypeError(
    `signal is ${kind}; it takes an AbortSignal, such as the signal of an AbortController. Nothing was started.`,
  );
}

/** The same for a signal that need not be given. */
export function checkedSignalIfAny(given: AbortSignal | null | undefined): AbortSignal | undefined {
  return given === undefined || given === null ? undefined : checkedSignal(given);
}
