import type { KubernetesObject } from '../../protocol/kubernetes-object.ts';
import { badRequest, refusal } from '../../serving/failure-status.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { jsonPatch, JsonPatchError, maxOperations } from './json-patch.ts';
import { mergePatch } from './merge-patch.ts';
import { patchRejected, tooManyOperations, unsupportedMediaType } from './refusals.ts';

const jsonPatchType = 'application/json-patch+json';
const mergePatchType = 'application/merge-patch+json';
const strategicPatchType = 'application/strategic-merge-patch+json';

/** Directives of strategic merge patches, which are not understood here. */
function hasDirective(patch: unknown): boolean {
  if (Array.isArray(patch)) return patch.some(hasDirective);
  return (
    isJsonObject(patch) && Object.entries(patch).some(([key, value]) => key.startsWith('$') || hasDirective(value))
  );
}

function jsonPatched(object: KubernetesObject, patch: unknown, resource: string): unknown {
  // A null is an empty list.
  const operations = patch ?? [];
  if (!Array.isArray(operations)) throw refusal(resource, badRequest('the patch is no list of operations'));
  if (operations.length > maxOperations) {
    throw refusal(resource, tooManyOperations(maxOperations, operations.length));
  }
  try {
    return jsonPatch(object, operations);
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    throw refusal(resource, error.malformed ? badRequest(error.message) : patchRejected());
  }
}

/** What is patched. */
export interface PatchTarget {
  readonly resource: string;
  readonly builtIn: boolean;
}

/** @throws KubeError 415 for a type of patch that the resource does not take. */
export function checkPatchType(contentType: string, { resource, builtIn }: PatchTarget): void {
  const accepted = [jsonPatchType, mergePatchType, ...(builtIn ? [strategicPatchType] : [])];
  if (!accepted.includes(contentType)) throw refusal(resource, unsupportedMediaType(accepted));
}

/**
 * Applies a patch to a copy of an object: JSON patch, JSON merge patch, and for built-in resources strategic merge
 * patch, which is taken for a merge patch: its lists replace, and its directives are refused.
 *
 * @throws KubeError 400 for a malformed patch, 415 for another type, 422 where it cannot be applied.
 */
export function applyPatch(
  object: KubernetesObject,
  patch: unknown,
  contentType: string,
  target: PatchTarget,
): JsonObject {
  const { resource } = target;
  checkPatchType(contentType, target);
  if (contentType === jsonPatchType) {
    const patched = jsonPatched(object, patch, resource);
    if (isJsonObject(patched)) return patched;
    throw refusal(resource, patchRejected());
  }
  if (!isJsonObject(patch)) throw refusal(resource, badRequest('the patch is no object'));
  if (contentType === strategicPatchType && hasDirective(patch)) {
    throw refusal(resource, badRequest('directives of strategic merge patches are not supported by this server'));
  }
  const patched = mergePatch(object, patch);
  return isJsonObject(patched) ? patched : {};
}
