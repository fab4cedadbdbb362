import { type BuiltInField, type BuiltInSchema, builtInSchema } from '../types/built-in-schema.ts';

/** A schema as OpenAPI has it. */
export type OpenApiSchema = Readonly<Record<string, unknown>>;

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const extensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

/** The names of what the table of schemas has letters for, and what they are. */
const named: Readonly<Record<string, readonly [name: string, schema: OpenApiSchema]>> = {
  q: ['io.k8s.apimachinery.pkg.api.resource.Quantity', { oneOf: [{ type: 'string' }, { type: 'number' }] }],
  o: [
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  ],
  t: [`${meta}.Time`, { type: 'string', format: 'date-time' }],
  m: [`${meta}.MicroTime`, { type: 'string', format: 'date-time' }],
  f: [`${meta}.FieldsV1`, { type: 'object' }],
  r: ['io.k8s.apimachinery.pkg.runtime.RawExtension', { type: 'object' }],
  j: [`${extensions}.JSON`, {}],
  1: [`${extensions}.JSONSchemaPropsOrArray`, {}],
  2: [`${extensions}.JSONSchemaPropsOrBool`, {}],
  3: [`${extensions}.JSONSchemaPropsOrStringArray`, {}],
};

const simple: Readonly<Record<string, readonly [schema: OpenApiSchema, zero: unknown]>> = {
  s: [{ type: 'string' }, ''],
  i: [{ type: 'integer', format: 'int32' }, 0],
  l: [{ type: 'integer', format: 'int64' }, 0],
  b: [{ type: 'boolean' }, false],
  d: [{ type: 'number', format: 'double' }, 0],
  y: [{ type: 'string', format: 'byte' }, undefined],
};

/** What documents call a type: `io.k8s.api.core.v1.PodSpec`. */
export function openApiName(type: string): string {
  if (type.startsWith('meta.v1.')) return `io.k8s.apimachinery.pkg.apis.${type}`;
  return /^(apiextensions-apiserver|kube-aggregator|apimachinery)\./.test(type)
    ? `io.k8s.${type}`
    : `io.k8s.api.${type}`;
}

/** A reference to a schema of the same document. */
export function reference(name: string): OpenApiSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** What is the same for one value, an item and a value of a map; what stands for a missing one is there where it is not left out. */
function valueSchema(type: string, isThere: boolean, standard?: unknown): OpenApiSchema {
  const [schema, zero] = simple[type] ?? [];
  const missing = standard ?? (isThere ? (schema === undefined ? zeroOf(type) : zero) : undefined);
  const told = missing !== undefined && { default: missing };
  if (schema !== undefined) return { ...schema, ...told };
  return { allOf: [reference(named[type]?.[0] ?? openApiName(type))], ...told };
}

function zeroOf(type: string): unknown {
  return 'tmfrj123qo'.includes(type) ? undefined : {};
}

function fieldSchema(field: BuiltInField): OpenApiSchema {
  const { type, holds, isPointer, omitsEmpty, standard, listType, listKeys, mapType, strategy, mergeKey } = field;
  const marks = {
    ...(listKeys !== undefined && { 'x-kubernetes-list-map-keys': listKeys }),
    ...(listType !== undefined && { 'x-kubernetes-list-type': listType }),
    ...(mapType !== undefined && { 'x-kubernetes-map-type': mapType }),
    ...(mergeKey !== undefined && { 'x-kubernetes-patch-merge-key': mergeKey }),
    ...(strategy !== undefined && { 'x-kubernetes-patch-strategy': strategy }),
  };
  if (holds === 'list') return { type: 'array', items: itemSchema(type), ...marks };
  if (holds === 'map') return { type: 'object', additionalProperties: mapValue(type), ...marks };
  const isThere = !isPointer && (!omitsEmpty || simple[type] === undefined);
  return { ...valueSchema(type, isThere, standard), ...marks };
}

/** What stands for a missing one is all that is said beside a reference. */
function itemSchema(type: string): OpenApiSchema {
  const { allOf, ...others } = valueSchema(type, true);
  const [only] = (allOf ?? []) as readonly OpenApiSchema[];
  return only === undefined || Object.keys(others).length > 0 ? valueSchema(type, true) : only;
}

/** A value that is a list of texts has a type of its own, which documents leave out. */
function mapValue(type: string): OpenApiSchema {
  const only = type.length === 1 ? undefined : builtInSchema(type).fields[0];
  return only?.isInline === true && only.holds === 'list'
    ? { type: 'array', items: itemSchema(only.type) }
    : itemSchema(type);
}

/** The fields that are written in the place of one, and the others. */
function members({ fields }: BuiltInSchema): readonly BuiltInField[] {
  return fields.flatMap((field) =>
    field.isInline && field.holds === 'one' ? members(builtInSchema(field.type)) : [field],
  );
}

/** Adds the schemas of a type, and of all that it refers to, to those of a document, by their names there. */
export function addBuiltInSchemas(schemas: Map<string, OpenApiSchema>, type: string): void {
  const letter = named[type];
  if (letter !== undefined) schemas.set(letter[0], letter[1]);
  if (type in choices) addBuiltInSchemas(schemas, propsType);
  const name = openApiName(type);
  if (type.length === 1 || schemas.has(name)) return;
  const schema = builtInSchema(type);
  const fields = members(schema);
  if (fields[0]?.isInline === true) return;
  const entries = fields.map((field) => [field.name, fieldSchema(field)] as const);
  const typed = schema.isKind
    ? [['apiVersion', { type: 'string' }] as const, ['kind', { type: 'string' }] as const]
    : [];
  const required = fields.filter(({ isRequired }) => isRequired).map((field) => field.name);
  schemas.set(name, {
    type: 'object',
    ...(typed.length + entries.length > 0 && {
      properties: Object.fromEntries([...typed, ...entries].sort(([one], [other]) => (one < other ? -1 : 1))),
    }),
    ...(required.length > 0 && { required }),
    ...(schema.isAtomic && { 'x-kubernetes-map-type': 'atomic' }),
  });
  for (const field of fields) addBuiltInSchemas(schemas, field.type);
}

const choices: Readonly<Record<string, true>> = { 1: true, 2: true, 3: true };
const propsType = 'apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';
