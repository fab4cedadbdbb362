import { commonParts } from './common-parts.ts';
import { ownerInText } from './controlling-owner.ts';
import { isSecret } from './is-secret.ts';
import { isNode, type JsonNode } from './json-node.ts';
import { RecentMap } from './recent-map.ts';
import { standaloneText } from './standalone-text.ts';
import {
  bestMatch,
  coversHalf,
  fits,
  hasMostOfTemplate,
  objectIn,
  parseMatch,
  rememberMatch,
  type Template,
  templateOf,
} from './template.ts';

/**
 * A parser of JSON texts with one Kubernetes object each. It returns the value of `JSON.parse` or throws its SyntaxError.
 * `within` is the member that holds the object: `object` in a watch frame. Unset, the text is the object.
 */
export type JsonParser = (text: string, within?: string) => unknown;

/** A parser without a memory: `JSON.parse`. */
export const parseJson: JsonParser = (text) => JSON.parse(text) as unknown;

/** What is known of the objects of one owner. */
interface Owner {
  /** One template for each kind of object, as before and after a change of what makes them. The last used one is first. */
  readonly templates: Template[];
  /** An object that no template fits. The next such objects are compared with it. */
  sample: WeakRef<JsonNode> | undefined;
  /** The number of objects that were compared with the sample. */
  comparisons: number;
  /** The number of objects without a template since the last template was made. */
  unmatched: number;
  /** The number of such objects after which two are compared. */
  compareAfter: number;
}

/** An owner has 3 templates at most. */
const mostTemplates = 3;
/** A new template is kept if it covers 10% more of an object than the best one before. */
const better = 1.1;
/** A sample is compared with 3 objects at most: they may be of other kinds. */
const mostComparisons = 3;
/** `compareAfter` doubles with each comparison within these limits, so objects that are all different cost ever less. */
const leastCompareAfter = 8;
const mostCompareAfter = 1024;
/** The memory that an entry takes besides the characters of its parts: an estimate, in characters. */
const lengthOfEntry = 256;

/** Options of {@link siblingParser}. */
export interface SiblingParserOptions {
  /**
   * The most characters that are kept, in common parts and in the keys that lead to them; the newest stay. Default 4 Mi,
   * which a thousand owners of pods need.
   */
  readonly maxLength?: number;
  /**
   * The number of objects of an owner after which two are compared. Default 8: a comparison takes as long as it saves in
   * three to five other objects, and most owners have few.
   */
  readonly compareAfter?: number;
}

/**
 * A parser that remembers the parts that texts have in common. The objects of one controlling owner, such as the pods of a
 * ReplicaSet, are mostly alike. Two of them are compared, and the text of a part that they have in common is not parsed
 * again in the others: its value is put in. That is two thirds of a pod of 8 kB.
 *
 * The result equals that of `JSON.parse`, the order of keys included. It may hold frozen parts that other results hold too.
 * The parser keeps those parts, text and value, for as many owners as `maxLength` allows, also after the objects are gone.
 * It keeps nothing of an object that says that it is a Secret, see {@link isSecret}.
 */
export function siblingParser({
  maxLength = 4 * 1024 * 1024,
  compareAfter = 8,
}: SiblingParserOptions = {}): JsonParser {
  const owners = new RecentMap<Owner>(maxLength);

  function keep(uid: string, owner: Owner): void {
    const length = owner.templates.reduce((sum, { held }) => sum + held, lengthOfEntry);
    owners.set(standaloneText(uid), owner, length);
  }

  /** Takes an object that no template fits as the sample, or compares it with the sample. */
  function learn(uid: string, owner: Owner, object: unknown, text: string, covered: number): void {
    if (!isNode(object) || isSecret(object)) return;
    owner.unmatched += 1;
    if (owner.unmatched < owner.compareAfter) {
      if (!owners.has(uid)) keep(uid, owner);
      return;
    }
    const sample = owner.sample?.deref();
    if (sample === undefined) owner.sample = new WeakRef(object);
    else compare(owner, templateOf(commonParts(sample, object, text)), text, covered);
    keep(uid, owner);
  }

  return (text, within) => {
    const uid = ownerInText(text);
    if (uid === undefined) return JSON.parse(text) as unknown;
    const owner = owners.get(uid) ?? newOwner(compareAfter);
    const match = bestMatch(owner.templates, text);
    const value = match === undefined ? (JSON.parse(text) as unknown) : parseMatch(match, text, within);
    if (match !== undefined && hasMostOfTemplate(match)) rememberMatch(match, owner.templates);
    if (match === undefined || !fits(match, text)) learn(uid, owner, objectIn(value, within), text, match?.length ?? 0);
    return value;
  };
}

function newOwner(compareAfter: number): Owner {
  return { templates: [], sample: undefined, comparisons: 0, unmatched: 0, compareAfter };
}

/** Takes a template of the sample and another object if it is better than the one that covers `covered` characters. */
function compare(owner: Owner, template: Template, text: string, covered: number): void {
  if (template.length > better * covered) owner.templates.unshift(template);
  owner.templates.splice(mostTemplates);
  owner.comparisons += 1;
  if (!coversHalf(template, text) && owner.comparisons < mostComparisons) return;
  owner.sample = undefined;
  owner.comparisons = owner.unmatched = 0;
  owner.compareAfter = Math.min(Math.max(owner.compareAfter * 2, leastCompareAfter), mostCompareAfter);
}
