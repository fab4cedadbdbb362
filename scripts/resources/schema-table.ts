import type { GoField, GoTypes } from './go-types.ts';
import type { OpenApiDocument, Schema } from './open-api-document.ts';

/** One letter for each scalar, and for each struct that is written as one value. */
const codes: Readonly<Record<string, string>> = {
  string: 's',
  int32: 'i',
  int64: 'l',
  bool: 'b',
  float64: 'd',
  bytes: 'y',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'q',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'o',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 't',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'm',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'f',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'r',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': 'j',
};

/** Those that hold one of two values: `1` an object or a list of them, `2` a boolean or an object, `3` an object or texts. */
const choices: Readonly<Record<string, string>> = {
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': '1',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': '2',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': '3',
};

function shortName(name: string): string {
  return name.replace(/^io\.k8s\.(api\.|apimachinery\.pkg\.apis\.)?/, '');
}

/** A name without its package where that is the one of the type that it stands in. */
function localName(name: string, home: string): string {
  const place = home.lastIndexOf('.') + 1;
  return name.lastIndexOf('.') + 1 === place && name.startsWith(home.slice(0, place)) ? name.slice(place - 1) : name;
}

/** What is zero stands for what is missing where a field is always there. */
function isToldAnyway({ pointer = false, omitEmpty = false }: GoField, standard: unknown): boolean {
  const text = JSON.stringify(standard ?? {});
  return text === '{}' || (['""', '0', 'false'].includes(text) && !pointer && !omitEmpty);
}

/** The lines of the table of schemas: a type each, with its fields in the order of their numbers. */
export function schemaTable({ kinds, types }: GoTypes, documents: readonly OpenApiDocument[]): readonly string[] {
  const schemas = new Map(documents.flatMap(({ components }) => Object.entries(components.schemas)));

  function listMarks(field: GoField, schema: Schema): string {
    const keys = schema['x-kubernetes-list-map-keys'] ?? [];
    const types: Readonly<Record<string, string>> = { set: 's', atomic: 'a', map: `m${keys.join(',')}` };
    return `[${types[schema['x-kubernetes-list-type'] ?? ''] ?? ''}]`;
  }

  function patchMarks({ strategy = '', mergeKey = '' }: GoField): string {
    return strategy === '' ? '' : `<${strategy}${mergeKey === '' ? '' : `:${mergeKey}`}>`;
  }

  function token(owner: Schema | undefined, home: string, field: GoField, previous: number): string {
    const { name, number, type, list = false, map = false } = field;
    const schema = owner?.properties?.[name] ?? {};
    return [
      name,
      field.pointer === true ? '*' : '',
      field.omitEmpty === true ? '?' : '',
      field.omitZero === true ? '~' : '',
      field.inline === true ? '^' : '',
      owner?.required?.includes(name) === true ? '!' : '',
      schema['x-kubernetes-map-type'] === undefined ? '' : `%${schema['x-kubernetes-map-type'][0]!}`,
      list ? listMarks(field, schema) : map ? '{}' : '',
      `:${codes[type] ?? choices[type] ?? localName(shortName(type), home)}`,
      number === previous + 1 ? '' : `@${number}`,
      patchMarks(field),
      isToldAnyway(field, schema.default) ? '' : `=${JSON.stringify(schema.default)}`,
    ].join('');
  }

  // What is written as a part of another struct is described there.
  const holders = new Map(
    Object.entries(types).flatMap(([holder, fields]) =>
      fields.filter(({ inline }) => inline === true).map(({ type }) => [type, holder] as const),
    ),
  );
  const heads = new Map(Object.entries(kinds).map(([kind, type]) => [type, kind]));
  return Object.entries(types)
    .filter(([type]) => codes[type] === undefined && choices[type] === undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([type, fields]) => {
      const schema = schemas.get(type) ?? schemas.get(holders.get(type) ?? '');
      const kind = heads.get(type);
      const sorted = [...fields].sort((one, other) => one.number - other.number);
      const isAtomic = schema?.['x-kubernetes-map-type'] === 'atomic';
      return [
        `${shortName(type)}${isAtomic ? '%' : ''}`,
        ...(kind === undefined ? [] : [`=${kind.replace(/^\/(v1)/, '$1').replace(' ', '/')}`]),
        ...sorted.map((field, index) => token(schema, shortName(type), field, sorted[index - 1]?.number ?? 0)),
      ].join(' ');
    });
}
