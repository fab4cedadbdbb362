import { isDeepStrictEqual } from 'node:util';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { differenceOf, type FieldSet, fieldsBelow, isNoFields, noFields, thePlace, unionOf } from './field-set.ts';

// By the names of their fields, which mean the same in all built-in types that have them. Source: kubernetes
// `api/openapi-spec/v3`, x-kubernetes-list-map-keys, -list-type and -map-type.
const itemKeys: Readonly<Record<string, readonly string[]>> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  hostIPs: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  podIPs: ['ip'],
  readinessGates: [],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
  webhooks: ['name'],
};
const sets: ReadonlySet<string> = new Set(['finalizers']);
const atomicMaps: ReadonlySet<string> = new Set([
  'configMapKeyRef',
  'fieldRef',
  'involvedObject',
  'labelSelector',
  'namespaceSelector',
  'nodeSelector',
  'resourceFieldRef',
  'scaleTargetRef',
  'secretKeyRef',
  'selector',
]);

/** Where a value is: what its field is called, and whether the lists and maps of its object are known by that. */
interface Place {
  readonly field: string;
  readonly isBuiltIn: boolean;
}

/** A part of a value, by the step that leads to it. */
type Parts = ReadonlyMap<string, unknown>;

function portKeys(items: readonly unknown[]): readonly string[] {
  const isOfContainer = items.some((item) => isJsonObject(item) && 'containerPort' in item);
  return [isOfContainer ? 'containerPort' : 'port', 'protocol'];
}

function keysOf({ field, isBuiltIn }: Place, items: readonly unknown[]): readonly string[] {
  // Metadata is that of every resource.
  if (!isBuiltIn && field !== 'ownerReferences') return [];
  if (field === 'ports') return portKeys(items);
  return (Object.hasOwn(itemKeys, field) ? itemKeys[field] : undefined) ?? [];
}

function keyStep(item: unknown, keys: readonly string[]): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const values = keys.map((key) => [key, item[key] ?? (key === 'protocol' ? 'TCP' : undefined)] as const);
  if (values.some(([, value]) => value === undefined)) return undefined;
  return `k:${exactText(Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1))))}`;
}

/** The parts of a value that belong to somebody each; `undefined` where it belongs to somebody as a whole. */
function partsOf(value: unknown, place: Place): Parts | undefined {
  if (isJsonObject(value)) {
    if (place.isBuiltIn && atomicMaps.has(place.field)) return undefined;
    return new Map(Object.entries(value).map(([name, part]) => [`f:${name}`, part]));
  }
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly unknown[];
  if (sets.has(place.field)) return new Map(items.map((item) => [`v:${exactText(item)}`, item]));
  const keys = keysOf(place, items);
  if (keys.length === 0) return undefined;
  const entries = items.map((item) => [keyStep(item, keys), item] as const);
  if (entries.some(([step]) => step === undefined)) return undefined;
  return new Map(entries as readonly (readonly [string, unknown])[]);
}

function placeAt(step: string, { field, isBuiltIn }: Place): Place {
  return { field: step.startsWith('f:') ? step.slice(2) : `${field}[]`, isBuiltIn };
}

function isItem(step: string): boolean {
  return !step.startsWith('f:');
}

function fieldsAt(value: unknown, place: Place, isAdded: boolean): FieldSet {
  const parts = partsOf(value, place);
  if (parts === undefined || parts.size === 0) return thePlace;
  const below = [...parts].map(([step, part]) => {
    const fields = fieldsAt(part, placeAt(step, place), isAdded);
    return [step, isItem(step) ? unionOf(fields, thePlace) : fields] as const;
  });
  return fieldsBelow(isAdded, below);
}

const root = (isBuiltIn: boolean): Place => ({ field: '', isBuiltIn });

/** The fields that an object sets. The manager that applies it owns them. */
export function fieldsOf(object: JsonObject, isBuiltIn: boolean): FieldSet {
  return { ...fieldsAt(object, root(isBuiltIn), false), isMember: false };
}

/** What differs between two objects. */
export interface Difference {
  /** What was added, or has another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

function differenceAt(before: unknown, after: unknown, place: Place): Difference {
  if (before === undefined) return { changed: fieldsAt(after, place, true), removed: noFields };
  if (after === undefined) return { changed: noFields, removed: fieldsAt(before, place, true) };
  const [old, current] = [partsOf(before, place), partsOf(after, place)];
  if (old === undefined || current === undefined) {
    if (isDeepStrictEqual(before, after)) return { changed: noFields, removed: noFields };
    const fields = fieldsAt(after, place, true);
    return { changed: fields, removed: differenceOf(fieldsAt(before, place, true), fields) };
  }
  const steps = new Set([...old.keys(), ...current.keys()]);
  const below = [...steps].map((step) => {
    const { changed, removed } = differenceAt(old.get(step), current.get(step), placeAt(step, place));
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
export function differenceBetween(before: JsonObject, after: JsonObject, isBuiltIn: boolean): Difference {
  return differenceAt(before, after, root(isBuiltIn));
}

function fromParts(parts: Parts, isList: boolean): unknown {
  if (isList) return [...parts.values()];
  const object: Record<string, unknown> = {};
  for (const [step, part] of parts) setOwn(object, step.slice(2), part);
  return object;
}

function mergedAt(current: unknown, applied: unknown, place: Place): unknown {
  const [old, given] = [partsOf(current, place), partsOf(applied, place)];
  if (old === undefined || given === undefined || Array.isArray(current) !== Array.isArray(applied)) return applied;
  const parts = new Map(old);
  for (const [step, part] of given) {
    parts.set(step, parts.has(step) ? mergedAt(parts.get(step), part, placeAt(step, place)) : part);
  }
  return fromParts(parts, Array.isArray(applied));
}

/** An object with what is applied to it: maps are merged, lists with keys by them, all else is replaced. */
export function mergedObject(current: JsonObject, applied: JsonObject, isBuiltIn: boolean): JsonObject {
  return mergedAt(current, applied, root(isBuiltIn)) as JsonObject;
}

function withoutAt(value: unknown, fields: FieldSet, place: Place): unknown {
  const parts = partsOf(value, place);
  if (parts === undefined || parts.size === 0) return fields.isMember ? undefined : value;
  const left = new Map<string, unknown>();
  for (const [step, part] of parts) {
    const below = fields.below.get(step) ?? noFields;
    const kept =
      isNoFields(below) || (isItem(step) && !below.isMember && below.below.size === 0)
        ? part
        : isItem(step) && below.isMember
          ? undefined
          : withoutAt(part, below, placeAt(step, place));
    if (kept !== undefined) left.set(step, kept);
  }
  return left.size === 0 ? undefined : fromParts(left, Array.isArray(value));
}

/** An object without some of its fields, and without what nothing is left of. */
export function withoutFields(object: JsonObject, fields: FieldSet, isBuiltIn: boolean): JsonObject {
  return (withoutAt(object, fields, root(isBuiltIn)) ?? {}) as JsonObject;
}
