/**
 * True for what JSON and object literals are made of; arrays and instances of classes are none. One of another realm counts,
 * because the prototype of its prototype is `null` as well.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
