import { resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { isJsonObject, type JsonObject, setOwn } from './json-object.ts';

/** A member of an object is of another type than the server's. Says where and which, never what it was. */
export class DecodeFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DecodeFault';
  }
}

/** How a member is read: its form, and Go's name of its type, and of what is in it. */
type FieldType =
  | { readonly form: 'text' | 'integer' | 'boolean' | 'time'; readonly type: string }
  | { readonly form: 'texts' | 'bytes' | 'names' | 'objects'; readonly type: string; readonly inner: string };

const text: FieldType = { form: 'text', type: 'string' };
const integer: FieldType = { form: 'integer', type: 'int64' };
const flag: FieldType = { form: 'boolean', type: 'bool' };
const time: FieldType = { form: 'time', type: 'v1.Time' };
const texts: FieldType = { form: 'texts', type: 'map[string]string', inner: 'string' };
const bytes: FieldType = { form: 'bytes', type: 'map[string][]uint8', inner: '[]uint8' };

/** What every object has. Source: apimachinery `meta/v1/types.go`, ObjectMeta. */
const metadataFields: Readonly<Record<string, FieldType>> = {
  name: text,
  generateName: text,
  namespace: text,
  selfLink: text,
  uid: { form: 'text', type: 'types.UID' },
  resourceVersion: text,
  generation: integer,
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: integer,
  labels: texts,
  annotations: texts,
  ownerReferences: { form: 'objects', type: '[]v1.OwnerReference', inner: 'v1.OwnerReference' },
  finalizers: { form: 'names', type: '[]string', inner: 'string' },
  managedFields: { form: 'objects', type: '[]v1.ManagedFieldsEntry', inner: 'v1.ManagedFieldsEntry' },
};

/** What is known of resources beside their metadata. The members of all others are taken as they come. */
const contentFields: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  'v1/configmaps': { data: texts, binaryData: bytes, immutable: flag },
  'v1/secrets': { data: bytes, stringData: texts, immutable: flag, type: { form: 'text', type: 'v1.SecretType' } },
};

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What Go calls the type of a JSON value. */
function goType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function mismatch(value: unknown, where: string, type: string): never {
  throw new DecodeFault(`json: cannot unmarshal ${goType(value)} into Go struct field ${where} of type ${type}`);
}

function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

/** A null in it is the empty text. */
function decodedTexts(value: JsonObject, where: string, inner: string): JsonObject {
  const decoded: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== null && typeof member !== 'string') mismatch(member, where, inner);
    setOwn(decoded, key, member ?? '');
  }
  return decoded;
}

/** `undefined` for what the server leaves out when it prints: null, and what is empty. */
function decodedField(value: unknown, field: FieldType, where: string): unknown {
  if (value === null) return undefined;
  const fail = (): never => mismatch(value, where, field.type);
  switch (field.form) {
    case 'text':
      return typeof value === 'string' ? value || undefined : fail();
    case 'integer':
      return Number.isInteger(value) ? value : fail();
    case 'boolean':
      return typeof value === 'boolean' ? value : fail();
    case 'time':
      return typeof value === 'string' && rfc3339.test(value) ? value : fail();
    case 'texts':
    case 'bytes': {
      if (!isJsonObject(value)) return fail();
      const decoded = decodedTexts(value, where, field.inner);
      const wrong = field.form === 'bytes' && Object.values(decoded).some((member) => !isBase64(member as string));
      if (wrong) throw new DecodeFault(`illegal base64 data in Go struct field ${where}`);
      return Object.keys(decoded).length === 0 ? undefined : decoded;
    }
    case 'names':
    case 'objects': {
      if (!Array.isArray(value)) return fail();
      const fits = field.form === 'names' ? (item: unknown) => typeof item === 'string' : isJsonObject;
      for (const item of value as unknown[]) if (!fits(item)) mismatch(item, where, field.inner);
      return value.length === 0 ? undefined : value;
    }
  }
}

function decodedFields(given: JsonObject, fields: Readonly<Record<string, FieldType>>, where: string): JsonObject {
  const decoded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const read = field && decodedField(value, field, `${where}.${name}`);
    if (read !== undefined) decoded[name] = read;
  }
  return decoded;
}

/** The texts of a Secret are a way in: they are stored as data, and win. */
function storedSecret({ stringData, data, type = 'Opaque', ...rest }: JsonObject): JsonObject {
  if (!isJsonObject(stringData)) return { ...(data !== undefined && { data }), type, ...rest };
  const joined: Record<string, unknown> = { ...(data as JsonObject | undefined) };
  for (const [key, value] of Object.entries(stringData)) {
    setOwn(joined, key, Buffer.from(value as string, 'utf8').toString('base64'));
  }
  return { data: joined, type, ...rest };
}

/**
 * The metadata of an object as the server reads them.
 *
 * @throws DecodeFault for a member of another type.
 */
export function decodedMetadata(metadata: JsonObject): JsonObject {
  return decodedFields(metadata, metadataFields, 'ObjectMeta.metadata');
}

/**
 * An object as the server reads it: of the metadata, and of ConfigMaps and Secrets, only the members that it knows, of
 * the types that they have there, without those that are null or empty.
 *
 * @throws DecodeFault for a member of another type.
 */
export function decodedObject(resource: ServedResource, content: JsonObject): JsonObject {
  const { kind, apiVersion, metadata, ...parts } = content;
  if (metadata !== undefined && metadata !== null && !isJsonObject(metadata)) {
    mismatch(metadata, `${resource.kind}.metadata`, 'v1.ObjectMeta');
  }
  const head = { ...(kind !== undefined && { kind }), ...(apiVersion !== undefined && { apiVersion }) };
  const decoded = decodedMetadata(metadata ?? {});
  const words = resourceWords(resource);
  const known = Object.hasOwn(contentFields, words) ? contentFields[words] : undefined;
  if (known === undefined) return { ...head, metadata: decoded, ...parts };
  const read = decodedFields(parts, known, resource.kind);
  return { ...head, metadata: decoded, ...(words === 'v1/secrets' ? storedSecret(read) : read) };
}
