/**
 * Returns the function, or throws a TypeError that names it. Otherwise it would fail later, for each object that it is called
 * with.
 */
export function checkedFunction<F>(name: string, given: F): F {
  if (typeof given !== 'function') {
    throw new TypeError(
      `${name} is ${given === null ? 'null' : `of type ${typeof given}`}; it takes a function. Nothing was started.`,
    );
  }
  return given;
}
