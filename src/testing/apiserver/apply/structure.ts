import { isDeepStrictEqual } from 'node:util';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import type { ListKey, ValueType } from './value-type.ts';
import { differenceOf, type FieldSet, fieldsBelow, isNoFields, noFields, thePlace, unionOf } from './field-set.ts';

/** A part of a value, by the step that leads to it. */
type Parts = ReadonlyMap<string, unknown>;

/** Items of a list that have the same step, though they should not: they belong to somebody together. */
class Repeated {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

function keyStep(item: unknown, keys: readonly ListKey[]): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) {
    const value = item[only.name] ?? only.missing;
    return value === undefined ? undefined : `k:{${exactText(only.name)}:${exactText(value)}}`;
  }
  const values = keys
    .map(({ name, missing }) => [name, item[name] ?? missing] as const)
    .filter(([, value]) => value !== undefined);
  if (values.length === 0) return undefined;
  return `k:${exactText(Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1))))}`;
}

/** The step to an item of a list; `undefined` where none leads to it. */
export function itemStep(item: unknown, { list }: Pick<ValueType, 'list'>): string | undefined {
  if (list === 'set') return `v:${exactText(item)}`;
  return keyStep(item, list ?? []);
}

/** The parts of a value that belong to somebody each; `undefined` where it belongs to somebody as a whole. */
function partsOf(value: unknown, type: ValueType): Parts | undefined {
  if (value instanceof Repeated) return undefined;
  if (isJsonObject(value)) {
    if (type.isAtomic === true) return undefined;
    return new Map(Object.entries(value).map(([name, part]) => [`f:${name}`, part]));
  }
  if (!Array.isArray(value) || type.list === undefined) return undefined;
  const parts = new Map<string, unknown>();
  for (const item of value as readonly unknown[]) {
    const step = itemStep(item, type);
    if (step === undefined) return undefined;
    const earlier = parts.get(step);
    const repeated = earlier instanceof Repeated ? earlier.items : [earlier];
    parts.set(step, parts.has(step) ? new Repeated([...repeated, item]) : item);
  }
  return parts;
}

function typeAt(step: string, type: ValueType): ValueType {
  return step.startsWith('f:') ? type.member(step.slice(2)) : type.item();
}

function isItem(step: string): boolean {
  return !step.startsWith('f:');
}

function fieldsAt(value: unknown, type: ValueType, isAdded: boolean): FieldSet {
  const parts = partsOf(value, type);
  if (isAdded && type.isAlwaysThere === true && parts?.size === 0) return noFields;
  // Nobody owns an empty list by applying it: what could be owned are its items.
  if (!isAdded && parts?.size === 0 && Array.isArray(value)) return noFields;
  if (parts === undefined || parts.size === 0) return thePlace;
  const below = [...parts].map(([step, part]) => {
    const fields = fieldsAt(part, typeAt(step, type), isAdded);
    return [step, isItem(step) ? unionOf(fields, thePlace) : fields] as const;
  });
  // What is always there was not added.
  return fieldsBelow(isAdded && type.isAlwaysThere !== true, below);
}

/** The fields that an object sets. The manager that applies it owns them. */
export function fieldsOf(object: JsonObject, type: ValueType): FieldSet {
  return { ...fieldsAt(object, type, false), isMember: false };
}

/** What differs between two objects. */
export interface Difference {
  /** What was added, or has another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

function differenceAt(before: unknown, after: unknown, type: ValueType): Difference {
  if (before === undefined) return { changed: fieldsAt(after, type, true), removed: noFields };
  if (after === undefined) return { changed: noFields, removed: fieldsAt(before, type, true) };
  const [old, current] = [partsOf(before, type), partsOf(after, type)];
  if (old === undefined || current === undefined) {
    if (isDeepStrictEqual(before, after)) return { changed: noFields, removed: noFields };
    const fields = fieldsAt(after, type, true);
    return { changed: fields, removed: differenceOf(fieldsAt(before, type, true), fields) };
  }
  const steps = new Set([...old.keys(), ...current.keys()]);
  const below = [...steps].map((step) => {
    const { changed, removed } = differenceAt(old.get(step), current.get(step), typeAt(step, type));
    const isNew = isItem(step) && !old.has(step);
    const isGone = isItem(step) && !current.has(step);
    return {
      step,
      changed: isNew ? unionOf(changed, thePlace) : changed,
      removed: isGone ? unionOf(removed, thePlace) : removed,
    };
  });
  return {
    changed: fieldsBelow(
      false,
      below.map(({ step, changed }) => [step, changed] as const),
    ),
    removed: fieldsBelow(
      false,
      below.map(({ step, removed }) => [step, removed] as const),
    ),
  };
}

/** What differs between two objects, by fields. */
export function differenceBetween(before: JsonObject, after: JsonObject, type: ValueType): Difference {
  return differenceAt(before, after, type);
}

function fromParts(parts: Parts, isList: boolean): unknown {
  if (isList) return [...parts.values()].flatMap((part) => (part instanceof Repeated ? part.items : [part]));
  const object: Record<string, unknown> = {};
  for (const [step, part] of parts) setOwn(object, step.slice(2), part);
  return object;
}

/**
 * The order of the items of two lists: that of the second for what it has, and what the first alone has where it stands.
 *
 * Source: structured-merge-diff `typed/merge.go`.
 */
function mergedOrder(first: Parts, second: Parts): readonly string[] {
  const [ours, theirs] = [[...first.keys()], [...second.keys()]];
  const shared = theirs.filter((step) => first.has(step));
  const order: string[] = [];
  let [left, right, next] = [0, 0, 0];
  while (left < ours.length || right < theirs.length) {
    const [own, given] = [ours[left], theirs[right]];
    if (own !== undefined && !second.has(own)) {
      order.push(own);
      left += 1;
    } else if (own !== undefined && own !== shared[next]) {
      // It comes, or came, where the other list has it.
      left += 1;
    } else if (given !== undefined) {
      order.push(given);
      right += 1;
      if (first.has(given)) next += 1;
      if (given === own) left += 1;
    }
  }
  return order;
}

function mergedAt(current: unknown, applied: unknown, type: ValueType): unknown {
  const [old, given] = [partsOf(current, type), partsOf(applied, type)];
  if (old === undefined || given === undefined || Array.isArray(current) !== Array.isArray(applied)) return applied;
  const parts = new Map<string, unknown>();
  for (const step of Array.isArray(applied) ? mergedOrder(old, given) : new Set([...old.keys(), ...given.keys()])) {
    const isShared = old.has(step) && given.has(step);
    const merged = isShared ? mergedAt(old.get(step), given.get(step), typeAt(step, type)) : undefined;
    parts.set(step, isShared ? merged : old.has(step) ? old.get(step) : given.get(step));
  }
  return fromParts(parts, Array.isArray(applied));
}

/** An object with what is applied to it: maps are merged, lists with keys by them, all else is replaced. */
export function mergedObject(current: JsonObject, applied: JsonObject, type: ValueType): JsonObject {
  return mergedAt(current, applied, type) as JsonObject;
}

function withoutAt(value: unknown, fields: FieldSet, type: ValueType): unknown {
  const parts = partsOf(value, type);
  if (parts === undefined || parts.size === 0) return fields.isMember ? undefined : value;
  const left = new Map<string, unknown>();
  for (const [step, part] of parts) {
    const below = fields.below.get(step) ?? noFields;
    const kept =
      isNoFields(below) || (isItem(step) && !below.isMember && below.below.size === 0)
        ? part
        : isItem(step) && below.isMember
          ? undefined
          : withoutAt(part, below, typeAt(step, type));
    if (kept !== undefined) left.set(step, kept);
  }
  return left.size === 0 ? undefined : fromParts(left, Array.isArray(value));
}

/** An object without some of its fields, and without what nothing is left of. */
export function withoutFields(object: JsonObject, fields: FieldSet, type: ValueType): JsonObject {
  return (withoutAt(object, fields, type) ?? {}) as JsonObject;
}
