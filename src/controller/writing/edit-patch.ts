import { Immer } from 'immer';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { Mutable } from '../../protocol/objects/mutable.ts';
import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import type { JsonPatchOperation, Patch } from '../../protocol/patch.ts';
import { checkedDone } from '../../streams/checks/checked-done.ts';
import { isPlainObject } from '../../streams/checks/is-plain-object.ts';
import { type ChangedPart, changedParts, fitsMergePatch, jsonPatchOf, mergePatchOf, notJson } from './changed-parts.ts';
import { WriteError } from './write-error.ts';

/** Changes a draft of an object in place. It may run several times, each time on a newer object. */
export type Recipe<T> = (draft: Mutable<T>) => void;

/** Which part of an object an edit is for. `other` is the object of a subresource such as `scale`. */
export type EditedPart = 'main' | 'status' | 'other';

// The object may be everybody's, and frozen already.
const immer = new Immer({ autoFreeze: false });

/**
 * The patch for what a recipe changes, or `undefined` where it changes nothing. The patch carries the version of the object, and
 * its uid, so that the server refuses it (409) where either has changed. It is a merge patch, or a JSON patch where a member
 * becomes null, which no merge patch can say.
 *
 * Throws a {@link WriteError} for a change that the server would drop or refuse, a TypeError for an object that is not raw JSON and for an
 * async recipe, and what the recipe throws.
 */
export function editPatch<T extends KubernetesObject>(
  resource: string,
  object: T,
  recipe: Recipe<T>,
  part: EditedPart,
): Patch | undefined {
  if (!isPlainObject(object) || !isPlainObject(object.metadata))
    throw new TypeError(`${resource}: an edit takes an object as raw JSON, as caches and clients return it`);
  const run: (draft: Mutable<T>) => unknown = recipe;
  const changed: unknown = immer.produce(object as object, (draft) => {
    checkedDone('a recipe', run(draft as Mutable<T>));
  });
  const parts = changedParts(object, changed);
  if (parts.length === 0) return undefined;
  const key = metaNamespaceKey(object);
  for (const each of parts) check(resource, key, each, part);
  const { resourceVersion, uid } = object.metadata;
  if (!resourceVersion) {
    const message = 'the object has no resourceVersion, so that a conflict could not be found. Nothing was sent';
    throw new WriteError('NoVersion', resource, key, message);
  }
  const conditions: ChangedPart[] = [{ path: ['metadata', 'resourceVersion'], value: resourceVersion }];
  if (uid) conditions.push({ path: ['metadata', 'uid'], value: uid });
  const all = [...parts, ...conditions];
  if (parts.every((each) => each.value === undefined || fitsMergePatch(each)))
    return { type: 'merge', body: mergePatchOf(all) };
  return { type: 'json', body: jsonPatchOf(all) };
}

/** The version that a patch asks for, where it does. */
export function conditionOf(patch: Patch<unknown>): string | undefined {
  if (patch.type !== 'json') {
    const { metadata } = patch.body as { readonly metadata?: { readonly resourceVersion?: unknown } | null };
    return textOf(metadata?.resourceVersion);
  }
  return textOf(patch.body.find(isOfVersion)?.value);
}

type WithValue = Extract<JsonPatchOperation, { readonly value: unknown }>;

function isOfVersion(operation: JsonPatchOperation): operation is WithValue {
  return 'value' in operation && operation.path === '/metadata/resourceVersion';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

// Source: apimachinery `meta/v1/types.go`; a write that changes one of them is refused, or the change is dropped.
const setByServer = [
  'kind',
  'apiVersion',
  'metadata',
  ...['name', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp'].map(
    (name) => `metadata.${name}`,
  ),
];

function check(resource: string, key: string, { path, value }: ChangedPart, part: EditedPart): void {
  const field = path.join('.');
  const refuse = (reason: WriteError['reason'], message: string): never => {
    throw new WriteError(reason, resource, key, `${message}. Nothing was sent`);
  };
  if (setByServer.includes(field)) refuse('SetByServer', `the edit changes ${field}, which a write cannot change`);
  const isStatus = path[0] === 'status';
  if (part === 'main' && isStatus)
    refuse(
      'IsStatus',
      'the edit changes the status; editStatus writes it, and patch where the resource has no /status',
    );
  if (part === 'status' && !isStatus)
    refuse('IsNotStatus', `the edit of the status changes ${field}; edit writes it, before the status`);
  const bad = notJson(value, field);
  if (bad !== undefined) refuse('NotJson', `${bad} has no JSON: a date is written as text`);
}
