import { withoutBigInts } from '../objects/go-numbers.ts';
import { setOwn } from '../objects/json-object.ts';
import { itemSchema, type StructuralSchema } from './structural-schema.ts';
import { textFormats } from './value-formats.ts';

/** A JSON Schema, as a validator takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const sameMembers = [
  'enum',
  'pattern',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'required',
] as const;

/** The name of a format that is looked at, for values of a type. Source: apiextensions-apiserver `validation/formats.go`. */
function formatOf({ format = '', type = 'string' }: StructuralSchema): string | undefined {
  if (type === 'integer') return ['int32', 'int64'].includes(format) ? format : undefined;
  const name = format.replaceAll('-', '');
  return type === 'string' && Object.hasOwn(textFormats, name) ? name : undefined;
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: StructuralSchema): JsonSchema {
  return {
    ...(minimum !== undefined && { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum !== undefined && { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
  };
}

function byName(schemas: Readonly<Record<string, StructuralSchema>>): JsonSchema {
  const all: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(schemas)) setOwn(all, name, jsonSchema(schema));
  return all;
}

function junctors({ allOf, anyOf, oneOf, not }: StructuralSchema): JsonSchema {
  return {
    ...(not !== undefined && { not: jsonSchema(not) }),
    ...(anyOf !== undefined && anyOf.length > 0 && { anyOf: anyOf.map(jsonSchema) }),
    ...(oneOf !== undefined && oneOf.length > 0 && { oneOf: oneOf.map(jsonSchema) }),
    ...(allOf !== undefined && allOf.length > 0 && { allOf: allOf.map(jsonSchema) }),
  };
}

/** A null that may be is not looked at any further. */
function unlessNull(schema: JsonSchema): JsonSchema {
  return Object.keys(schema).length === 0 ? {} : { if: { not: { type: 'null' } }, then: schema };
}

/** What a schema of a CustomResourceDefinition asks of a value itself, whatever its members and items are. */
export function ownJsonSchema(schema: StructuralSchema): JsonSchema {
  const types = schema['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : schema.type;
  const isNullable = schema.nullable === true;
  const format = formatOf(schema);
  return {
    ...(types !== undefined && { type: isNullable ? [types, 'null'].flat() : types }),
    ...bounds(schema),
    ...(format !== undefined && { format }),
    ...Object.fromEntries(
      // An empty enumeration allows everything.
      sameMembers
        .filter((name) => schema[name] !== undefined && !(name === 'enum' && schema.enum?.length === 0))
        .map((name) => [name, withoutBigInts(schema[name])]),
    ),
    ...(isNullable ? unlessNull(junctors(schema)) : junctors(schema)),
  };
}

/** What a schema of a CustomResourceDefinition asks of values, as JSON Schema says it. */
export function jsonSchema(schema: StructuralSchema): JsonSchema {
  const { properties, additionalProperties } = schema;
  const items = itemSchema(schema);
  return {
    ...ownJsonSchema(schema),
    ...(items !== undefined && { items: jsonSchema(items) }),
    ...(properties !== undefined && { properties: byName(properties) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: typeof additionalProperties === 'object' ? jsonSchema(additionalProperties) : true,
    }),
  };
}
