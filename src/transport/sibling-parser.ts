/**
 * A parser of JSON texts with one Kubernetes object each: what `JSON.parse` gives, or its SyntaxError. `within` is the
 * member that holds the object, as `object` does in a watch frame; unset, the text is the object.
 */
export type JsonParser = (text: string, within?: string) => unknown;

/** A parser that knows nothing: `JSON.parse`. */
export const parseJson: JsonParser = (text) => JSON.parse(text) as unknown;

/** A part that the objects of an owner have in common. */
interface Part {
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
}

/** An owner of which one object was seen, or two: what these had in common is looked for in the others. */
type Owner = { readonly first: WeakRef<Node> } | { readonly parts: readonly Part[]; readonly length: number };

/** Shorter parts are not worth the search; what a pod's siblings share has between 80 and 2500 characters. */
const shortestPart = 64;
const mostParts = 32;
/** What lies deeper is not looked at: no Kubernetes object is that deep, and nothing overflows the stack. */
const deepest = 50;
/** So often in a row, and a part is given up; an owner with less than half of its parts, too. */
const mostMisses = 8;
/** A uid has 36 characters. */
const longestUid = 64;

/** Options of {@link siblingParser}. */
export interface SiblingParserOptions {
  /** So many characters of common parts are kept, the newest. Default 4 Mi, what a thousand owners of pods need. */
  readonly maxLength?: number;
}

/**
 * A parser that knows the texts before. Objects of one controlling owner, such as the pods of a ReplicaSet,
 * are alike for the most part: what two of them have in common is not parsed where the same text comes again, but taken
 * over. Of a pod's 8 kB three quarters are.
 *
 * The result equals that of `JSON.parse`, the order of keys included, but it may hold frozen parts that other results
 * hold too. The parser keeps those parts, text and value, of as many owners as `maxLength` allows.
 */
export function siblingParser({ maxLength = 4 * 1024 * 1024 }: SiblingParserOptions = {}): JsonParser {
  const owners = new Map<string, Owner>();
  let length = 0;

  function put(uid: string, owner: Owner): void {
    forget(uid);
    // A part of a text would keep all of it in memory.
    owners.set(flat(uid), owner);
    length += lengthOf(owner);
    for (const oldest of owners.keys()) {
      if (length <= maxLength) return;
      forget(oldest);
    }
  }

  function forget(uid: string): void {
    const owner = owners.get(uid);
    if (owner === undefined) return;
    length -= lengthOf(owner);
    owners.delete(uid);
  }

  /** An object of an owner of which at most one is known, and alive. */
  function learn(uid: string, text: string, within: string | undefined, first: Node | undefined): unknown {
    const value: unknown = JSON.parse(text);
    const object = objectIn(value, within);
    if (!isNode(object)) return value;
    if (first === undefined) {
      put(uid, { first: new WeakRef(object) });
    } else {
      const parts = commonParts(first, object, text);
      put(uid, { parts, length: textLength(parts) });
    }
    return value;
  }

  return (text, within) => {
    const uid = ownerIn(text);
    if (uid === undefined) return JSON.parse(text) as unknown;
    const owner = owners.get(uid);
    if (owner === undefined || 'first' in owner) return learn(uid, text, within, owner?.first.deref());
    const { parts, length: known } = owner;
    const value = parseWith(parts, text, within);
    if (parts.some(({ misses }) => misses > mostMisses)) {
      const current = parts.filter(({ misses }) => misses <= mostMisses);
      if (textLength(current) > known / 2) owners.set(uid, { parts: current, length: known });
      else forget(uid);
    }
    return value;
  };
}

function objectIn(value: unknown, within: string | undefined): unknown {
  return within === undefined || !isNode(value) ? value : (value as Fields)[within];
}

function textLength(parts: readonly Part[]): number {
  return parts.reduce((sum, { text }) => sum + text.length, 0);
}

// An estimate for an owner without parts: what its entry takes.
function lengthOf(owner: Owner): number {
  return 'first' in owner ? 256 : owner.length;
}

/** The uid of what is probably the owner. A wrong guess costs time, nothing else. */
function ownerIn(text: string): string | undefined {
  const owners = text.indexOf('"ownerReferences":[{');
  if (owners === -1) return undefined;
  const before = '"uid":"';
  const start = text.indexOf(before, owners) + before.length;
  const end = text.indexOf('"', start);
  return start < before.length || end - start > longestUid ? undefined : text.slice(start, end);
}

// They stand for the parts in a text from which these were cut out, so a text must not have them.
const token = 'a part that kuberx knows ';

/**
 * Cuts the known parts out, parses the rest, and puts their values in. A part's text has a quotation mark first, or after
 * its brackets. In a string that would be the end of the string, and what comes next would be no JSON; so where the text
 * is found, it is a value. If it is one of another place, its placeholder is not at its own, and all is parsed.
 */
function parseWith(parts: readonly Part[], text: string, within: string | undefined): unknown {
  if (text.includes(token)) return JSON.parse(text);
  const found: Found[] = [];
  let rest = '';
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part.text, from);
    if (at === -1) {
      part.misses += 1;
      continue;
    }
    part.misses = 0;
    const placeholder = `${token}${found.length}`;
    rest += `${text.slice(from, at + part.valueAt)}"${placeholder}"`;
    from = at + part.text.length;
    found.push({ path: part.path, placeholder, value: part.value });
  }
  if (found.length === 0) return JSON.parse(text);
  try {
    const value: unknown = JSON.parse(rest + text.slice(from));
    const object = objectIn(value, within);
    if (found.every((each) => isPutInto(object, each))) return value;
  } catch {
    // Whatever is wrong with the text, its own parsing tells.
  }
  return JSON.parse(text);
}

interface Found {
  readonly path: readonly string[];
  readonly placeholder: string;
  readonly value: object;
}

/** False where the placeholder is not at its place; nothing is changed then. */
function isPutInto(object: unknown, { path, placeholder, value }: Found): boolean {
  let node = object;
  let place: Fields | undefined;
  let last = '';
  for (const key of path) {
    if (!isNode(node)) return false;
    place = node as Fields;
    last = key;
    node = place[key];
  }
  if (node !== placeholder || place === undefined) return false;
  place[last] = value;
  return true;
}

/** The largest parts that both have at the same place, as they are written in the text of the second. */
function commonParts(first: Node, second: Node, text: string): Part[] {
  const parts: Part[] = [];

  function visit(a: unknown, b: unknown, path: readonly string[], before: string): void {
    if (!isNode(a) || !isNode(b) || Array.isArray(a) !== Array.isArray(b)) return;
    if (path.length > deepest || parts.length === mostParts) return;
    const written = JSON.stringify(a);
    if (written.length < shortestPart) return;
    if (path.length > 0 && written === JSON.stringify(b)) {
      const known = [before + written, escapedAsInGo(before + written)].find((each) => text.includes(each));
      if (known === undefined || !startsWithMark.test(known)) return;
      freeze(a);
      parts.push({ text: flat(known), valueAt: before.length, path, value: a, misses: 0 });
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
    visit(first, second, [], '');
    return parts;
  } catch (error) {
    // Nested too deep to be written, or frozen.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const startsWithMark = /^[[{]*"/u;

type Fields = Record<string, unknown>;
type Node = Fields | unknown[];

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** Go writes these characters escaped, JavaScript does not. */
function escapedAsInGo(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A copy that stands alone: what is sliced or joined refers to what it was made of. */
function flat(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  for (const child of Object.values(value)) freeze(child);
  Object.freeze(value);
}
