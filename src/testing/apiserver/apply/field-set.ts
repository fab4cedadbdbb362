import { exactText } from '../../../protocol/numbers/json-text.ts';
import { parseExact } from '../../../protocol/numbers/parse-exact.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';

/**
 * A set of fields as a tree. Steps are those of `FieldsV1`: `f:name` of a field, `k:{...}` of an item by its keys, `v:...` of
 * an item by its value.
 */
export interface FieldSet {
  /** Whether the place itself is in the set, and not only what is below it. */
  readonly isMember: boolean;
  readonly below: ReadonlyMap<string, FieldSet>;
}

/** No field. */
export const noFields: FieldSet = { isMember: false, below: new Map() };

/** Just the place itself. */
export const thePlace: FieldSet = { isMember: true, below: new Map() };

/** Whether nothing is in a set. */
export function isNoFields({ isMember, below }: FieldSet): boolean {
  return !isMember && below.size === 0;
}

/** A set of what is below a place; without what is empty. */
export function fieldsBelow(isMember: boolean, entries: Iterable<readonly [string, FieldSet]>): FieldSet {
  const below = new Map<string, FieldSet>();
  for (const [step, fields] of entries) if (!isNoFields(fields)) below.set(step, fields);
  return { isMember, below };
}

/** The fields of either. Parts that are in one set alone are shared with it. */
export function unionOf(a: FieldSet, b: FieldSet): FieldSet {
  if (isNoFields(b)) return a;
  if (isNoFields(a)) return b;
  const below = new Map(a.below);
  for (const [step, fields] of b.below) {
    const own = below.get(step);
    below.set(step, own === undefined ? fields : unionOf(own, fields));
  }
  return { isMember: a.isMember || b.isMember, below };
}

/** The fields of both. */
export function intersectionOf(a: FieldSet, b: FieldSet): FieldSet {
  const below = new Map<string, FieldSet>();
  for (const [step, fields] of a.below) {
    const other = b.below.get(step);
    const both = other === undefined ? noFields : intersectionOf(fields, other);
    if (!isNoFields(both)) below.set(step, both);
  }
  return { isMember: a.isMember && b.isMember, below };
}

/** The fields of the first that are not in the second. What the second does not touch is shared with the first. */
export function differenceOf(a: FieldSet, b: FieldSet): FieldSet {
  if (isNoFields(b)) return a;
  const below = new Map<string, FieldSet>();
  for (const [step, fields] of a.below) {
    const other = b.below.get(step);
    const left = other === undefined ? fields : differenceOf(fields, other);
    if (!isNoFields(left)) below.set(step, left);
  }
  return { isMember: a.isMember && !b.isMember, below };
}

/** Whether two sets have the same fields. */
export function areSameFields(a: FieldSet, b: FieldSet): boolean {
  return isNoFields(differenceOf(a, b)) && isNoFields(differenceOf(b, a));
}

/** As it is printed, `fieldsV1`: what has nothing below it is in the set, and else `.` says so. */
export function printedFields({ isMember, below }: FieldSet): JsonObject {
  const printed: Record<string, unknown> = {};
  if (isMember && below.size > 0) printed['.'] = {};
  for (const step of [...below.keys()].sort()) setOwn(printed, step, printedFields(below.get(step) ?? noFields));
  return printed;
}

/** A set from how it is printed. */
export function parsedFields(printed: JsonObject): FieldSet {
  const entries = Object.entries(printed).filter(([step]) => step !== '.');
  return fieldsBelow(
    '.' in printed || entries.length === 0,
    entries.map(([step, fields]) => [step, parsedFields(isJsonObject(fields) ? fields : {})] as const),
  );
}

/** A step as texts name it: `.image`, `[name="a"]`. */
export function stepText(step: string): string {
  const rest = step.slice(2);
  if (step.startsWith('f:')) return `.${rest}`;
  if (step.startsWith('v:')) return `[=${rest}]`;
  const keys = Object.entries(parseExact(rest) as JsonObject).map(([key, value]) => `${key}=${exactText(value)}`);
  return `[${keys.join(',')}]`;
}

/** The fields as texts name them: `.spec.containers[name="a"].image`. */
export function fieldPaths({ isMember, below }: FieldSet, path = ''): string[] {
  const paths = [...below].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...(isMember ? [path] : []), ...paths.flatMap(([step, fields]) => fieldPaths(fields, path + stepText(step)))];
}
