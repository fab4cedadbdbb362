import type { FieldFault } from '../../../serving/failure-status.ts';
import { isJsonObject } from '../objects/json-object.ts';
import { requiredFault } from './field-fault.ts';
import { additionalSchema, itemSchema, propertySchema, type StructuralSchema } from './structural-schema.ts';

/**
 * Objects inside of an object that have to say what they are, and do not.
 *
 * Source: apiextensions-apiserver `apiserver/schema/objectmeta/validation.go`.
 */
export function embeddedFaults(value: unknown, schema: StructuralSchema, path = ''): FieldFault[] {
  if (Array.isArray(value)) {
    const item = itemSchema(schema);
    return item === undefined ? [] : value.flatMap((each, index) => embeddedFaults(each, item, `${path}[${index}]`));
  }
  if (!isJsonObject(value)) return [];
  const missing = schema['x-kubernetes-embedded-resource'] === true ? ['apiVersion', 'kind'] : [];
  const own = missing
    .filter((name) => (value[name] ?? '') === '')
    .map((name) => requiredFault(path === '' ? name : `${path}.${name}`));
  const others = additionalSchema(schema);
  const inside = Object.entries(value).flatMap(([name, member]) => {
    const property = propertySchema(schema, name);
    if (property !== undefined) return embeddedFaults(member, property, path === '' ? name : `${path}.${name}`);
    return others === undefined ? [] : embeddedFaults(member, others, `${path}[${name}]`);
  });
  return [...own, ...inside];
}
