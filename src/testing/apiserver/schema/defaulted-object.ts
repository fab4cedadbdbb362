import { copyJson, isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { itemSchema, memberSchema, type StructuralSchema } from './structural-schema.ts';

/** A null that the schema does not take stands for the default, if there is one, and else for nothing. */
function isAbsent(value: unknown, schema: StructuralSchema | undefined): boolean {
  return value === null && schema !== undefined && schema.nullable !== true;
}

function defaultedMembers(object: JsonObject, schema: StructuralSchema | undefined, keepsNulls: boolean): JsonObject {
  const filled: Record<string, unknown> = {};
  let isSame = true;
  for (const [name, value] of Object.entries(object)) {
    const member = schema && memberSchema(schema, name);
    const missing = keepsNulls ? null : undefined;
    const given = isAbsent(value, member) ? (copyJson(member?.default) ?? missing) : value;
    const result = given === undefined ? undefined : defaultedAt(given, member, keepsNulls);
    if (result !== undefined) setOwn(filled, name, result);
    isSame &&= result === value;
  }
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    if (property.default === undefined || Object.hasOwn(filled, name)) continue;
    setOwn(filled, name, defaultedAt(copyJson(property.default), property, keepsNulls));
    isSame = false;
  }
  return isSame ? object : filled;
}

function defaultedAt(value: unknown, schema: StructuralSchema | undefined, keepsNulls: boolean): unknown {
  if (isJsonObject(value)) return defaultedMembers(value, schema, keepsNulls);
  if (!Array.isArray(value)) return value;
  const item = schema && itemSchema(schema);
  const filled = value.map((each: unknown) => {
    const given = isAbsent(each, item) ? (copyJson(item?.default) ?? null) : each;
    return defaultedAt(given, item, keepsNulls);
  });
  return filled.every((each, index) => each === value[index]) ? value : filled;
}

/**
 * A custom object with the defaults of its schema, and without the nulls that it does not take; the same object where there is
 * nothing to do.
 *
 * Source: apiextensions-apiserver `apiserver/schema/defaulting`.
 *
 * @param keepsNulls - Leaves the nulls that the schema does not take and has no default for, as in what is applied.
 */
export function defaultedObject(object: JsonObject, schema: StructuralSchema, keepsNulls = false): JsonObject {
  return defaultedMembers(object, schema, keepsNulls);
}
