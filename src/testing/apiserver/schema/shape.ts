import { DecodeFault } from '../objects/decoded-object.ts';
import { withoutBigInts } from '../objects/go-numbers.ts';
import { isJsonObject, setOwn } from '../objects/json-object.ts';

/**
 * Reads a JSON value as a Go type does: what it does not know is left out, a null is as if it were absent.
 *
 * @param where - The path of the value.
 * @param owner - The Go type of the object that it is in.
 */
export type Shape = (value: unknown, where: string, owner: string) => unknown;

function goType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function mismatch(value: unknown, where: string, type: string): never {
  throw new DecodeFault(`json: cannot unmarshal ${goType(value)} into Go struct field ${where} of type ${type}`);
}

function plain(fits: (value: unknown) => boolean, type: string): Shape {
  return (value, where, owner) => (fits(value) ? value : mismatch(value, `${owner}.${where}`, type));
}

function numeric(fits: (value: unknown) => boolean, type: string): Shape {
  const read = plain(fits, type);
  return (value, where, owner) => read(typeof value === 'bigint' ? withoutBigInts(value) : value, where, owner);
}

/** A string. */
export const text: Shape = plain((value) => typeof value === 'string', 'string');
/** A boolean. */
export const flag: Shape = plain((value) => typeof value === 'boolean', 'bool');
/** An integer; one that is too long for a number becomes the nearest one. */
export const integer: Shape = numeric(Number.isInteger, 'int64');
/** Any number. */
export const decimal: Shape = numeric((value) => typeof value === 'number', 'float64');
/** Whatever it is. */
export const anything: Shape = (value) => value;

/** A list of values of a shape. */
export function listOf(item: Shape, type: string): Shape {
  return (value, where, owner) =>
    Array.isArray(value)
      ? value.map((each: unknown) => item(each, where, owner))
      : mismatch(value, `${owner}.${where}`, type);
}

/** An object whose members all have one shape. */
export function mapOf(member: Shape, type: string): Shape {
  return (value, where, owner) => {
    if (!isJsonObject(value)) return mismatch(value, `${owner}.${where}`, type);
    const read: Record<string, unknown> = {};
    for (const [name, each] of Object.entries(value)) if (each !== null) setOwn(read, name, member(each, where, owner));
    return read;
  };
}

/** An object with members of known names; they are asked for when they are needed, since shapes may contain themselves. */
export function structOf(type: string, members: () => Readonly<Record<string, Shape>>): Shape {
  return (value, where, owner) => {
    if (!isJsonObject(value)) return mismatch(value, `${owner}.${where}`, type);
    const shapes = members();
    const read: Record<string, unknown> = {};
    for (const [name, each] of Object.entries(value)) {
      if (each === null || !Object.hasOwn(shapes, name)) continue;
      read[name] = shapes[name]?.(each, `${where}.${name}`, type.replace('v1.', ''));
    }
    return read;
  };
}

/** One of two shapes, by what the value is. */
export function either(isFirst: (value: unknown) => boolean, first: Shape, second: Shape): Shape {
  return (value, where, owner) => (isFirst(value) ? first : second)(value, where, owner);
}
