/**
 * Returns `object`, or a value equal to it that shares its parts with `previous` or with other objects. The result is deeply
 * frozen. It saves memory and changes no value.
 */
export type Intern<T> = (previous: T | undefined, object: T) => T;
