import type { SharedInformer } from '../../informer/shared-informer.ts';
import type { KubernetesObject, OwnerReference } from '../../protocol/objects/kubernetes-object.ts';
import { type InformerWakes, wakesOf } from './wakes-of.ts';

/** Which owners are woken. */
export interface OwnersOptions {
  /** True where the owners are cluster-scoped: their keys have no namespace. Default: they are in the namespace of the object. */
  readonly clusterScoped?: boolean;
  /** True for all owners, not the controlling one alone. Default false. */
  readonly all?: boolean;
}

/**
 * Returns a wake of the controlling owner of each object that changes, and of the owner that it had before. Owners are told by
 * group and kind, never by version: `apps/Deployment`, or `Node` for the core group.
 *
 * Throws a TypeError for a kind that is not a text of that form.
 *
 * ```ts
 * ownersOf(pods, 'apps/ReplicaSet').subscribe(({ key }) => console.log(key));
 * ```
 */
export function ownersOf<T extends KubernetesObject, I extends string>(
  informer: SharedInformer<T, I>,
  groupKind: string,
  options: OwnersOptions = {},
): InformerWakes {
  const [group, kind] = groupKindOf(groupKind);
  return wakesOf(informer, (object) => ownerKeys(object, group, kind, options));
}

/** The keys of the owners of an object that are of a group and kind. */
export function ownerKeys(
  { metadata }: KubernetesObject,
  group: string,
  kind: string,
  { clusterScoped = false, all = false }: OwnersOptions = {},
): string[] {
  const owners: readonly OwnerReference[] = metadata.ownerReferences ?? [];
  return owners
    .filter((owner) => owner.kind === kind && groupOf(owner.apiVersion) === group && (all || owner.controller === true))
    .map(({ name }) => (clusterScoped || !metadata.namespace ? name : `${metadata.namespace}/${name}`));
}

/** The group of an apiVersion: the empty one for `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The parts of a group and kind. Throws a TypeError for a text of another form. */
export function groupKindOf(groupKind: string): readonly [string, string] {
  const parts = typeof groupKind === 'string' ? /^(?:([^/\s]+)\/)?([A-Za-z][^/\s]*)$/.exec(groupKind) : null;
  if (parts?.[2] === undefined)
    throw new TypeError(`${groupKind} is not a group and kind, such as apps/Deployment or Node`);
  return [parts[1] ?? '', parts[2]];
}
