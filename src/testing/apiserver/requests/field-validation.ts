import { badRequest, invalid, refusal } from '../../../serving/failure-status.ts';
import { apiVersionOf, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { DecodeFault } from '../objects/decoded-object.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { typeFault } from '../objects/object-checks.ts';
import { builtInKind, builtInSchema } from '../types/built-in-schema.ts';
import { type BuiltInReading, readBuiltIn } from '../types/read-built-in.ts';
import type { TextReply } from './api-reply.ts';
import type { Targeted } from './read-verbs.ts';
import { withWarnings } from './warning-header.ts';

/** What is read of an object that is sent. */
export interface SentObject {
  /** Of a built-in resource, without what its type does not know. */
  readonly content: JsonObject;
  /** The fields that are left out, where the client wants to hear of them. */
  readonly unknown: readonly string[];
}

/** How the object came to be: as it was sent, or by a patch of one that was stored. */
export type SentAs = 'object' | 'patch';

function refuseObject({ kind, version, ...resource }: ServedResource, sentAs: SentAs, why: string): never {
  const what = `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}`;
  // A kube-apiserver quotes the result of a patch, which may be secret.
  const fault = { reason: 'FieldValueInvalid', field: 'patch', message: `Invalid value: ${why}` } as const;
  const status = sentAs === 'patch' ? invalid('', '', [fault]) : badRequest(`${what}: ${why}`);
  throw refusal(resourceWords({ ...resource, version }), status);
}

/** Of custom objects, the metadata are read by their type, and the rest by the schema when it is stored. */
function metadataUnknown({ metadata }: JsonObject, isSorted: boolean): readonly string[] {
  if (!isJsonObject(metadata)) return [];
  try {
    const { unknown } = readBuiltIn(metadata, builtInSchema('meta.v1.ObjectMeta'), isSorted);
    return unknown.map((field) => `metadata.${field}`);
  } catch (error) {
    // It is refused when it is stored.
    if (error instanceof DecodeFault) return [];
    throw error;
  }
}

function reading({ collection }: Targeted, content: JsonObject, isSorted: boolean): BuiltInReading {
  const { resource } = collection;
  if (!resource.builtIn) {
    return { content, unknown: [...metadataUnknown(content, isSorted), ...collection.unknownFields(content)] };
  }
  const schema = builtInKind(apiVersionOf(resource), resource.kind);
  return schema === undefined ? { content, unknown: [] } : readBuiltIn(content, schema, isSorted);
}

/** Reads an object by the type of a kind that is not the one of its collection, as that of a scale. */
export function readAs(targeted: Targeted, content: JsonObject, resource: ServedResource, sentAs: SentAs): SentObject {
  const schema = builtInKind(apiVersionOf(resource), resource.kind);
  if (schema === undefined) return { content, unknown: [] };
  return heard(targeted, resource, sentAs, () => readBuiltIn(content, schema, sentAs === 'patch'));
}

function heard(
  { request }: Targeted,
  resource: ServedResource,
  sentAs: SentAs,
  read: () => BuiltInReading,
): SentObject {
  const validation = request.query.get('fieldValidation') ?? '';
  let result: BuiltInReading;
  try {
    result = read();
  } catch (error) {
    if (error instanceof DecodeFault) return refuseObject(resource, sentAs, error.message);
    throw error;
  }
  const { content, unknown } = result;
  if (validation === 'Ignore' || unknown.length === 0) return { content, unknown: [] };
  if (validation !== 'Strict') return { content, unknown };
  const fields = unknown.map((field) => `unknown field "${field}"`).join(', ');
  return refuseObject(resource, sentAs, `strict decoding error: ${fields}`);
}

/**
 * Reads an object that is sent, and finds the fields that the server does not know and leaves out, where its client wants to hear
 * of them: `Warn`, which is the default of `fieldValidation`.
 *
 * @throws KubeError 400, of what a patch made 422, for an object with such fields where the client wants that, `Strict`, and for
 *   a member of another type than that of a built-in kind.
 */
export function readSent(targeted: Targeted, content: JsonObject, sentAs: SentAs = 'object'): SentObject {
  const { resource } = targeted.collection;
  // It is refused when it is stored.
  if (typeFault(resource, content) !== undefined) return { content, unknown: [] };
  return heard(targeted, resource, sentAs, () => reading(targeted, content, sentAs === 'patch'));
}

/** An answer that warns of fields, and of what else there is to say. */
export function warnOf(unknown: readonly string[], reply: TextReply, others: readonly string[] = []): TextReply {
  return withWarnings([...unknown.map((field) => `unknown field "${field}"`), ...others], reply);
}
