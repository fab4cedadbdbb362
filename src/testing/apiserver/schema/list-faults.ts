import { exactText } from '../../../protocol/numbers/json-text.ts';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { isJsonObject, setOwn } from '../objects/json-object.ts';
import { duplicateFault, invalidFault } from './field-fault.ts';
import { additionalSchema, itemSchema, propertySchema, type StructuralSchema } from './structural-schema.ts';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const members: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) setOwn(members, name, sorted(value[name]));
  return members;
}

/** The text of a value with its members in the order of their names, so that equal values have equal texts. */
function sortedText(value: unknown): string {
  return exactText(sorted(value));
}

/** Each value that is there again, once. */
function repeated(values: readonly unknown[]): number[] {
  const times = new Map<string, number>();
  return values.flatMap((value, index) => {
    const text = sortedText(value);
    const count = (times.get(text) ?? 0) + 1;
    times.set(text, count);
    return count === 2 ? [index] : [];
  });
}

function keysOf(item: unknown, names: readonly string[]): object {
  if (!isJsonObject(item)) return {};
  return Object.fromEntries(names.filter((name) => Object.hasOwn(item, name)).map((name) => [name, item[name]]));
}

function listFaultsOf(list: readonly unknown[], schema: StructuralSchema, path: string): FieldFault[] {
  const at = (index: number): string => `${path}[${index}]`;
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return repeated(list).map((index) => duplicateFault(at(index), list[index]));
    case 'map': {
      const wrong = list.findIndex((item) => item !== null && !isJsonObject(item));
      const why = 'must be an object for an array of list-type map';
      if (wrong >= 0) return [invalidFault(at(wrong), list[wrong], why)];
      const keys = list.map((item) => keysOf(item, schema['x-kubernetes-list-map-keys'] ?? []));
      return repeated(keys).map((index) => duplicateFault(at(index), keys[index]));
    }
    default:
      return [];
  }
}

/**
 * Items of sets, and of lists with keys, that are there more than once.
 *
 * Source: apiextensions-apiserver `apiserver/schema/listtype/validation.go`.
 */
export function listFaults(value: unknown, schema: StructuralSchema, path = ''): FieldFault[] {
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    const item = itemSchema(schema);
    const inside = item === undefined ? [] : list.flatMap((each, index) => listFaults(each, item, `${path}[${index}]`));
    return [...listFaultsOf(list, schema, path), ...inside];
  }
  if (!isJsonObject(value)) return [];
  const others = additionalSchema(schema);
  return Object.entries(value).flatMap(([name, member]) => {
    const property = propertySchema(schema, name);
    if (property !== undefined) return listFaults(member, property, path === '' ? name : `${path}.${name}`);
    return others === undefined ? [] : listFaults(member, others, `${path}[${name}]`);
  });
}
