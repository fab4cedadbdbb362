import { isDeepStrictEqual } from 'node:util';
import type { Status } from '../../../protocol/errors/status.ts';
import { failureStatus } from '../../../serving/failure-status.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { givenMetadata } from '../objects/object-rules.ts';
import { addedFields } from './added-fields.ts';
import {
  areSameFields,
  differenceOf,
  fieldPaths,
  type FieldSet,
  fieldsBelow,
  intersectionOf,
  isNoFields,
  noFields,
  parsedFields,
  printedFields,
  thePlace,
  unionOf,
} from './field-set.ts';
import type { ValueType } from './value-type.ts';
import { differenceBetween, fieldsOf, mergedObject, withoutFields } from './structure.ts';

/** Who writes, and how. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** Empty: the object itself. */
  readonly subresource: string;
}

/** What a manager has written last, and when. */
interface Entry {
  readonly manager: Manager;
  readonly time: string;
  readonly fields: FieldSet;
}

/** Fields of the metadata that are nobody's. Source: apimachinery `util/managedfields/internal/stripmeta.go`. */
const unowned: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'generation',
  'managedFields',
  'resourceVersion',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

/** The object as a whole and its metadata as a whole are nobody's. */
const nobodys = fieldsBelow(true, [['f:metadata', thePlace]]);

/** To whom belongs what was there before the first apply. Source: managedfields `internal/skipnonapplied.go`. */
const beforeFirstApply = 'before-first-apply';

/** What can be owned of an object. */
function ownable(object: JsonObject): JsonObject {
  const { kind: _kind, apiVersion: _apiVersion, metadata: _metadata, ...parts } = object;
  const metadata = Object.entries(givenMetadata(object)).filter(([name]) => !unowned.has(name));
  return { ...parts, ...(metadata.length > 0 && { metadata: Object.fromEntries(metadata) }) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function entriesOf(object: JsonObject): Entry[] {
  const { managedFields } = givenMetadata(object);
  if (!Array.isArray(managedFields)) return [];
  return managedFields.filter(isJsonObject).map((given) => ({
    manager: {
      name: text(given['manager']),
      operation: given['operation'] === 'Apply' ? 'Apply' : 'Update',
      apiVersion: text(given['apiVersion']),
      subresource: text(given['subresource']),
    },
    time: text(given['time']),
    fields: parsedFields(isJsonObject(given['fieldsV1']) ? given['fieldsV1'] : {}),
  }));
}

function printedEntry({ manager, time, fields }: Entry): JsonObject {
  return printedWrite(manager, time, printedFields(fields));
}

function printedWrite(
  { name, operation, apiVersion, subresource }: Manager,
  time: string,
  fields: JsonObject,
): JsonObject {
  const written = { manager: name, operation, apiVersion, time, fieldsType: 'FieldsV1', fieldsV1: fields };
  return subresource === '' ? written : { ...written, subresource };
}

function rank({ manager: { operation, name }, time }: Entry): string {
  return `${operation} ${time} ${name}`;
}

function withEntries(object: JsonObject, entries: readonly Entry[]): JsonObject {
  const { managedFields: _managedFields, ...metadata } = givenMetadata(object);
  const left = entries.filter(({ fields }) => !isNoFields(fields));
  const sorted = [...left].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return {
    ...object,
    metadata: { ...metadata, ...(sorted.length > 0 && { managedFields: sorted.map(printedEntry) }) },
  };
}

/** The entries with what a manager has now; its time is new where its fields are. */
function withManager(entries: readonly Entry[], manager: Manager, fields: FieldSet, time: string): Entry[] {
  const own = entries.find((entry) => isDeepStrictEqual(entry.manager, manager));
  const others = entries.filter((entry) => entry !== own);
  return [...others, own !== undefined && areSameFields(own.fields, fields) ? own : { manager, time, fields }];
}

/** Whether somebody has applied the object, so that it is known what belongs to whom. */
export function isManaged(object: JsonObject): boolean {
  return entriesOf(object).length > 0;
}

/** A new object, whose fields belong to who has written it. */
export function createdFields(
  object: JsonObject,
  manager: Manager,
  { time, type }: { readonly time: string; readonly type: ValueType },
): JsonObject {
  const fields = addedFields(object, type, unowned);
  const { managedFields: _managedFields, ...metadata } = givenMetadata(object);
  if (fields === undefined) return { ...object, metadata };
  return { ...object, metadata: { ...metadata, managedFields: [printedWrite(manager, time, fields)] } };
}

/**
 * The object after a write other than an apply: what it changes belongs to its manager, and to nobody else any more.
 *
 * @param before - What was stored; of a new object, see {@link createdFields}.
 */
export function updatedFields(
  before: JsonObject,
  after: JsonObject,
  manager: Manager,
  { time, type }: { readonly time: string; readonly type: ValueType },
): JsonObject {
  const { changed, removed } = differenceBetween(ownable(before), ownable(after), type);
  const owned = differenceOf(changed, nobodys);
  const touched = unionOf(owned, removed);
  const entries = entriesOf(before);
  const own = entries.find((entry) => isDeepStrictEqual(entry.manager, manager))?.fields ?? noFields;
  if (isNoFields(touched)) return withEntries(after, entries);
  const others = entries.map((entry) => ({ ...entry, fields: differenceOf(entry.fields, touched) }));
  return withEntries(after, withManager(others, manager, unionOf(differenceOf(own, removed), owned), time));
}

/** What an apply leads to: the object, or the refusal of it. */
export type Applied = { readonly object: JsonObject } | { readonly conflict: Status };

/** How an apply is to be taken. */
export interface ApplyOptions {
  readonly manager: Manager;
  /** Takes over what others own. */
  readonly force: boolean;
  readonly time: string;
  readonly type: ValueType;
  /** The members that may be written: of the object itself all but its status, of its status that alone. */
  readonly mayWrite: (member: string) => boolean;
}

function only(fields: FieldSet, mayWrite: (member: string) => boolean): FieldSet {
  return fieldsBelow(
    false,
    [...fields.below].filter(([step]) => mayWrite(step.slice(2))),
  );
}

function isWrittenTwice(entry: Entry, conflicts: FieldSet): boolean {
  return !isNoFields(intersectionOf(entry.fields, conflicts));
}

/** 409. Source: structured-merge-diff `merge/conflict.go`, managedfields `internal/conflict.go`. */
function conflictStatus(conflicts: readonly (readonly [Entry, FieldSet])[]): Status {
  const causes = conflicts.flatMap(([{ manager }, fields]) => {
    const { name, operation, apiVersion, subresource } = manager;
    const part = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
    const using = operation === 'Update' ? ` using ${apiVersion}` : '';
    const words = `conflict with ${JSON.stringify(name)}${part}${using}`;
    return fieldPaths(fields).map((field) => ({ words, field }));
  });
  const [first] = causes;
  const grouped = new Map<string, string[]>();
  for (const { words, field } of causes) grouped.set(words, [...(grouped.get(words) ?? []), field]);
  const lines = [...grouped].map(
    ([words, fields]) =>
      `${words.replace('conflict', 'conflicts')}:\n${fields.map((field) => `- ${field}`).join('\n')}`,
  );
  const said = causes.length === 1 ? `${first?.words ?? ''}: ${first?.field ?? ''}` : lines.join('\n');
  const count = `${causes.length} conflict${causes.length === 1 ? '' : 's'}`;
  return failureStatus(409, 'Conflict', `Apply failed with ${count}: ${said}`, {
    causes: causes.map(({ words, field }) => ({ reason: 'FieldManagerConflict', message: words, field })),
  });
}

/**
 * Applies a configuration: what it sets is merged into the object and belongs to its manager; what the manager has set before
 * and does not set any more goes, unless it is somebody else's too. Another value for what somebody else owns is a conflict,
 * unless it is forced.
 *
 * @param current - What is stored; `undefined`: it is created.
 */
export function applied(current: JsonObject | undefined, given: JsonObject, options: ApplyOptions): Applied {
  const { manager, force, time, type, mayWrite } = options;
  const stored = ownable(current ?? {});
  const known = current === undefined ? [] : entriesOf(current);
  const earlier: Manager = { ...manager, name: beforeFirstApply, operation: 'Update', subresource: '' };
  const entries =
    current !== undefined && known.length === 0 ? [{ manager: earlier, time, fields: fieldsOf(stored, type) }] : known;
  const config = Object.fromEntries(Object.entries(ownable(given)).filter(([member]) => mayWrite(member)));
  const fields = only(fieldsOf(config, type), mayWrite);
  const own = entries.find((entry) => isDeepStrictEqual(entry.manager, manager));
  const others = entries.filter((entry) => entry !== own);
  const kept = others.reduce((all, entry) => unionOf(all, entry.fields), fields);
  const merged = withoutFields(mergedObject(stored, config, type), differenceOf(own?.fields ?? noFields, kept), type);
  const { changed, removed } = differenceBetween(stored, merged, type);
  const conflicts = others
    .filter((entry) => isWrittenTwice(entry, intersectionOf(changed, fields)))
    .map((entry) => [entry, intersectionOf(entry.fields, intersectionOf(changed, fields))] as const);
  if (conflicts.length > 0 && !force) return { conflict: conflictStatus(conflicts) };
  const touched = unionOf(changed, removed);
  const left = others.map((entry) => ({ ...entry, fields: differenceOf(entry.fields, touched) }));
  const { kind, apiVersion } = given;
  const { metadata: ownMetadata, ...parts } = merged;
  const identity = Object.entries({ ...givenMetadata(current ?? {}), ...givenMetadata(given) }).filter(([name]) =>
    unowned.has(name),
  );
  const metadata = { ...Object.fromEntries(identity), ...(isJsonObject(ownMetadata) && ownMetadata) };
  const keptOwn = own === undefined ? left : [...left, own];
  return { object: withEntries({ kind, apiVersion, metadata, ...parts }, withManager(keptOwn, manager, fields, time)) };
}
