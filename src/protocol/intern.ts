/**
 * Returns `object`, or a value equal to it whose parts are shared with `previous` or with other objects, deep frozen.
 * A stage between decoding and the store: it changes memory, never meaning.
 */
export type Intern<T> = (previous: T | undefined, object: T) => T;
