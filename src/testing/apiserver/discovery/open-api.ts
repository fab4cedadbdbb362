import { createHash } from 'node:crypto';
import type { JsonObject } from '../objects/json-object.ts';
import { builtInKind } from '../types/built-in-schema.ts';
import type { ApiResource } from './api-resource.ts';
import { addBuiltInSchemas, openApiName, type OpenApiSchema, reference } from './built-in-open-api.ts';
import { type ApiGroup, type ApiVersion, isBuiltInGroup } from './catalog.ts';
import { customObjectSchema } from './custom-open-api.ts';

/** The schema that a CustomResourceDefinition has for a resource; `undefined` where nothing defines it. */
export type SchemaOf = (resource: ApiResource) => JsonObject | undefined;

function pathOf(group: string, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

type Name = Pick<ApiResource, 'group' | 'version' | 'kind'>;

function apiVersionOf({ group, version }: Name): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `io.example.v1.Widget` of a custom kind. */
function componentName(name: Name): string {
  const builtIn = builtInKind(apiVersionOf(name), name.kind);
  if (builtIn !== undefined) return openApiName(builtIn.name);
  return [...name.group.split('.').reverse(), name.version, name.kind].join('.');
}

function ofKind({ group, version, kind }: Name): OpenApiSchema {
  return { 'x-kubernetes-group-version-kind': { group, kind, version } };
}

function content(types: readonly string[], schema: OpenApiSchema): OpenApiSchema {
  return { content: Object.fromEntries(types.map((type) => [type, { schema }])), required: true };
}

const objectTypes = ['application/json', 'application/yaml'];
const patchTypes = ['application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json'];
const actions: Readonly<Record<string, readonly [verb: string, method: string, ofAll: boolean]>> = {
  list: ['list', 'get', true],
  post: ['create', 'post', true],
  deletecollection: ['deletecollection', 'delete', true],
  get: ['get', 'get', false],
  put: ['update', 'put', false],
  patch: ['patch', 'patch', false],
  delete: ['delete', 'delete', false],
};

function operation(action: string, resource: ApiResource): OpenApiSchema {
  const isPatch = action === 'patch';
  const isWrite = isPatch || action === 'post' || action === 'put';
  const types = isBuiltInGroup(resource.group) ? [...patchTypes, 'application/strategic-merge-patch+json'] : patchTypes;
  const written = isPatch ? { type: 'object' } : reference(componentName(resource));
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', ...(isPatch ? ['force'] : [])];
  return {
    ...(isWrite && {
      parameters: parameters.map((name) => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } })),
      requestBody: content(isPatch ? types : objectTypes, written),
    }),
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': action,
    ...ofKind(resource),
  };
}

function operations(resource: ApiResource, ofAll: boolean): OpenApiSchema {
  const all = Object.entries(actions)
    .filter(([, [verb, , isOfAll]]) => isOfAll === ofAll && resource.verbs.includes(verb))
    .map(([action, [, method]]) => [method, operation(action, resource)] as const);
  return Object.fromEntries(all);
}

function paths(group: string, { version, resources }: ApiVersion): OpenApiSchema {
  const root = `/${pathOf(group, version)}`;
  const all = resources.flatMap((resource) => {
    const place = `${root}${resource.namespaced ? '/namespaces/{namespace}' : ''}/${resource.plural}`;
    return [
      [place, operations(resource, true)] as const,
      [`${place}/{name}`, operations(resource, false)] as const,
    ].filter(([, each]) => Object.keys(each).length > 0);
  });
  return Object.fromEntries(all);
}

function listSchema(name: Name): OpenApiSchema {
  return {
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: { type: 'string' },
      items: { type: 'array', items: { allOf: [reference(componentName(name))], default: {} } },
      kind: { type: 'string' },
      metadata: { allOf: [reference(openApiName('meta.v1.ListMeta'))], default: {} },
    },
  };
}

function kindsOf(schema: OpenApiSchema, { group, version }: Name, kind: string): OpenApiSchema {
  return { ...schema, 'x-kubernetes-group-version-kind': [{ group, kind, version }] };
}

function schemas({ resources }: ApiVersion, schemaOf: SchemaOf): OpenApiSchema {
  const all = new Map<string, OpenApiSchema>();
  for (const type of ['meta.v1.DeleteOptions', 'meta.v1.Status']) addBuiltInSchemas(all, type);
  addBuiltInSchemas(all, 'meta.v1.ObjectMeta');
  for (const resource of resources) {
    const name = componentName(resource);
    const builtIn = builtInKind(apiVersionOf(resource), resource.kind);
    if (builtIn === undefined) all.set(name, customObjectSchema(schemaOf(resource)));
    else addBuiltInSchemas(all, builtIn.name);
    all.set(name, kindsOf(all.get(name) ?? {}, resource, resource.kind));
    if (resource.verbs.includes('list')) {
      all.set(
        `${name.slice(0, -resource.kind.length)}${resource.listKind}`,
        kindsOf(listSchema(resource), resource, resource.listKind),
      );
    }
  }
  return Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * `/openapi/v3/apis/GROUP/VERSION`: what may be done with each resource, and the schemas of all types, those of custom resources
 * from their definitions. Types that are built in have no descriptions.
 */
export function openApiDocument(group: string, version: ApiVersion, schemaOf: SchemaOf): object {
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths: paths(group, version),
    components: { schemas: schemas(version, schemaOf) },
  };
}

function isBuiltIn({ resources }: ApiVersion): boolean {
  return resources.every((resource) => builtInKind(apiVersionOf(resource), resource.kind) !== undefined);
}

/** What is built in never changes, and is written once. */
const texts = new Map<string, { readonly text: string; readonly hash: string }>();

/** A document as text, and the hash by which clients keep it. */
export function openApiText(
  group: string,
  version: ApiVersion,
  schemaOf: SchemaOf,
): { readonly text: string; readonly hash: string } {
  const path = pathOf(group, version.version);
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = JSON.stringify(openApiDocument(group, version, schemaOf));
  const made = { text, hash: createHash('sha512').update(text).digest('hex').toUpperCase() };
  if (isBuiltIn(version)) texts.set(path, made);
  return made;
}

/** `/openapi/v3`. */
export function openApiIndex(groups: readonly ApiGroup[], schemaOf: SchemaOf): object {
  const entries = groups.flatMap(({ name, versions }) =>
    versions.map((version) => {
      const path = pathOf(name, version.version);
      const { hash } = openApiText(name, version, schemaOf);
      return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }] as const;
    }),
  );
  return { paths: Object.fromEntries(entries) };
}
