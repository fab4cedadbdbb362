import { exactText } from '../../../protocol/numbers/json-text.ts';
import { parseExact } from '../../../protocol/numbers/parse-exact.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';

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
  return { isMember, below: new Map([...entries].filter(([, fields]) => !isNoFields(fields))) };
}

function combined(
  a: FieldSet,
  b: FieldSet,
  keeps: (inA: boolean, inB: boolean) => boolean,
  steps: Iterable<string>,
): FieldSet {
  const below = [...steps].map((step) => {
    const [left, right] = [a.below.get(step) ?? noFields, b.below.get(step) ?? noFields];
    return [step, combined(left, right, keeps, new Set([...left.below.keys(), ...right.below.keys()]))] as const;
  });
  return fieldsBelow(keeps(a.isMember, b.isMember), below);
}

function allSteps(a: FieldSet, b: FieldSet): Set<string> {
  return new Set([...a.below.keys(), ...b.below.keys()]);
}

/** The fields of either. */
export function unionOf(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, b, (inA, inB) => inA || inB, allSteps(a, b));
}

/** The fields of both. */
export function intersectionOf(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, b, (inA, inB) => inA && inB, allSteps(a, b));
}

/** The fields of the first that are not in the second. */
export function differenceOf(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, b, (inA, inB) => inA && !inB, allSteps(a, b));
}

/** Whether two sets have the same fields. */
export function areSameFields(a: FieldSet, b: FieldSet): boolean {
  return isNoFields(differenceOf(a, b)) && isNoFields(differenceOf(b, a));
}

/** As it is printed, `fieldsV1`: what has nothing below it is in the set, and else `.` says so. */
export function printedFields({ isMember, below }: FieldSet): JsonObject {
  const entries = [...below]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([step, fields]) => [step, printedFields(fields)]);
  return { ...(isMember && below.size > 0 && { '.': {} }), ...(Object.fromEntries(entries) as JsonObject) };
}

/** A set from how it is printed. */
export function parsedFields(printed: JsonObject): FieldSet {
  const entries = Object.entries(printed).filter(([step]) => step !== '.');
  return fieldsBelow(
    '.' in printed || entries.length === 0,
    entries.map(([step, fields]) => [step, parsedFields(isJsonObject(fields) ? fields : {})] as const),
  );
}

function stepText(step: string): string {
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
