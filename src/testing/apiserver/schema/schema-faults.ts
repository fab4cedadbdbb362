import type { FieldFault } from '../../../serving/failure-status.ts';
import { forbiddenFault, invalidFault, requiredFault, unsupportedFault } from './field-fault.ts';
import { additionalSchema, itemSchema, propertySchema, type StructuralSchema } from './structural-schema.ts';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const metaMembers = new Set(['metadata', 'kind', 'apiVersion']);

/** Members that no schema of a definition may have. */
const unsupportedMembers = [
  'id',
  'additionalItems',
  'patternProperties',
  'definitions',
  'dependencies',
  '$ref',
] as const;

/** Where a schema stands. */
interface Place {
  readonly path: string;
  readonly isRoot: boolean;
  /** Why there may be no default here. */
  readonly noDefaults?: string | undefined;
  readonly isInMetadata: boolean;
}

function typedAs(type: string, extension: string, schema: StructuralSchema, path: string): FieldFault[] {
  if (schema.type === type) return [];
  const why = `must be ${type} if ${extension} is specified`;
  const at = `${path}.type`;
  return [(schema.type ?? '') === '' ? requiredFault(at, why) : invalidFault(at, schema.type, why)];
}

function setFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const items = itemSchema(schema);
  if (items === undefined) return [];
  const why = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const listType = items['x-kubernetes-list-type'];
  if (items.type === 'array' && listType !== undefined && listType !== 'atomic') {
    return [invalidFault(`${path}.items.x-kubernetes-list-type`, listType, why)];
  }
  if (items.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic') {
    return [invalidFault(`${path}.items.x-kubernetes-map-type`, listType ?? null, why)];
  }
  return [];
}

function keyFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const { 'x-kubernetes-list-map-keys': keys = [] } = schema;
  const items = itemSchema(schema);
  const at = `${path}.x-kubernetes-list-map-keys`;
  const empty = keys.length > 0 ? [] : [requiredFault(at, 'must not be empty if x-kubernetes-list-type is map')];
  if (items === undefined) {
    return [...empty, requiredFault(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')];
  }
  if (items.type !== 'object') {
    const why = "must be object if parent array's x-kubernetes-list-type is map";
    return [...empty, invalidFault(`${path}.items.type`, items.type ?? '', why)];
  }
  const faults = keys.flatMap((key, index) => {
    const property = propertySchema(items, key);
    const isNested = property?.type === 'array' || property?.type === 'object';
    const isTwice = keys.indexOf(key) < index;
    const scalar = "must be a scalar type if parent array's x-kubernetes-list-type is map";
    return [
      ...(property === undefined ? [invalidFault(at, keys, 'entries must all be names of item properties')] : []),
      ...(isNested ? [invalidFault(`${path}.items.properties[${key}].type`, items.type, scalar)] : []),
      ...(isTwice ? [invalidFault(at, keys, 'must not contain duplicate entries')] : []),
    ];
  });
  return [...empty, ...faults];
}

/** A key has to be there, with a value. */
function uniquenessFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const listType = schema['x-kubernetes-list-type'];
  const items = itemSchema(schema);
  if (items === undefined || (listType !== 'set' && listType !== 'map')) return [];
  const nullable = items.nullable === true;
  const whole = `cannot be nullable when x-kubernetes-list-type is ${listType}`;
  const keys = listType === 'map' ? (schema['x-kubernetes-list-map-keys'] ?? []) : [];
  const needed = 'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
  const solid = 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable';
  return [
    ...(nullable ? [forbiddenFault(`${path}.items.nullable`, whole)] : []),
    ...keys.flatMap((key) => {
      const property = propertySchema(items, key);
      if (property === undefined) return [];
      const at = `${path}.items.properties[${key}]`;
      const isThere = (items.required ?? []).includes(key) || property.default !== undefined;
      return [
        ...(isThere ? [] : [requiredFault(`${at}.default`, needed)]),
        ...(property.nullable === true ? [forbiddenFault(`${at}.nullable`, solid)] : []),
      ];
    }),
  ];
}

function listFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const { 'x-kubernetes-list-type': listType, 'x-kubernetes-list-map-keys': keys = [] } = schema;
  const at = `${path}.x-kubernetes-list-type`;
  const why = 'must be map if x-kubernetes-list-map-keys is non-empty';
  if (listType === undefined) return keys.length > 0 ? [requiredFault(at, why)] : [];
  const typed = typedAs('array', 'x-kubernetes-list-type', schema, path);
  return [
    ...typed,
    ...(typed.length === 0 && listType === 'set' ? setFaults(schema, path) : []),
    ...(['atomic', 'set', 'map'].includes(listType) ? [] : [unsupportedFault(at, listType, ['atomic', 'set', 'map'])]),
    ...(keys.length > 0 && listType !== 'map' ? [invalidFault(at, listType, why)] : []),
    ...(listType === 'map' ? keyFaults(schema, path) : []),
  ];
}

function mapFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const mapType = schema['x-kubernetes-map-type'];
  if (mapType === undefined) return [];
  return [
    ...typedAs('object', 'x-kubernetes-map-type', schema, path),
    ...(['atomic', 'granular'].includes(mapType)
      ? []
      : [unsupportedFault(`${path}.x-kubernetes-map-type`, mapType, ['atomic', 'granular'])]),
  ];
}

/** Rules are not evaluated, but one has to be there. */
function ruleFaults(schema: StructuralSchema, path: string): FieldFault[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap(({ rule }, index) => {
    const isEmpty = typeof rule !== 'string' || rule.trim() === '';
    const at = `${path}.x-kubernetes-validations[${index}].rule`;
    return isEmpty ? [requiredFault(at, 'rule is not specified')] : [];
  });
}

function ownFaults(schema: StructuralSchema, { path, noDefaults, isInMetadata }: Place): FieldFault[] {
  const { type = '', items } = schema;
  const forbid = (isForbidden: boolean, name: string, why: string): FieldFault[] =>
    isForbidden ? [forbiddenFault(`${path}.${name}`, why)] : [];
  return [
    ...(type === '' || types.includes(type) ? [] : [unsupportedFault(`${path}.type`, type, types)]),
    ...forbid(
      schema.default !== undefined && noDefaults !== undefined,
      'default',
      `must not be set ${noDefaults ?? ''}`,
    ),
    ...unsupportedMembers.flatMap((name) => forbid(schema[name] !== undefined, name, `${name} is not supported`)),
    ...forbid(type === 'null', 'type', 'type cannot be set to null, use nullable as an alternative'),
    ...forbid(Array.isArray(items), 'items', 'items must be a schema object and not an array'),
    ...forbid(
      isInMetadata && schema['x-kubernetes-embedded-resource'] === true,
      'x-kubernetes-embedded-resource',
      'must not be used inside of resource meta',
    ),
    ...forbid(
      schema.uniqueItems === true,
      'uniqueItems',
      'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
    ),
    ...forbid(
      Object.keys(schema.properties ?? {}).length > 0 &&
        schema.additionalProperties !== undefined &&
        schema.additionalProperties !== true,
      'additionalProperties',
      'additionalProperties and properties are mutual exclusive',
    ),
    ...(schema['x-kubernetes-preserve-unknown-fields'] === false
      ? [invalidFault(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined')]
      : []),
    ...mapFaults(schema, path),
    ...listFaults(schema, path),
    ...uniquenessFaults(schema, path),
    ...ruleFaults(schema, path),
  ];
}

function propertyPlace(name: string, schema: StructuralSchema, place: Place): Place {
  const path = `${place.path}.properties[${name}]`;
  const isResource = place.isRoot || schema['x-kubernetes-embedded-resource'] === true;
  if (!isResource || !metaMembers.has(name)) return { ...place, path, isRoot: false };
  const noDefaults = place.isRoot ? `in top-level ${name}` : place.noDefaults;
  return { path, isRoot: false, isInMetadata: true, noDefaults };
}

function faultsAt(schema: StructuralSchema, place: Place): FieldFault[] {
  const { path } = place;
  const others = additionalSchema(schema);
  const items = itemSchema(schema);
  const below = (name: string, each: StructuralSchema | undefined): FieldFault[] =>
    each === undefined ? [] : faultsAt(each, { ...place, path: `${path}.${name}`, isRoot: false });
  const noDefaults = place.isInMetadata ? 'inside additionalProperties applying to object metadata' : place.noDefaults;
  return [
    ...ownFaults(schema, place),
    ...(others === undefined
      ? []
      : faultsAt(others, { ...place, path: `${path}.additionalProperties`, isRoot: false, noDefaults })),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      faultsAt(each, propertyPlace(name, schema, place)),
    ),
    ...below('not', schema.not),
    ...(['allOf', 'oneOf', 'anyOf'] as const).flatMap((name) =>
      (schema[name] ?? []).flatMap((each, index) => below(`${name}[${index}]`, each)),
    ),
    ...below('items', items),
  ];
}

/**
 * What a schema has that no definition may have.
 *
 * Source: apiextensions-apiserver `apis/apiextensions/validation/validation.go`.
 */
export function schemaFaults(schema: StructuralSchema, path: string): FieldFault[] {
  return faultsAt(schema, { path, isRoot: true, isInMetadata: false });
}
