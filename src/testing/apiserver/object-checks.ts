import type { KubernetesObject } from '../../protocol/kubernetes-object.ts';
import type { Status } from '../../protocol/status.ts';
import { badRequest, invalid, refusal } from '../../serving/failure-status.ts';
import { apiVersionOf, qualifiedResource, resourceWords, type ServedResource } from '../../serving/served-resource.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { conflict, objectModified } from './refusals.ts';

/** What a deletion asks of the stored object. */
export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

function refuse(resource: ServedResource, status: Status): never {
  throw refusal(resourceWords(resource), status);
}

/** A value of unknown content in a message: text as it is, anything else by its type. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value : typeof value;
}

/** @throws KubeError 400 where an object is not of the resource's kind and version. */
export function checkType(resource: ServedResource, { kind, apiVersion, metadata }: JsonObject): void {
  const expected = apiVersionOf(resource);
  if (metadata !== undefined && metadata !== null && !isJsonObject(metadata))
    refuse(resource, badRequest('metadata is no object'));
  if (!resource.builtIn && typeof kind !== 'string') {
    refuse(resource, badRequest("Object 'Kind' is missing in the body"));
  }
  if (apiVersion !== undefined && apiVersion !== expected) {
    const text = `the API version in the data (${shown(apiVersion)}) does not match the expected API version (${expected})`;
    refuse(resource, badRequest(text));
  }
  if (kind !== undefined && kind !== resource.kind) {
    const text = `${shown(kind)} in version "${resource.version}" cannot be handled as a ${resource.kind}`;
    refuse(resource, badRequest(text));
  }
}

/** What Go calls the type of a JSON value. */
function goType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** @throws KubeError 400 where labels or annotations are not texts by name; a null is none. */
export function checkTexts({ kind, version, ...resource }: ServedResource, given: JsonObject): void {
  for (const field of ['labels', 'annotations']) {
    const texts = given[field] ?? {};
    const wrong = isJsonObject(texts)
      ? Object.values(texts).find((text) => typeof text !== 'string' && text !== null)
      : texts;
    if (wrong === undefined) continue;
    const type = wrong === texts ? 'map[string]string' : 'string';
    const fault = `json: cannot unmarshal ${goType(wrong)} into Go struct field ObjectMeta.metadata.${field} of type ${type}`;
    const text = `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${fault}`;
    refuse({ ...resource, kind, version }, badRequest(text));
  }
}

/** @throws KubeError 400 where a whole object that takes the place of another does not say its name. */
export function checkNamed(resource: ServedResource, { name }: JsonObject, named: string): void {
  if (name !== undefined && name !== '') return;
  const text = `the name of the object (${named} based on URL) was undeterminable: name must be provided`;
  refuse(resource, badRequest(text));
}

/** @throws KubeError 400 where an object names another namespace than its request. */
export function checkNamespace(resource: ServedResource, given: JsonObject, namespace: string | undefined): void {
  const named = given['namespace'];
  if (named === undefined || named === '' || named === namespace) return;
  const text = 'the namespace of the provided object does not match the namespace sent on the request';
  refuse(resource, badRequest(text));
}

/**
 * @throws KubeError where new metadata is of another object (400, 409), or of another version than the stored one (409),
 * or of none where one is required (422).
 */
export function checkIdentity(
  resource: ServedResource,
  given: JsonObject,
  current: KubernetesObject,
  requiresVersion: boolean,
): void {
  const { name, namespace, uid = '', resourceVersion } = current.metadata;
  if (given['name'] !== undefined && given['name'] !== name) {
    const text = `the name of the object (${shown(given['name'])}) does not match the name on the URL (${name})`;
    refuse(resource, badRequest(text));
  }
  checkNamespace(resource, given, namespace);
  const version = given['resourceVersion'] ?? '';
  if (version === '' && requiresVersion) {
    const message = 'Invalid value: 0: must be specified for an update';
    const fault = { reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message } as const;
    refuse(resource, invalid(qualifiedResource(resource), name, [fault]));
  }
  if (version !== '' && version !== resourceVersion) refuse(resource, conflict(resource, name, objectModified));
  if (given['uid'] !== undefined && given['uid'] !== uid) {
    const cause = `Precondition failed: UID in precondition: ${shown(given['uid'])}, UID in object meta: ${uid}`;
    refuse(resource, conflict(resource, name, cause));
  }
}

/** @throws KubeError 409 where a deletion is meant for another object, or for another version of it. */
export function checkPreconditions(
  resource: ServedResource,
  { metadata: { name, uid = '', resourceVersion = '' } }: KubernetesObject,
  preconditions: Preconditions = {},
): void {
  const check = (field: string, wanted: unknown, actual: string, guess: string): void => {
    if (wanted === undefined || wanted === actual) return;
    const cause =
      `the ${field} in the precondition (${shown(wanted)}) does not match the ${field} in record (${actual}). ` +
      `The object might have been ${guess}`;
    refuse(resource, conflict(resource, name, cause));
  };
  check('UID', preconditions.uid, uid, 'deleted and then recreated');
  check('ResourceVersion', preconditions.resourceVersion, resourceVersion, 'modified');
}
