import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { additionalSchema, itemSchema, propertySchema, type StructuralSchema } from './structural-schema.ts';

const typeMembers: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** Is told of each field that is taken away: `spec.list[0].field`. */
type Unknown = (path: string) => void;

function keeps(schema: StructuralSchema | undefined): boolean {
  return schema?.['x-kubernetes-preserve-unknown-fields'] === true;
}

function prunedList(
  list: readonly unknown[],
  path: string,
  item: (value: unknown, path: string) => unknown,
): readonly unknown[] {
  const left = list.map((value, index) => item(value, `${path}[${index}]`));
  return left.every((value, index) => value === list[index]) ? list : left;
}

function prunedMembers(
  object: JsonObject,
  schema: StructuralSchema | undefined,
  path: string,
  unknown: Unknown,
): JsonObject {
  const left: Record<string, unknown> = {};
  let isSame = true;
  for (const [name, value] of Object.entries(object)) {
    const at = path === '' ? name : `${path}.${name}`;
    const property = schema && propertySchema(schema, name);
    const isKnown = property !== undefined || (schema?.additionalProperties ?? false) !== false;
    const isTypeMember = schema?.['x-kubernetes-embedded-resource'] === true && typeMembers.has(name);
    if (!isKnown && !isTypeMember && !keeps(schema)) {
      unknown(at);
      isSame = false;
      continue;
    }
    const isTakenAsItIs = isTypeMember || !isKnown;
    const kept = isTakenAsItIs ? value : prunedAt(value, property ?? (schema && additionalSchema(schema)), at, unknown);
    setOwn(left, name, kept);
    isSame &&= kept === value;
  }
  return isSame ? object : left;
}

function prunedAt(value: unknown, schema: StructuralSchema | undefined, path: string, unknown: Unknown): unknown {
  if (isJsonObject(value)) return prunedMembers(value, schema, path, unknown);
  if (!Array.isArray(value)) return value;
  const items = schema && itemSchema(schema);
  // What is in a list that keeps all is kept, unless there is a schema of it.
  const item = (each: unknown, at: string): unknown =>
    keeps(schema) && items === undefined ? each : prunedAt(each, inherited(items, schema), at, unknown);
  return prunedList(value, path, item);
}

/** An item of a list that keeps all does so too. */
function inherited(
  items: StructuralSchema | undefined,
  list: StructuralSchema | undefined,
): StructuralSchema | undefined {
  return keeps(list) ? { ...items, 'x-kubernetes-preserve-unknown-fields': true } : items;
}

/** A value, such as a default, without the fields that its schema does not know; the same value where it knows them all. */
export function prunedValue(value: unknown, schema: StructuralSchema): unknown {
  return prunedAt(value, schema, '', () => undefined);
}

/**
 * A custom object without the fields that its schema does not know; the same object where it knows them all. Kind, apiVersion and
 * metadata stay.
 *
 * Source: apiextensions-apiserver `apiserver/schema/pruning/algorithm.go`.
 *
 * @param unknown - Is told of each field that goes.
 */
export function prunedObject(
  object: JsonObject,
  schema: StructuralSchema,
  unknown: Unknown = () => undefined,
): JsonObject {
  return prunedMembers(object, { ...schema, 'x-kubernetes-embedded-resource': true }, '', unknown);
}
