import { standaloneText } from './standalone-text.ts';

/** A value that the objects of an owner have in common, with its text. */
export interface Part {
  /** The text of the value, after its key if it is the member of an object. */
  readonly text: string;
  /** The first characters of the text, by which it is looked for. */
  readonly start: string;
  /** The index in the text at which the value begins. */
  readonly valueAt: number;
  /** The way from the object to the value: keys, and indexes of arrays as text. */
  readonly path: readonly string[];
  /** Frozen. */
  readonly value: object;
  /** The number of texts in a row that did not have the part. */
  misses: number;
}

/** Two objects have 32 parts in common at most. */
export const mostParts = 32;
/** Parts shorter than 64 characters cost more to look for than they save. The parts of a pod have 80 to 2500 characters. */
export const shortestPart = 64;
/** Parts that do not occur in a text are looked for until 8 times its length has been searched. */
export const mostSearched = 8;
/** A part is not found behind more than 8 places where other text begins like it. */
const mostOthers = 8;

/** The beginning of a part's text, by which it is looked for. */
export function startOf(text: string): string {
  return standaloneText(text.slice(0, shortestPart));
}

/**
 * The index of a part in a text, or -1. It looks for the start of the part and compares the rest there. That is a third
 * faster than to look for all of it, which takes the product of both lengths where the texts repeat themselves.
 */
export function indexOfPart(text: string, part: string, start: string, from: number): number {
  let at = text.indexOf(start, from);
  for (let others = 0; at !== -1 && text.slice(at, at + part.length) !== part; others++)
    at = others === mostOthers ? -1 : text.indexOf(start, at + 1);
  return at;
}
