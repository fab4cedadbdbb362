/**
 * True for the objects of JSON and for object literals; false for arrays and for instances of classes. An object of another
 * realm counts, because the prototype of its prototype is `null` as well.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
