import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { isPlainObject } from '../../streams/checks/is-plain-object.ts';
import { notJson } from './changed-parts.ts';
import { WriteError } from './write-error.ts';

// What only an object that was read has. kubectl refuses managedFields; with the others an apply would fail later, or own what
// is the server's.
const read = ['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'deletionTimestamp'];

/**
 * Returns an intent to apply, to the object or to its status. Throws a {@link WriteError} for an object as it was read, for one
 * without kind, apiVersion or name, and for what the server would drop.
 */
export function checkedIntent(resource: string, intent: unknown, part: 'main' | 'status' | 'other'): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = (isPlainObject(intent) ? intent : {}) as Partial<KubernetesObject>;
  const { name, namespace } = isPlainObject(metadata) ? metadata : {};
  const key = typeof name === 'string' ? (namespace ? `${namespace}/${name}` : name) : '(without a name)';
  const refuse = (reason: WriteError['reason'], message: string): never => {
    throw new WriteError(reason, resource, key, `${message}. Nothing was sent`);
  };
  if (!apiVersion || !kind || typeof name !== 'string' || name === '')
    refuse('NotAnIntent', 'an intent to apply has apiVersion, kind and metadata.name');
  const found = read.find((field) => Object.hasOwn(metadata as object, field));
  if (found !== undefined)
    refuse(
      'NotAnIntent',
      `it has metadata.${found}, as an object that was read; an apply takes the fields alone that its manager is to own, ` +
        'and edit changes an object that was read',
    );
  if (part === 'main' && Object.hasOwn(rest, 'status'))
    refuse('IsStatus', "it has a status, which subresource('status') applies");
  const other = part === 'status' ? Object.keys(rest).find((field) => field !== 'status') : undefined;
  if (other !== undefined) refuse('IsNotStatus', `it has ${other}, and it is applied to the status`);
  const bad = notJson(intent);
  if (bad !== undefined) refuse('NotJson', `${bad.slice(1)} has no JSON: a date is written as text`);
  return intent as KubernetesObject;
}
