/**
 * Returns the function, or throws a TypeError that names it: at once, because what is called for each object later would
 * fail for each of them.
 */
export function checkedFunction<F>(name: string, given: F): F {
  if (typeof given !== 'function') {
    throw new TypeError(
      `${name} is ${given === null ? 'null' : `of type ${typeof given}`}; it takes a function. Nothing was started.`,
    );
  }
  return given;
}
