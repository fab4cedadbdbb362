import { isSecret } from '../protocol/objects/is-secret.ts';
import {
  commonParts,
  type Fields,
  flat,
  indexOfPart,
  isNode,
  mostParts,
  type Node,
  type Part,
} from './common-parts.ts';

/**
 * A parser of JSON texts with one Kubernetes object each: what `JSON.parse` gives, or its SyntaxError. `within` is the
 * member that holds the object, as `object` does in a watch frame; unset, the text is the object.
 */
export type JsonParser = (text: string, within?: string) => unknown;

/** A parser that knows nothing: `JSON.parse`. */
export const parseJson: JsonParser = (text) => JSON.parse(text) as unknown;

/** What two objects of an owner had in common: it is looked for in the others. */
interface Likeness {
  parts: readonly Part[];
  /** Characters of the parts, also of those that were given up. */
  readonly length: number;
  /** Characters that are kept for them, those of their places included. */
  readonly held: number;
}

/** An owner, and the kinds of its objects: those of before and after a change of what made them, for example. */
interface Owner {
  /** The last that was taken is the first. */
  readonly likenesses: Likeness[];
  /** An object that is like no other so far, for comparison with the next ones. */
  odd: WeakRef<Node> | undefined;
  /** With how many it has been compared. */
  compared: number;
  /** How many came that are like no other, since the last comparison. */
  oddities: number;
  /** How many have to come before the next. */
  patience: number;
}

/** So often in a row, and a part is given up. */
const mostMisses = 8;
const mostLikenesses = 3;
/** An object of a kind has this share of what its kind has in common, */
const ofLikeness = 0.75;
/** and that is this share of the object. Of less there may be a better likeness, of two that are more alike. */
const ofText = 0.5;
/** Parts that are not in a text are looked for in so many times its length, for each likeness. */
const mostSearched = 8;
/** A likeness that has not so much more of an object than the best before is not worth a search of its own. */
const better = 1.1;
/** What is compared may be of different kinds. */
const mostCompared = 3;
/** Those that are all different are compared ever more seldom. */
const leastPatience = 8;
const mostPatience = 1024;
/** A uid has 36 characters. */
const longestUid = 64;

/** Options of {@link siblingParser}. */
export interface SiblingParserOptions {
  /** So many characters of common parts and of the keys that lead to them are kept, the newest. Default 4 Mi, what a thousand owners of pods need. */
  readonly maxLength?: number;
  /**
   * So many objects of an owner come before two are compared. Default 8: a comparison takes as long as it saves in three to
   * five others, and most owners have few.
   */
  readonly patience?: number;
}

/**
 * A parser that knows the texts before. Objects of one controlling owner, such as the pods of a ReplicaSet, are alike for
 * the most part: what two of them have in common is not parsed where the same text comes again, but taken over. Of a pod's
 * 8 kB that is two thirds. An owner may have objects of three kinds, as after a change of what makes them.
 *
 * The result equals that of `JSON.parse`, the order of keys included, but it may hold frozen parts that other results
 * hold too. The parser keeps those parts, text and value, of as many owners as `maxLength` allows, also when
 * the objects are gone; of what says that it is a Secret it keeps nothing.
 */
export function siblingParser({ maxLength = 4 * 1024 * 1024, patience = 8 }: SiblingParserOptions = {}): JsonParser {
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

  /** Keeps an object that is like no other, or compares it with the one that was kept. */
  function learn(uid: string, owner: Owner, object: unknown, text: string, known: number): void {
    if (!isNode(object) || isSecret(object)) return;
    owner.oddities += 1;
    if (owner.oddities < owner.patience) {
      if (!owners.has(uid)) put(uid, owner);
      return;
    }
    forget(uid);
    const odd = owner.odd?.deref();
    if (odd === undefined) {
      owner.odd = new WeakRef(object);
    } else {
      const parts = commonParts(odd, object, text);
      const likeness = { parts, length: textLength(parts), held: heldLength(parts) };
      if (likeness.length > better * known) owner.likenesses.unshift(likeness);
      owner.likenesses.splice(mostLikenesses);
      owner.compared += 1;
      if (likeness.length >= ofText * text.length || owner.compared === mostCompared) {
        owner.odd = undefined;
        owner.compared = owner.oddities = 0;
        owner.patience = Math.min(Math.max(owner.patience * 2, leastPatience), mostPatience);
      }
    }
    put(uid, owner);
  }

  return (text, within) => {
    const uid = ownerIn(text);
    if (uid === undefined) return JSON.parse(text) as unknown;
    const owner = owners.get(uid) ?? { likenesses: [], odd: undefined, compared: 0, oddities: 0, patience };
    const cut = bestCut(owner.likenesses, text);
    const value = cut === undefined ? (JSON.parse(text) as unknown) : parseCut(cut, text, within);
    if (cut !== undefined && hasMost(cut)) remember(cut, owner.likenesses);
    if (cut === undefined || !isEnough(cut, text)) learn(uid, owner, objectIn(value, within), text, cut?.length ?? 0);
    return value;
  };
}

function objectIn(value: unknown, within: string | undefined): unknown {
  return within === undefined || !isNode(value) ? value : (value as Fields)[within];
}

function textLength(parts: readonly Part[]): number {
  return parts.reduce((sum, { text }) => sum + text.length, 0);
}

// A key may be as long as any text, and is kept by the place of a part.
function heldLength(parts: readonly Part[]): number {
  return parts.reduce((sum, { path }) => sum + path.reduce((length, key) => length + key.length, 0), textLength(parts));
}

// What an entry takes by itself is an estimate.
function lengthOf({ likenesses }: Owner): number {
  return likenesses.reduce((sum, { held }) => sum + held, 256);
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

// They stand for the parts in a text from which these were cut out. Only an escape can put the first character into a value,
// and there is one way to write that, so a text without it has none of them.
const mark = '\\u0001';
const placeholders: readonly string[] = Array.from({ length: mostParts }, (_, index) => `\u0001${index}`);
const placeholdersInJson: readonly string[] = placeholders.map((placeholder) => JSON.stringify(placeholder));

/** A text without the parts of a likeness. */
interface Cut {
  readonly likeness: Likeness;
  readonly found: readonly Part[];
  /** Characters that were cut out. */
  readonly length: number;
  /** What is left, with placeholders. */
  readonly rest: string;
}

function hasMost({ length, likeness }: Cut): boolean {
  return length >= ofLikeness * likeness.length;
}

function isEnough(cut: Cut, text: string): boolean {
  return hasMost(cut) && cut.length >= ofText * text.length;
}

/** By the first likeness of which there is enough, else by the one of which there is most. */
function bestCut(likenesses: readonly Likeness[], text: string): Cut | undefined {
  if (text.includes(mark)) return undefined;
  let best: Cut | undefined;
  for (const likeness of likenesses) {
    const cut = cutBy(likeness, text);
    if (isEnough(cut, text)) return cut;
    if (best === undefined || cut.length > best.length) best = cut;
  }
  return best;
}

/**
 * Cuts the known parts out. A part's text has a quotation mark first, or after its brackets. In a string that would be the
 * end of the string, and what comes next would be no JSON; so where the text is found, it is a value.
 */
function cutBy(likeness: Likeness, text: string): Cut {
  const found: Part[] = [];
  let length = 0;
  let rest = '';
  let from = 0;
  let searched = 0;
  for (const part of likeness.parts) {
    if (searched > mostSearched * text.length) break;
    const at = indexOfPart(text, part.text, part.start, from);
    if (at === -1) {
      searched += text.length - from;
      continue;
    }
    rest += text.slice(from, at + part.valueAt) + (placeholdersInJson[found.length] as string);
    from = at + part.text.length;
    length += part.text.length;
    found.push(part);
  }
  return { likeness, found, length, rest: rest + text.slice(from) };
}

/** Parses the rest and puts the values in. If one is that of another place, its placeholder is not there, and all is parsed. */
function parseCut({ found, rest }: Cut, text: string, within: string | undefined): unknown {
  if (found.length === 0) return JSON.parse(text);
  try {
    const value: unknown = JSON.parse(rest);
    const object = objectIn(value, within);
    if (found.every((part, index) => isPutInto(object, part, placeholders[index] as string))) return value;
  } catch {
    // Whatever is wrong with the text, its own parsing tells.
  }
  return JSON.parse(text);
}

/** Takes the likeness first from now on, and gives up what is no longer in its objects. */
function remember({ likeness, found }: Cut, likenesses: Likeness[]): void {
  if (likenesses[0] !== likeness) {
    likenesses.splice(likenesses.indexOf(likeness), 1);
    likenesses.unshift(likeness);
  }
  if (found.length === likeness.parts.length) {
    for (const part of likeness.parts) part.misses = 0;
    return;
  }
  const present = new Set(found);
  for (const part of likeness.parts) part.misses = present.has(part) ? 0 : part.misses + 1;
  if (likeness.parts.some(({ misses }) => misses > mostMisses))
    likeness.parts = likeness.parts.filter(({ misses }) => misses <= mostMisses);
}

/** False where the placeholder is not at its place; nothing is changed then. */
function isPutInto(object: unknown, { path, value }: Part, placeholder: string): boolean {
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
