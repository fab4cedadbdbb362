/** `T` without its `readonly`, at every depth: what a copy is to the one who has it, where everybody else's is read-only. */
export type Mutable<T> = { -readonly [Key in keyof T]: MutableValue<T[Key]> };

/** A part of what is {@link Mutable}. Functions stay as they are, and what is `unknown`. */
export type MutableValue<T> = T extends (...args: never) => unknown ? T : T extends object ? Mutable<T> : T;
