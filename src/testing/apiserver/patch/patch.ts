import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { Status } from '../../../protocol/errors/status.ts';
import { badRequest, failureStatus, invalid, refusal } from '../../../serving/failure-status.ts';
import { resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { DecodeFault, decodedObject } from '../objects/decoded-object.ts';
import { isTooDeep } from '../objects/json-depth.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { jsonPatch, JsonPatchError, maxOperations } from './json-patch.ts';
import { mergePatch } from './merge-patch.ts';
import { strategicMerge, StrategicPatchError } from './strategic-merge.ts';
import { checkNamed, typeFault } from '../objects/object-checks.ts';
import { givenMetadata } from '../objects/object-rules.ts';
import { patchRejected, tooDeep, tooManyOperations, unsupportedMediaType } from '../requests/refusals.ts';

const jsonPatchType = 'application/json-patch+json';
const mergePatchType = 'application/merge-patch+json';
const strategicPatchType = 'application/strategic-merge-patch+json';

function refuse(resource: ServedResource, status: Status): never {
  throw refusal(resourceWords(resource), status);
}

/** 422 of a patch whose result cannot be read. A kube-apiserver quotes the result, which may be secret. */
function refuseResult(resource: ServedResource, why: string): never {
  return refuse(
    resource,
    invalid('', '', [{ reason: 'FieldValueInvalid', field: 'patch', message: `Invalid value: ${why}` }]),
  );
}

function jsonPatched(object: KubernetesObject, patch: unknown, resource: ServedResource): unknown {
  // A null is an empty list.
  const operations = patch ?? [];
  if (!Array.isArray(operations)) return refuse(resource, badRequest('the patch is not a list of operations'));
  if (operations.length > maxOperations) return refuse(resource, tooManyOperations(maxOperations, operations.length));
  try {
    return jsonPatch(object, operations);
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    return refuse(resource, error.malformed ? badRequest(error.message) : patchRejected());
  }
}

function notAnObject(patch: unknown): string {
  const type = Array.isArray(patch) ? 'array' : typeof patch === 'boolean' ? 'bool' : typeof patch;
  return `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
}

function strategicallyPatched(object: KubernetesObject, patch: unknown, resource: ServedResource): unknown {
  // A null is an empty patch, of this type only.
  const given = patch ?? {};
  if (!isJsonObject(given)) return refuse(resource, badRequest(notAnObject(given)));
  // The object is of its kind whatever the patch says.
  const { kind, apiVersion, ...parts } = given;
  for (const text of [kind ?? '', apiVersion ?? '']) {
    if (typeof text !== 'string') return refuseResult(resource, 'kind and apiVersion have to be texts');
  }
  try {
    return strategicMerge(object, parts);
  } catch (error) {
    if (!(error instanceof StrategicPatchError)) throw error;
    const { code, message } = error;
    return refuse(resource, code === 400 ? badRequest(message) : failureStatus(500, undefined, message));
  }
}

function patched(object: KubernetesObject, patch: unknown, contentType: string, resource: ServedResource): unknown {
  if (contentType === jsonPatchType) return jsonPatched(object, patch, resource);
  if (contentType === strategicPatchType) return strategicallyPatched(object, patch, resource);
  return isJsonObject(patch) ? mergePatch(object, patch) : refuse(resource, badRequest('the patch is not an object'));
}

/** @throws KubeError 415 for a type of patch that the resource does not take. */
export function checkPatchType(contentType: string, resource: ServedResource): void {
  const types = [jsonPatchType, mergePatchType, ...(resource.builtIn ? [strategicPatchType] : [])];
  if (types.includes(contentType)) return;
  refuse(resource, unsupportedMediaType([...types, 'application/apply-patch+yaml']));
}

/**
 * Applies a patch to a copy of an object, and reads the result as the server does: JSON patch, JSON merge patch, and for
 * built-in resources strategic merge patch.
 *
 * @throws KubeError 400 for a malformed patch, or one that takes the name away; 413 for too many operations; 415 for
 *   another type; 422 where it cannot be applied, or the result is not an object of the resource.
 */
export function applyPatch(
  object: KubernetesObject,
  patch: unknown,
  contentType: string,
  resource: ServedResource,
): JsonObject {
  checkPatchType(contentType, resource);
  const { name } = object.metadata;
  const result = patched(object, patch, contentType, resource);
  if (!isJsonObject(result)) return refuse(resource, patchRejected());
  // Nothing can be read of what has no version, hence no name either.
  if (resource.builtIn && (result['apiVersion'] ?? undefined) === undefined) checkNamed(resource, {}, name);
  if (isTooDeep(result)) return refuse(resource, tooDeep());
  const fault = typeFault(resource, result);
  if (fault !== undefined) return refuseResult(resource, fault);
  try {
    const decoded = decodedObject(resource, result);
    checkNamed(resource, givenMetadata(decoded), name);
    return result;
  } catch (error) {
    if (!(error instanceof DecodeFault)) throw error;
    return refuseResult(resource, error.message);
  }
}
