import { itemSchema, memberSchema, type StructuralSchema } from '../schema/structural-schema.ts';
import { builtInType } from './built-in-types.ts';
import { anyValue, type ListKey, type ValueType } from './value-type.ts';

function listOf(schema: StructuralSchema): ValueType['list'] {
  const items = itemSchema(schema);
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return 'set';
    case 'map':
      return (schema['x-kubernetes-list-map-keys'] ?? []).map((name): ListKey => {
        const missing = items && memberSchema(items, name)?.default;
        return { name, ...(missing !== undefined && { missing }) };
      });
    default:
      return undefined;
  }
}

/** Source: kube-openapi `schemaconv/openapi.go`. */
function formOf({ type = '', format = '' }: StructuralSchema): ValueType['form'] {
  switch (type) {
    case 'object':
      return 'map';
    case 'array':
      return 'list';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return ['', 'byte'].includes(format) ? 'text' : 'scalar';
    default:
      return undefined;
  }
}

function typeOf(schema: StructuralSchema | undefined, keepsAbove = false): ValueType {
  if (schema === undefined) return anyValue;
  const list = listOf(schema);
  // What keeps unknown fields does so for all that is in it.
  const keeps = keepsAbove || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const { properties = {}, additionalProperties } = schema;
  const isFree =
    additionalProperties === undefined ? Object.keys(properties).length === 0 : additionalProperties !== false;
  const takesAll = keeps || isFree || schema['x-kubernetes-embedded-resource'] === true;
  const form = formOf(schema);
  return {
    ...(form !== undefined && { form }),
    ...(schema['x-kubernetes-map-type'] === 'atomic' && { isAtomic: true }),
    ...(list !== undefined && { list }),
    ...(!takesAll && { knows: (name: string) => memberSchema(schema, name) !== undefined }),
    member: (name) => typeOf(memberSchema(schema, name), keeps),
    item: () => typeOf(itemSchema(schema), keeps),
  };
}

/** How objects of a custom resource belong to managers, by their schema; their metadata are those of any object. */
export function schemaType(schema: StructuralSchema): ValueType {
  // Every object has metadata, so that the root knows at least one member.
  const type = typeOf({ ...schema, properties: { ...schema.properties, metadata: {} } });
  const metadata = builtInType('meta.v1.ObjectMeta');
  return {
    ...type,
    member: (name) => (name === 'metadata' ? metadata : type.member(name)),
  };
}
