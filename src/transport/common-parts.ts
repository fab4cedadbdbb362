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
/** What is nested deeper is not compared: no Kubernetes object is, and to write it takes the square of its depth. */
const deepest = 100;
/** So many values are looked for in a text, found or not: it may have them written otherwise than JavaScript does. */
const mostSearches = 100;
/** So many times the length of its text is written to compare an object: what differs is written again at each depth. */
const mostWritten = 16;

/** The largest parts that both have at the same place, as they are written in the text of the second. */
export function commonParts(first: Node, second: Node, text: string): Part[] {
  const parts: Part[] = [];
  let searches = 0;
  let length = 0;

  function isIn(each: string): boolean {
    searches += 1;
    return indexOfPart(text, each, each.slice(0, shortestPart), 0) !== -1;
  }

  function visit(a: unknown, b: unknown, path: readonly string[], before: string): void {
    if (!isNode(a) || !isNode(b) || Array.isArray(a) !== Array.isArray(b)) return;
    if (parts.length === mostParts) return;
    if (searches >= mostSearches || length > mostWritten * text.length) return;
    const written = JSON.stringify(a);
    length += written.length;
    if (written.length < shortestPart) return;
    if (path.length > 0 && written === JSON.stringify(b)) {
      const known = [before + written, escapedAsInGo(before + written)].find(isIn);
      if (known === undefined || !startsWithMark.test(known)) return;
      // Whoever has the first object may have put in what is written like it.
      if (!isSame(a, b)) return;
      freeze(a);
      parts.push({
        text: flat(known),
        valueAt: before.length,
        path,
        value: a,
        misses: 0,
        start: flat(known.slice(0, shortestPart)),
      });
      return;
    }
    for (const key of Object.keys(a)) {
      // To write to that key would change the prototype.
      if (key === '__proto__' || !Object.hasOwn(b, key)) continue;
      const keyText = Array.isArray(a) ? '' : `${JSON.stringify(key)}:`;
      visit((a as Fields)[key], (b as Fields)[key], [...path, key], keyText);
    }
  }

  try {
    if (!isDeeper(first, deepest) && !isDeeper(second, deepest)) visit(first, second, [], '');
    return parts;
  } catch {
    // Whoever has the first may have put anything into it.
    return [];
  }
}

const startsWithMark = /^[[{]*"/u;

/** True for an object or array. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function isDeeper(value: unknown, depth: number): boolean {
  return isNode(value) && (depth === 0 || Object.values(value).some((each) => isDeeper(each, depth - 1)));
}

/** False too for the numbers that are not written as what they are: -0, and what no number can hold. */
function isSame(a: unknown, b: unknown): boolean {
  if (!isNode(a) || !isNode(b))
    return a === b && (typeof a !== 'number' || (Number.isFinite(a) && !Object.is(a, -0) && !Object.is(b, -0)));
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    Object.getPrototypeOf(a) === Object.getPrototypeOf(b) &&
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSame((a as Fields)[key], (b as Fields)[key]))
  );
}

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
