import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { itemStep } from './structure.ts';
import type { ValueType } from './value-type.ts';

/** How a place is printed that is in the set, with nothing below it. Every one of them is this object. */
const theWhole: JsonObject = Object.freeze({});

const nothing: ReadonlySet<string> = new Set();
const typeMembers: ReadonlySet<string> = new Set(['kind', 'apiVersion']);

/**
 * The fields that a new object adds, as `fieldsV1` prints them; `undefined` where there are none. The same as
 * `differenceBetween` finds from nothing to the object, in one walk, because every creation needs it.
 *
 * @param unowned - The members of the metadata that are nobody's.
 */
export function addedFields(object: JsonObject, type: ValueType, unowned: ReadonlySet<string>): JsonObject | undefined {
  const printed: Record<string, unknown> = {};
  let isEmpty = true;
  for (const name of sorted(Object.keys(object))) {
    if (typeMembers.has(name)) continue;
    const [value, member] = [object[name], type.member(name)];
    // The metadata as a whole are nobody's.
    const isMetadata = name === 'metadata' && isJsonObject(value);
    const fields = isMetadata ? membersOf(value, member, false, unowned) : fieldsAt(value, member, isAdded(member));
    if (fields === undefined) continue;
    isEmpty = false;
    printed[stepOf(name)] = fields;
  }
  return isEmpty ? undefined : printed;
}

/** What is there in every object was added by nobody. */
function isAdded(type: ValueType): boolean {
  return type.isAlwaysThere !== true;
}

/** `undefined`: nothing was added. `isMember`: the place itself was. */
function fieldsAt(value: unknown, type: ValueType, isMember: boolean): JsonObject | undefined {
  if (isJsonObject(value)) return type.isAtomic === true ? theWhole : membersOf(value, type, isMember, nothing);
  if (Array.isArray(value) && type.list !== undefined) return itemsOf(value, type, isMember);
  return theWhole;
}

function membersOf(
  value: JsonObject,
  type: ValueType,
  isMember: boolean,
  without: ReadonlySet<string>,
): JsonObject | undefined {
  const printed: Record<string, unknown> = {};
  let isEmpty = true;
  for (const name of sorted(Object.keys(value))) {
    if (without.has(name)) continue;
    const member = type.member(name);
    const fields = fieldsAt(value[name], member, isAdded(member));
    if (fields === undefined) continue;
    if (isEmpty && isMember) printed['.'] = theWhole;
    isEmpty = false;
    printed[stepOf(name)] = fields;
  }
  if (!isEmpty) return printed;
  return isMember ? theWhole : undefined;
}

function itemsOf(items: readonly unknown[], type: ValueType, isMember: boolean): JsonObject | undefined {
  const byStep = new Map<string, JsonObject>();
  const itemType = type.item();
  for (const item of items) {
    const step = itemStep(item, type);
    if (step === undefined) return theWhole;
    // Items of the same step belong to somebody together.
    byStep.set(step, byStep.has(step) ? theWhole : (fieldsAt(item, itemType, true) ?? theWhole));
  }
  if (byStep.size === 0) return isMember ? theWhole : undefined;
  const printed: Record<string, unknown> = isMember ? { '.': theWhole } : {};
  for (const step of sorted([...byStep.keys()])) setOwn(printed, step, byStep.get(step));
  return printed;
}

/** In their order; most objects come in it. */
function sorted(names: string[]): string[] {
  let last = '';
  for (const name of names) {
    if (name < last) return names.sort();
    last = name;
  }
  return names;
}

/** The steps to members. They come again and again, and to find one costs less than to make it anew. */
const steps = new Map<string, string>();
const keptSteps = 5000;

function stepOf(name: string): string {
  const known = steps.get(name);
  if (known !== undefined) return known;
  if (steps.size >= keptSteps) steps.clear();
  const step = `f:${name}`;
  steps.set(name, step);
  return step;
}
