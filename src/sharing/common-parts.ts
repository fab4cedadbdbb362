import { deepestRecursion } from '../protocol/objects/deepest-recursion.ts';

/** A JSON object or array. */
export type Node = Fields | unknown[];
/** The members of an object, or of an array by their indexes. */
export type Fields = Record<string, unknown>;

/** A part that the objects of an owner have in common. */
export interface Part {
  /** Its text, with its key where it has one. */
  readonly text: string;
  /** Where the value begins in that text. */
  readonly valueAt: number;
  /** Keys from the object on, and indexes as text. */
  readonly path: readonly string[];
  /** Frozen. */
  readonly value: object;
  /** How often in a row it was not there. */
  misses: number;
  /** What that text begins with. */
  readonly start: string;
}

/** Shorter parts are not worth the search; what a pod's siblings share has between 80 and 2500 characters. */
const shortestPart = 64;
/** So many parts two objects have at most. */
export const mostParts = 32;
/** A part is not found behind so many places where others begin as it does. */
const mostOthers = 8;
/** Values that are not in a text are looked for in so many times its length: it may have them written otherwise. */
const mostSearched = 8;

/**
 * The largest parts that both have at the same place, as they are written in the text of the second and in its order.
 *
 * It takes time in proportion to both: each value is compared once, each part written once, and looked for behind the one
 * before. What is nested deeper than {@link deepestRecursion} is different.
 */
export function commonParts(first: Node, second: Node, text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let searched = 0;
  try {
    const asInText = escapesOfGo.test(text) ? escapedAsInGo : (written: string): string => written;
    for (const { value, place } of equalNodes(first, second)) {
      if (parts.length === mostParts || searched > mostSearched * text.length) break;
      const before = place.isInArray ? '' : asInText(`${JSON.stringify(place.key)}:`);
      const written = before + asInText(JSON.stringify(value));
      if (!startsWithMark.test(written)) continue;
      const start = flat(written.slice(0, shortestPart));
      const at = indexOfPart(text, written, start, from);
      if (at === -1) {
        searched += text.length - from;
        continue;
      }
      from = at + written.length;
      freeze(value);
      parts.push({ text: flat(written), valueAt: before.length, path: pathOf(place), value, misses: 0, start });
    }
    return parts;
  } catch {
    // Whoever has the first may have put anything into it.
    return [];
  }
}

/** Where a value is in an object, read from the value on. */
interface Place {
  readonly key: string;
  readonly isInArray: boolean;
  readonly parent: Place | undefined;
}

function pathOf(place: Place): readonly string[] {
  const path: string[] = [];
  for (let each: Place | undefined = place; each !== undefined; each = each.parent) path.push(each.key);
  return path.reverse();
}

interface EqualNode {
  /** That of the first. */
  readonly value: Node;
  readonly place: Place;
}

const different = -1;

/** The largest nodes within both that are equal and at the same place, in the order of the second. */
function equalNodes(first: Node, second: Node): readonly EqualNode[] {
  const found: EqualNode[] = [];

  /** The length of their text, but for escapes; `found` is the largest equal node, or several where they are different. */
  function compare(a: Node, b: Node, place: Place | undefined, depth: number): number {
    // Whoever has the first object may have put in what is written like it.
    if (depth > deepestRecursion || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return different;
    const isInArray = Array.isArray(b);
    const others = Object.keys(a);
    // Those of an array that was parsed are its indexes.
    const keys = isInArray ? [] : Object.keys(b);
    const count = Array.isArray(b) ? b.length : keys.length;
    const before = found.length;
    let isSame = count === others.length;
    let length = 1;
    for (let index = 0; index < count; index++) {
      const key = keys[index] ?? String(index);
      isSame &&= key === others[index];
      if (!isSame && !Object.hasOwn(a, key)) continue;
      const [x, y] = [(a as Fields)[key], (b as Fields)[key]];
      const within = found.length;
      const size =
        isNode(x) && isNode(y) ? compare(x, y, { key, isInArray, parent: place }, depth + 1) : lengthOfSame(x, y);
      // To write to that key would change the prototype.
      if (key === '__proto__') found.length = within;
      if (size === different) isSame = false;
      else length += size + (isInArray ? 1 : key.length + 4);
    }
    if (!isSame) return different;
    if (place !== undefined) {
      found.length = before;
      if (length >= shortestPart) found.push({ value: a, place });
    }
    return length;
  }

  compare(first, second, undefined, 0);
  return found;
}

/** Different, too, are numbers that are not written as what they are: -0, and what no number can hold. */
function lengthOfSame(a: unknown, b: unknown): number {
  if (a !== b || (typeof a === 'number' && (!Number.isFinite(a) || Object.is(a, -0) || Object.is(b, -0)))) {
    return different;
  }
  return typeof a === 'string' ? a.length + 2 : String(a).length;
}

const startsWithMark = /^[[{]*"/u;

/** True for an object or array. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

const escapesOfGo = /\\u(?:003[ce]|0026|202[89])/u;

/** Go writes these characters escaped, JavaScript does not. */
function escapedAsInGo(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A copy that stands alone: what is sliced or joined refers to what it was made of. */
export function flat(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function freeze(value: unknown): void {
  if (!isNode(value)) return;
  for (const child of Object.values(value)) freeze(child);
  Object.freeze(value);
}

/**
 * Where a part is in a text, by its start: to look for that, and to compare all of it there, is a third faster than to look
 * for all of it, which takes the product of both lengths where they repeat themselves. Not behind so many other starts.
 */
export function indexOfPart(text: string, part: string, start: string, from: number): number {
  let at = text.indexOf(start, from);
  for (let others = 0; at !== -1 && text.slice(at, at + part.length) !== part; others++)
    at = others === mostOthers ? -1 : text.indexOf(start, at + 1);
  return at;
}
