import { anything, decimal, either, flag, integer, listOf, mapOf, type Shape, structOf, text } from './shape.ts';

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const names = listOf(text, '[]string');

/** How a schema is read that is to become a {@link StructuralSchema}. Source: apiextensions/v1 `types_jsonschema.go`. */
export const schemaShape: Shape = structOf('v1.JSONSchemaProps', () => members);

const schemas = listOf(schemaShape, '[]v1.JSONSchemaProps');
const schemasByName = mapOf(schemaShape, 'map[string]v1.JSONSchemaProps');
const schemaOrFlag = either(isBoolean, flag, schemaShape);

const members: Readonly<Record<string, Shape>> = {
  id: text,
  $schema: text,
  $ref: text,
  description: text,
  type: text,
  format: text,
  title: text,
  default: anything,
  maximum: decimal,
  exclusiveMaximum: flag,
  minimum: decimal,
  exclusiveMinimum: flag,
  maxLength: integer,
  minLength: integer,
  pattern: text,
  maxItems: integer,
  minItems: integer,
  uniqueItems: flag,
  multipleOf: decimal,
  enum: listOf(anything, '[]v1.JSON'),
  maxProperties: integer,
  minProperties: integer,
  required: names,
  items: either(Array.isArray, schemas, schemaShape),
  allOf: schemas,
  oneOf: schemas,
  anyOf: schemas,
  not: schemaShape,
  properties: schemasByName,
  additionalProperties: schemaOrFlag,
  patternProperties: schemasByName,
  dependencies: mapOf(anything, 'v1.JSONSchemaDependencies'),
  additionalItems: schemaOrFlag,
  definitions: schemasByName,
  externalDocs: anything,
  example: anything,
  nullable: flag,
  'x-kubernetes-preserve-unknown-fields': flag,
  'x-kubernetes-embedded-resource': flag,
  'x-kubernetes-int-or-string': flag,
  'x-kubernetes-list-map-keys': names,
  'x-kubernetes-list-type': text,
  'x-kubernetes-map-type': text,
  'x-kubernetes-validations': listOf(mapOf(anything, 'v1.ValidationRule'), 'v1.ValidationRules'),
};
