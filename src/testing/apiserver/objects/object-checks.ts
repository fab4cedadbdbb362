import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { Status } from '../../../protocol/errors/status.ts';
import { badRequest, failureStatus, invalid, refusal } from '../../../serving/failure-status.ts';
import {
  apiVersionOf,
  qualifiedResource,
  resourceWords,
  type ServedResource,
} from '../../../serving/served-resource.ts';
import type { JsonObject } from './json-object.ts';
import { conflict, objectModified } from '../requests/refusals.ts';

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

/** Why an object is not of the resource's kind and version; `undefined` where it is. */
export function typeFault(resource: ServedResource, { kind, apiVersion }: JsonObject): string | undefined {
  const expected = apiVersionOf(resource);
  if (!resource.builtIn && typeof kind !== 'string') return "Object 'Kind' is missing in the body";
  if (apiVersion !== undefined && apiVersion !== null && apiVersion !== expected) {
    return `the API version in the data (${shown(apiVersion)}) does not match the expected API version (${expected})`;
  }
  if (kind === undefined || kind === null || kind === resource.kind) return undefined;
  return `${shown(kind)} in version "${resource.version}" cannot be handled as a ${resource.kind}`;
}

/** @throws KubeError 400 where a whole object that takes the place of another does not say its name. */
export function checkNamed(resource: ServedResource, { name }: JsonObject, named: string): void {
  if (name !== undefined && name !== null && name !== '') return;
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

/** How a change says which object it is meant for. */
export interface IdentityRules {
  /** It has to name the version that it replaces. */
  readonly requiresVersion: boolean;
  /** Another uid is a precondition that fails, rather than a field that cannot be changed. */
  readonly uidIsPrecondition: boolean;
}

/**
 * @throws KubeError where decoded metadata is of another object (400, 409), or of another version than the stored one
 * (409), or of none where one is required (422), or of one that is not a number (500).
 */
export function checkIdentity(
  resource: ServedResource,
  given: JsonObject,
  current: KubernetesObject,
  { requiresVersion, uidIsPrecondition }: IdentityRules,
): void {
  const { name, namespace, uid = '', resourceVersion } = current.metadata;
  if (given['name'] !== undefined && given['name'] !== name) {
    const text = `the name of the object (${shown(given['name'])}) does not match the name on the URL (${name})`;
    refuse(resource, badRequest(text));
  }
  checkNamespace(resource, given, namespace);
  const named = (given['resourceVersion'] ?? '') as string;
  if (!/^[0-9]*$/.test(named)) {
    const text = `strconv.ParseUint: parsing ${JSON.stringify(named)}: invalid syntax`;
    refuse(resource, failureStatus(500, undefined, text));
  }
  const version = isNoVersion(named) ? '' : named;
  if (version === '' && requiresVersion) {
    const message = 'Invalid value: 0: must be specified for an update';
    const fault = { reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message } as const;
    refuse(resource, invalid(qualifiedResource(resource), name, [fault]));
  }
  if (version !== '' && version !== resourceVersion) refuse(resource, conflict(resource, name, objectModified));
  if (uidIsPrecondition && given['uid'] !== undefined && given['uid'] !== uid) {
    const cause = `Precondition failed: UID in precondition: ${shown(given['uid'])}, UID in object meta: ${uid}`;
    refuse(resource, conflict(resource, name, cause));
  }
}

/** Whether a version stands for none: absent, no number, or zero. */
export function isNoVersion(version: unknown): boolean {
  return typeof version !== 'string' || !/^[0-9]*[1-9][0-9]*$/.test(version);
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
