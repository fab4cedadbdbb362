import { type Fields, isNode } from './json-node.ts';
import { indexOfPart, mostParts, mostSearched, type Part } from './part.ts';

/** The parts that two objects of an owner had in common. They are looked for in the texts of its other objects. */
export interface Template {
  parts: readonly Part[];
  /** The characters of all parts, of the dropped ones too. */
  readonly length: number;
  /** The characters that are kept for the parts: their texts, and the keys that lead to them. */
  readonly held: number;
}

/** A template fits a text if at least 75% of its characters occur in the text and make up at least half of it. */
const shareOfTemplate = 0.75;
/** The smallest part of a text that a fitting template makes up. Below it, two objects that are more alike may give a better one. */
const shareOfText = 0.5;
/** A part is dropped after 8 texts in a row without it. */
const mostMisses = 8;

/** A template of these parts. */
export function templateOf(parts: readonly Part[]): Template {
  const length = parts.reduce((sum, { text }) => sum + text.length, 0);
  // A key may be as long as any text.
  const keys = parts.reduce((sum, { path }) => sum + path.reduce((total, key) => total + key.length, 0), 0);
  return { parts, length, held: length + keys };
}

/** True if the parts of a template make up half of the text that they were found in. */
export function coversHalf({ length }: Pick<Template, 'length'>, text: string): boolean {
  return length >= shareOfText * text.length;
}

/** A text without the parts of a template that occur in it. */
export interface Match {
  readonly template: Template;
  readonly found: readonly Part[];
  /** The number of characters that were cut out. */
  readonly length: number;
  /** The rest of the text, with a placeholder for each part. */
  readonly rest: string;
}

/** True if the text has most of the template, so it belongs to an object of the same kind. */
export function hasMostOfTemplate({ length, template }: Match): boolean {
  return length >= shareOfTemplate * template.length;
}

/** True if the template fits the text. */
export function fits(match: Match, text: string): boolean {
  return hasMostOfTemplate(match) && coversHalf(match, text);
}

// A placeholder stands for each part that was cut out. JSON writes its first character as an escape, in one way, so a text
// without that escape has no placeholder of its own.
const mark = '\\u0001';
const placeholders: readonly string[] = Array.from({ length: mostParts }, (_, index) => `\u0001${index}`);
const placeholdersInJson: readonly string[] = placeholders.map((placeholder) => JSON.stringify(placeholder));

/** The match of the first template that fits, else the match with the most characters. */
export function bestMatch(templates: readonly Template[], text: string): Match | undefined {
  if (text.includes(mark)) return undefined;
  let best: Match | undefined;
  for (const template of templates) {
    const match = matchOf(template, text);
    if (fits(match, text)) return match;
    if (best === undefined || match.length > best.length) best = match;
  }
  return best;
}

/**
 * Cuts the parts of a template out of a text. The text of a part begins with a quotation mark, or with one after its
 * brackets. Within a string that mark would end the string, and the text after it would be invalid JSON. So the text of a
 * part is a value wherever it is found.
 */
function matchOf(template: Template, text: string): Match {
  const found: Part[] = [];
  let length = 0;
  let rest = '';
  let from = 0;
  let searched = 0;
  for (const part of template.parts) {
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
  return { template, found, length, rest: rest + text.slice(from) };
}

/**
 * Parses the rest of a match and puts the values of its parts in. Parses the whole text instead if a part was found at
 * another place than its own. `within` is the member that holds the object.
 */
export function parseMatch({ found, rest }: Match, text: string, within: string | undefined): unknown {
  if (found.length === 0) return JSON.parse(text);
  try {
    const value: unknown = JSON.parse(rest);
    const object = objectIn(value, within);
    if (found.every((part, index) => isPutInto(object, part, placeholders[index] as string))) return value;
  } catch {
    // The text is invalid JSON, which its own parsing tells.
  }
  return JSON.parse(text);
}

/** The object in a parsed value: its member `within`, or the value itself. */
export function objectIn(value: unknown, within: string | undefined): unknown {
  return within === undefined || !isNode(value) ? value : (value as Fields)[within];
}

/** Replaces a placeholder by the value of its part. False, with nothing changed, if the placeholder is not at that place. */
function isPutInto(object: unknown, { path, value }: Part, placeholder: string): boolean {
  let node = object;
  let parent: Fields | undefined;
  let last = '';
  for (const key of path) {
    if (!isNode(node)) return false;
    parent = node as Fields;
    last = key;
    node = parent[key];
  }
  if (node !== placeholder || parent === undefined) return false;
  parent[last] = value;
  return true;
}

/** Moves the template of a match to the front, and drops the parts that its last texts did not have. */
export function rememberMatch({ template, found }: Match, templates: Template[]): void {
  if (templates[0] !== template) {
    templates.splice(templates.indexOf(template), 1);
    templates.unshift(template);
  }
  if (found.length === template.parts.length) {
    for (const part of template.parts) part.misses = 0;
    return;
  }
  const present = new Set(found);
  for (const part of template.parts) part.misses = present.has(part) ? 0 : part.misses + 1;
  if (template.parts.some(({ misses }) => misses > mostMisses))
    template.parts = template.parts.filter(({ misses }) => misses <= mostMisses);
}
