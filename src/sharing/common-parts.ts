import { deepestRecursion } from '../protocol/objects/deepest-recursion.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type Fields, isNode, type JsonNode } from './json-node.ts';
import { indexOfPart, mostParts, mostSearched, type Part, shortestPart, startOf } from './part.ts';
import { standaloneText } from './standalone-text.ts';

/**
 * The largest parts that two objects have in common at the same place, in the order of the second object and as its `text`
 * has them. Freezes the parts of the first object.
 *
 * The time is proportional to both: each value is compared once, and each part is written once and looked for behind the
 * part before it. Parts deeper than {@link deepestRecursion} count as different.
 */
export function commonParts(first: JsonNode, second: JsonNode, text: string): Part[] {
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
      const start = startOf(written);
      const at = indexOfPart(text, written, start, from);
      if (at === -1) {
        searched += text.length - from;
        continue;
      }
      from = at + written.length;
      deepFreeze(value);
      const part = { text: standaloneText(written), start, valueAt: before.length, path: pathOf(place) };
      parts.push({ ...part, value, misses: 0 });
    }
    return parts;
  } catch {
    // The program may have put a value into the first object that cannot be written.
    return [];
  }
}

/** The place of a value in an object, from the value up to the root. */
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
  /** The node of the first object. */
  readonly value: JsonNode;
  readonly place: Place;
}

const different = -1;

/** The largest equal nodes at the same place in both, in the order of the second. */
function equalNodes(first: JsonNode, second: JsonNode): readonly EqualNode[] {
  const found: EqualNode[] = [];

  /**
   * Returns the length of the common text, without escapes, or `different`. Adds to `found` the node if it is equal, or
   * its largest equal parts.
   */
  function compare(a: JsonNode, b: JsonNode, place: Place | undefined, depth: number): number {
    // The program may have put another kind of object into the first one, which is written the same.
    if (depth > deepestRecursion || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return different;
    const isInArray = Array.isArray(b);
    const others = Object.keys(a);
    // The keys of a parsed array are its indexes.
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
      // A part is put in by writing to its key, and writing to this one would change the prototype.
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

/** Numbers that JSON does not write as they are, -0 and infinities, count as different. */
function lengthOfSame(a: unknown, b: unknown): number {
  if (a !== b || (typeof a === 'number' && (!Number.isFinite(a) || Object.is(a, -0) || Object.is(b, -0)))) {
    return different;
  }
  return typeof a === 'string' ? a.length + 2 : String(a).length;
}

const startsWithMark = /^[[{]*"/u;

const escapesOfGo = /\\u(?:003[ce]|0026|202[89])/u;

/** Go writes these characters escaped, JavaScript does not. */
function escapedAsInGo(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
