/** `T` without `readonly`, at every depth: the type of a private copy. */
export type Mutable<T> = { -readonly [Key in keyof T]: MutableValue<T[Key]> };

/** A part of a {@link Mutable} value. Functions and `unknown` stay as they are. */
export type MutableValue<T> = T extends (...args: never) => unknown ? T : T extends object ? Mutable<T> : T;
