import { type BuiltInField, type BuiltInSchema, builtInSchema } from './built-in-schema.ts';

const known = new WeakMap<BuiltInSchema, ReadonlyMap<string, BuiltInField>>();

/** The fields of a type by their names, with those that are written in its place. */
export function builtInFields(schema: BuiltInSchema): ReadonlyMap<string, BuiltInField> {
  const existing = known.get(schema);
  if (existing !== undefined) return existing;
  const fields = new Map<string, BuiltInField>();
  for (const field of schema.fields) {
    if (!field.isInline) fields.set(field.name, field);
    else if (field.name === '') {
      for (const [name, each] of builtInFields(builtInSchema(field.type))) fields.set(name, each);
    }
  }
  known.set(schema, fields);
  return fields;
}
