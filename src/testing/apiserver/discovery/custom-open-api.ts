import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { type OpenApiSchema, openApiName, reference } from './built-in-open-api.ts';

const members = ['properties', 'patternProperties'] as const;
const alternatives = ['allOf', 'anyOf', 'oneOf'] as const;

function text(description: string): OpenApiSchema {
  return { description, type: 'string' };
}

const typeMembers: OpenApiSchema = {
  apiVersion: text('The version of the API that the object is written in.'),
  kind: text('The kind of the object.'),
  metadata: { description: 'What every object has.', allOf: [reference(openApiName('meta.v1.ObjectMeta'))] },
};

function byName(schemas: JsonObject): OpenApiSchema {
  const published: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) setOwn(published, name, publishedSchema(schema));
  return published;
}

/** A schema of a CustomResourceDefinition as documents have it: objects within objects are told of their type and metadata. */
function publishedSchema(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  const published: Record<string, unknown> = { ...schema };
  for (const name of members) {
    if (isJsonObject(schema[name])) published[name] = byName(schema[name]);
  }
  for (const name of alternatives) {
    if (Array.isArray(schema[name])) published[name] = schema[name].map(publishedSchema);
  }
  for (const name of ['items', 'additionalProperties', 'not']) {
    if (isJsonObject(schema[name])) published[name] = publishedSchema(schema[name]);
  }
  if (schema['x-kubernetes-int-or-string'] === true) published['anyOf'] ??= [{ type: 'integer' }, { type: 'string' }];
  if (schema['x-kubernetes-embedded-resource'] !== true) return published;
  const required = [...new Set([...((schema['required'] ?? []) as readonly unknown[]), 'kind', 'apiVersion'])];
  return { ...published, required, properties: { ...(published['properties'] as JsonObject), ...typeMembers } };
}

/** The schema of objects of a custom resource; of one whose definition has none, only that they are objects. */
export function customObjectSchema(schema: JsonObject | undefined): OpenApiSchema {
  const { properties, ...others } = publishedSchema(schema ?? { type: 'object' }) as JsonObject;
  return { ...others, properties: { ...(properties as JsonObject | undefined), ...typeMembers } };
}
