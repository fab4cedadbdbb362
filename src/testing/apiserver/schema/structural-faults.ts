import { isDeepStrictEqual } from 'node:util';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { forbiddenFault, invalidFault, requiredFault } from './field-fault.ts';
import { goPattern } from './go-pattern.ts';
import { additionalSchema, itemSchema, propertySchema, type StructuralSchema } from './structural-schema.ts';

type Level = 'root' | 'item' | 'field';

const untyped: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

const intOrString = [{ type: 'integer' }, { type: 'string' }];

/** What may only stand outside of `allOf`, `anyOf`, `oneOf` and `not`: the words of its fault, by its name. */
const structuralMembers: Readonly<Record<string, string>> = {
  type: 'must be empty to be structural',
  additionalProperties: 'must be undefined to be structural',
  default: 'must be undefined to be structural',
  title: 'must be empty to be structural',
  description: 'must be empty to be structural',
  nullable: 'must be false to be structural',
  'x-kubernetes-preserve-unknown-fields': 'must be false to be structural',
  'x-kubernetes-embedded-resource': 'must be false to be structural',
  'x-kubernetes-int-or-string': 'must be false to be structural',
  'x-kubernetes-list-map-keys': 'must be empty to be structural',
  'x-kubernetes-list-type': 'must be undefined to be structural',
  'x-kubernetes-map-type': 'must be undefined to be structural',
};

function isSet(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}

function patternFaults({ pattern = '' }: StructuralSchema, path: string): FieldFault[] {
  if (pattern === '') return [];
  try {
    goPattern(pattern);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const why = `must be a valid regular expression, but isn't: ${error.message}`;
    return [invalidFault(`${path}.pattern`, pattern, why)];
  }
}

/** The schemas that a schema is made of by logic, and where they stand. The two that say "int or string" may have types. */
function junctors(schema: StructuralSchema, path: string): (readonly [StructuralSchema, string])[] {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema;
  const numbered = (name: string, schemas: readonly StructuralSchema[]) =>
    schemas.map((each, index) => [each, `${path}.${name}[${index}]`] as const);
  const skipsAnyOf = isDeepStrictEqual(anyOf, intOrString);
  const [first, ...others] = allOf;
  const skipsFirst = first !== undefined && isDeepStrictEqual(first.anyOf, intOrString);
  return [
    ...(skipsAnyOf ? [] : numbered('anyOf', anyOf)),
    ...numbered('allOf', skipsFirst ? [{ ...first, anyOf: [] }, ...others] : allOf),
    ...numbered('oneOf', oneOf),
    ...(not === undefined ? [] : [[not, `${path}.not`] as const]),
  ];
}

/** Of a schema that only narrows what another one has. */
function nestedFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const items = itemSchema(schema);
  const members = Object.entries(structuralMembers).filter(([name]) => isSet(schema[name as keyof StructuralSchema]));
  return [
    ...valueFaults(schema, path),
    ...(items === undefined ? [] : nestedFaults(items, `${path}.items`)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      nestedFaults(each, `${path}.properties[${name}]`),
    ),
    ...members.map(([name, why]) => forbiddenFault(`${path}.${name}`, why)),
    ...(isSet(schema['x-kubernetes-validations'])
      ? [forbiddenFault(`${path}.x-kubernetes-validations`, 'must be empty to be structural')]
      : []),
    ...(propertySchema(schema, 'metadata') === undefined
      ? []
      : [forbiddenFault(`${path}.properties[metadata]`, 'must not be specified in a nested context')]),
  ];
}

function valueFaults(schema: StructuralSchema, path: string): FieldFault[] {
  return [...junctors(schema, path).flatMap(([each, at]) => nestedFaults(each, at)), ...patternFaults(schema, path)];
}

/** Of metadata, only names can be narrowed. */
function metadataFaults(schema: StructuralSchema, isChecked: boolean, level: Level, path: string): FieldFault[] {
  const typed =
    isChecked && schema.type !== 'object' ? [invalidFault(`${path}.type`, schema.type ?? '', 'must be object')] : [];
  if (level !== 'root') return typed;
  const { type: _type, default: _default, properties = {}, ...rest } = schema;
  const others = Object.keys(properties).filter((name) => name !== 'name' && name !== 'generateName');
  if (others.length === 0 && Object.keys(rest).length === 0) return typed;
  const why = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
  return [...typed, forbiddenFault(path, why)];
}

function typeFaults(schema: StructuralSchema, level: Level, path: string): FieldFault[] {
  const { type = '' } = schema;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  const keeps = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const at = `${path}.type`;
  const why = 'must be object if x-kubernetes-embedded-resource is true';
  if (isEmbedded && type !== 'object') return [type === '' ? requiredFault(at, why) : invalidFault(at, type, why)];
  if (type === '' && schema['x-kubernetes-int-or-string'] !== true && !keeps)
    return [requiredFault(at, untyped[level])];
  return level === 'root' && type !== '' && type !== 'object'
    ? [invalidFault(at, type, 'must be object at the root')]
    : [];
}

function extensionFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const why = 'must be false if x-kubernetes-int-or-string is true';
  const names = ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'] as const;
  if (schema['x-kubernetes-int-or-string'] !== true) return [];
  return names.filter((name) => schema[name] === true).map((name) => invalidFault(`${path}.${name}`, true, why));
}

function embeddedFaults(schema: StructuralSchema, path: string): FieldFault[] {
  if (schema['x-kubernetes-embedded-resource'] !== true) return [];
  const isEmpty = Object.keys(schema.properties ?? {}).length === 0;
  const why =
    'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
  return [
    ...(schema.additionalProperties === undefined
      ? []
      : [forbiddenFault(`${path}.additionalProperties`, 'must not be used if x-kubernetes-embedded-resource is set')]),
    ...(schema['x-kubernetes-preserve-unknown-fields'] !== true && isEmpty
      ? [requiredFault(`${path}.properties`, why)]
      : []),
  ];
}

function schemaFaults(schema: StructuralSchema, level: Level, path: string): FieldFault[] {
  const items = itemSchema(schema);
  const others = additionalSchema(schema);
  const isResource = level === 'root' || schema['x-kubernetes-embedded-resource'] === true;
  const metadata = propertySchema(schema, 'metadata');
  const named = ['kind', 'apiVersion'].flatMap((name) => {
    const type = propertySchema(schema, name)?.type;
    if (!isResource || propertySchema(schema, name) === undefined || type === 'string') return [];
    return [invalidFault(`${path}.properties[${name}].type`, type ?? '', 'must be string')];
  });
  return [
    ...(schema.type === 'array' && items === undefined ? [requiredFault(`${path}.items`, 'must be specified')] : []),
    ...(items === undefined ? [] : schemaFaults(items, 'item', `${path}.items`)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      schemaFaults(each, 'field', `${path}.properties[${name}]`),
    ),
    ...(schema.additionalProperties !== undefined && level === 'root'
      ? [forbiddenFault(`${path}.additionalProperties`, 'must not be used at the root')]
      : []),
    ...(others === undefined ? [] : schemaFaults(others, 'field', `${path}.additionalProperties`)),
    ...extensionFaults(schema, path),
    ...valueFaults(schema, path),
    ...typeFaults(schema, level, path),
    ...embeddedFaults(schema, path),
    ...named,
    ...(metadata === undefined ? [] : metadataFaults(metadata, isResource, level, `${path}.properties[metadata]`)),
  ];
}

interface Completed {
  readonly schema: StructuralSchema;
  readonly path: string;
}

/** What logic speaks of has to be there outside of it too. Source: `apiserver/schema/complete.go`. */
function completenessFaults(nested: Completed, whole: StructuralSchema | undefined, path: string): FieldFault[] {
  const { schema } = nested;
  const items = itemSchema(schema);
  const own =
    whole === undefined
      ? [requiredFault(path, `because it is defined in ${nested.path}`)]
      : Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
          completenessFaults(
            { schema: each, path: `${nested.path}.properties[${name}]` },
            propertySchema(whole, name),
            `${path}.properties[${name}]`,
          ),
        );
  if (whole === undefined) return own;
  return [
    ...own,
    ...(items === undefined
      ? []
      : completenessFaults({ schema: items, path: `${nested.path}.items` }, itemSchema(whole), `${path}.items`)),
    ...junctors(schema, nested.path).flatMap(([each, at]) =>
      completenessFaults({ schema: each, path: at }, whole, path),
    ),
  ];
}

/**
 * Why a schema is not structural, in the order of the texts.
 *
 * Source: apiextensions-apiserver `apiserver/schema/validation.go`.
 */
export function structuralFaults(schema: StructuralSchema, path: string): FieldFault[] {
  const faults = [
    ...schemaFaults(schema, 'root', path),
    ...junctors(schema, path).flatMap(([each, at]) => completenessFaults({ schema: each, path: at }, schema, path)),
  ];
  const text = ({ field, message }: FieldFault): string => `${field}: ${message}`;
  return faults.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}
