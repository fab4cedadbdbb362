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

function typeOf(schema: StructuralSchema | undefined): ValueType {
  if (schema === undefined) return anyValue;
  const list = listOf(schema);
  const takesAll =
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema['x-kubernetes-embedded-resource'] === true ||
    (schema.additionalProperties ?? false) !== false;
  return {
    ...(schema['x-kubernetes-map-type'] === 'atomic' && { isAtomic: true }),
    ...(list !== undefined && { list }),
    ...(!takesAll && { knows: (name: string) => memberSchema(schema, name) !== undefined }),
    member: (name) => typeOf(memberSchema(schema, name)),
    item: () => typeOf(itemSchema(schema)),
  };
}

/** How objects of a custom resource belong to managers, by their schema; their metadata are those of any object. */
export function schemaType(schema: StructuralSchema): ValueType {
  const type = typeOf(schema);
  const metadata = builtInType('meta.ObjectMeta');
  return {
    ...type,
    knows: (name) => name === 'metadata' || (type.knows?.(name) ?? true),
    member: (name) => (name === 'metadata' ? metadata : type.member(name)),
  };
}
