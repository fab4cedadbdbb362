import { DecodeFault, decodedMetadata } from '../objects/decoded-object.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';
import { printedValue } from './field-fault.ts';
import { itemSchema, memberSchema, type StructuralSchema } from './structural-schema.ts';

function ofEmbedded(object: JsonObject, path: string): JsonObject {
  for (const name of ['apiVersion', 'kind']) {
    const value = object[name];
    if (value === undefined || typeof value === 'string') continue;
    throw new DecodeFault(`${path}.${name}: Invalid value: ${printedValue(value)}: must be a string`);
  }
  const { metadata } = object;
  if (metadata === undefined) return object;
  if (!isJsonObject(metadata)) {
    throw new DecodeFault(`${path}.metadata: Invalid value: ${printedValue(metadata)}: metadata is not an object`);
  }
  const read = decodedMetadata(metadata);
  const isSame = Object.entries(metadata).every(([name, value]) => read[name] === value);
  return isSame ? object : { ...object, metadata: read };
}

/**
 * A value with the metadata of the objects in it read as those of any object; the same value where nothing differs.
 *
 * Source: apiextensions-apiserver `apiserver/schema/objectmeta/algorithm.go`.
 *
 * @throws DecodeFault for a member of another type.
 */
export function withEmbeddedMetadata(value: unknown, schema: StructuralSchema, path = ''): unknown {
  if (Array.isArray(value)) {
    const item = itemSchema(schema);
    if (item === undefined) return value;
    const read = value.map((each: unknown, index) => withEmbeddedMetadata(each, item, `${path}[${index}]`));
    return read.every((each, index) => each === value[index]) ? value : read;
  }
  if (!isJsonObject(value)) return value;
  const own = schema['x-kubernetes-embedded-resource'] === true ? ofEmbedded(value, path) : value;
  const read: Record<string, unknown> = {};
  let isSame = own === value;
  for (const [name, each] of Object.entries(own)) {
    const member = memberSchema(schema, name);
    const at = path === '' ? name : `${path}.${name}`;
    const result = member === undefined ? each : withEmbeddedMetadata(each, member, at);
    setOwn(read, name, result);
    isSame &&= result === each;
  }
  return isSame ? value : read;
}
