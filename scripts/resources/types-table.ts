/** A schema of an OpenAPI document, with what is looked at. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

/** An OpenAPI document of a group version, with what is looked at. */
export interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Member {
  readonly name: string;
  readonly marks: string;
  readonly type: string | undefined;
}

const metadataType = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

function referred({ $ref, allOf = [] }: Schema): string | undefined {
  return ($ref ?? allOf.find((each) => each.$ref !== undefined)?.$ref)?.split('/').at(-1);
}

/** How a resource's type is called: `apps.v1.Deployment`. A kind has the name of its group, other types that of their package. */
function shortName(name: string): string {
  return name === metadataType ? 'meta.ObjectMeta' : name.replace(/^io\.k8s\.(api\.)?/, '');
}

/**
 * The lines of the table of types: what is special about the members of each type that objects of a resource have.
 *
 * A struct that is no pointer has an empty default; whether a type's members are special all through is known by its parts.
 */
export function typesTable(documents: readonly OpenApiDocument[]): readonly string[] {
  const schemas = new Map(documents.flatMap(({ components }) => Object.entries(components.schemas)));

  function listMember(name: string, schema: Schema): Member {
    const listType = schema['x-kubernetes-list-type'];
    const type = schema.items && referred(schema.items);
    const isAtomic = type !== undefined && schemas.get(type)?.['x-kubernetes-map-type'] === 'atomic';
    if (listType === 'set') return { name, marks: '[]', type: undefined };
    if (listType !== 'map') return { name, marks: '', type: undefined };
    const keys = (schema['x-kubernetes-list-map-keys'] ?? []).map((key) => {
      const missing = type === undefined ? undefined : schemas.get(type)?.properties?.[key]?.default;
      return typeof missing === 'string' && missing !== '' ? `${key}=${missing}` : key;
    });
    return { name, marks: `[${keys.join(',')}]${isAtomic ? '!' : ''}`, type: isAtomic ? undefined : type };
  }

  function member(name: string, schema: Schema): Member {
    if (schema.type === 'array') return listMember(name, schema);
    const isThere = schema.default !== undefined && JSON.stringify(schema.default) === '{}' ? '+' : '';
    const { additionalProperties } = schema;
    if (additionalProperties !== undefined) {
      if (schema['x-kubernetes-map-type'] === 'atomic') return { name, marks: '!', type: undefined };
      const type = referred(additionalProperties);
      return { name, marks: type === undefined ? '' : '*', type };
    }
    const type = referred(schema);
    const isAtomic = [schema, type === undefined ? undefined : schemas.get(type)].some(
      (each) => each?.['x-kubernetes-map-type'] === 'atomic',
    );
    return isAtomic ? { name, marks: `${isThere}!`, type: undefined } : { name, marks: isThere, type };
  }

  function members(type: string): Member[] {
    return Object.entries(schemas.get(type)?.properties ?? {}).map(([name, schema]) => member(name, schema));
  }

  const special = new Map<string, boolean>();
  function isSpecial(type: string, above: readonly string[] = []): boolean {
    const known = special.get(type);
    if (known !== undefined || above.includes(type)) return known ?? false;
    const found = members(type).some(
      (each) =>
        each.marks.replace('*', '') !== '' || (each.type !== undefined && isSpecial(each.type, [...above, type])),
    );
    special.set(type, found);
    return found;
  }

  const kinds = new Map<string, string>();
  for (const [type, schema] of schemas) {
    const [first, ...others] = schema['x-kubernetes-group-version-kind'] ?? [];
    // Options and lists are of many groups.
    if (first === undefined || others.length > 0 || type.endsWith('List')) continue;
    kinds.set(type, `${first.group === '' ? 'core' : first.group}.${first.version}.${first.kind}`);
  }

  const lines = new Map<string, string>();
  const due = [...kinds.keys(), metadataType];
  for (let type = due.pop(); type !== undefined; type = due.pop()) {
    const name = kinds.get(type) ?? shortName(type);
    if (lines.has(name) || !isSpecial(type)) continue;
    const isKind = kinds.has(type);
    const tokens = members(type).flatMap((each) => {
      // The metadata of all resources are the same.
      if (isKind && each.name === 'metadata') return [];
      const inner = each.type !== undefined && isSpecial(each.type) ? each.type : undefined;
      if (inner !== undefined) due.push(inner);
      const marks = inner === undefined ? each.marks.replace('*', '') : each.marks;
      if (marks === '' && inner === undefined) return [];
      return [`${each.name}${marks}${inner === undefined ? '' : `:${kinds.get(inner) ?? shortName(inner)}`}`];
    });
    lines.set(name, [name, ...tokens].join(' '));
  }
  return [...lines.values()].filter((line) => line.includes(' ')).sort();
}
