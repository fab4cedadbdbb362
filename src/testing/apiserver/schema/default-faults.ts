import type { FieldFault } from '../../../serving/failure-status.ts';
import { isJsonObject } from '../objects/json-object.ts';
import { invalidFault } from './field-fault.ts';
import { prunedValue } from './pruned-object.ts';
import { faultsOf, schemaValidator } from './schema-validator.ts';
import { itemSchema, type StructuralSchema } from './structural-schema.ts';

/** The fault of a part of a default, under the place of the default. */
function placed({ field, message, ...fault }: FieldFault, path: string): FieldFault {
  if (field === '<nil>') return { ...fault, field, message };
  return { ...fault, message, field: field === '' ? path : `${path}.${field}` };
}

function faultsAt(schema: StructuralSchema, path: string): FieldFault[] {
  const value = schema.default;
  const at = `${path}.default`;
  if (value === undefined) return [];
  const isPruned = prunedValue(value, schema) === value;
  return [
    ...(isPruned ? [] : [invalidFault(at, value, 'must not have unknown fields')]),
    ...faultsOf(schemaValidator(schema)(value)).map((fault) => placed(fault, at)),
  ];
}

/**
 * Defaults that the schema itself would not take.
 *
 * Source: apiextensions-apiserver `apiserver/schema/defaulting/validation.go`.
 */
export function defaultFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const items = itemSchema(schema);
  return [
    ...faultsAt(schema, path),
    ...(items === undefined ? [] : defaultFaults(items, `${path}.items`)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      isJsonObject(each) ? defaultFaults(each, `${path}.properties[${name}]`) : [],
    ),
  ];
}
