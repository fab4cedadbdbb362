import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import type { KubernetesObject, OwnerReference } from '../../protocol/objects/kubernetes-object.ts';
import { WriteError } from './write-error.ts';

/** What can be given an owner: a draft, or an object that is made here. */
export interface Ownable {
  readonly kind?: string | undefined;
  readonly metadata: {
    readonly name?: string | undefined;
    readonly namespace?: string | undefined;
    ownerReferences?: OwnerReference[] | undefined;
  };
}

/** Options of {@link setOwner}. */
export interface SetOwnerOptions {
  /** The owner is the one controller of the object, and `ownersOf` leads to it. Default true. */
  readonly controller?: boolean;
  /** A deletion of the owner in the foreground waits for the object. Default true. */
  readonly blockOwnerDeletion?: boolean;
}

/**
 * Makes an object the owner of another, in place, and returns that. The garbage collector deletes the object with its last
 * owner. A reference to the owner that is there already is brought up to date.
 *
 * Throws a {@link WriteError} where the garbage collector would delete the object as an orphan, or two controllers would fight:
 *
 * - `OwnerInOtherNamespace`: an owner in a namespace owns only what is in the same one.
 * - `OwnerInNamespace`: it does not own what is in none. Either way, label the object instead, and look it up by an index.
 * - `OwnerWithoutUid`: the owner is not as the server returned it; a uid is what decides.
 * - `OwnerWithoutKind`: the owner is of a cache of metadata.
 * - `AlreadyOwned`: another object controls it.
 * - `ReadOnly`: the object is frozen, as those of caches are. Use a recipe of `edit`.
 *
 * ```ts
 * const metadata = { name: pod.metadata.name, namespace: 'default' };
 * const settings = setOwner({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { size: '3' } }, pod);
 * await writerOf(resourceClient(kubeConfig, 'v1/configmaps')).apply(settings, { fieldManager: 'docs' });
 * ```
 */
export function setOwner<T extends Ownable>(
  object: T,
  owner: KubernetesObject,
  { controller = true, blockOwnerDeletion = true }: SetOwnerOptions = {},
): T {
  const { metadata } = object;
  const { apiVersion, kind } = owner;
  const { name, namespace, uid } = owner.metadata;
  const key = `${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name ?? '(without a name)'}`;
  const refuse = (reason: WriteError['reason'], message: string): never => {
    throw new WriteError(reason, object.kind ?? 'object', key, message);
  };
  const ownerInWords = `${kind} ${metaNamespaceKey(owner)}`;
  if (namespace && !metadata.namespace)
    refuse('OwnerInNamespace', `${ownerInWords} is in a namespace, and cannot own what is in none`);
  if (namespace && metadata.namespace !== namespace)
    refuse('OwnerInOtherNamespace', `${ownerInWords} is in another namespace, and cannot own it`);
  if (!uid || !apiVersion || !kind)
    refuse('OwnerWithoutUid', `the owner ${ownerInWords} lacks a uid, kind or apiVersion: it has to be read first`);
  if (kind === 'PartialObjectMetadata')
    refuse('OwnerWithoutKind', `the owner ${ownerInWords} is of a cache of metadata, which does not say its kind`);
  const references = metadata.ownerReferences ?? [];
  const other = references.find((each) => each.controller === true && each.uid !== uid);
  if (controller && other !== undefined)
    refuse('AlreadyOwned', `${other.kind} ${other.name} controls it already, and ${ownerInWords} cannot as well`);
  if (Object.isFrozen(metadata))
    refuse('ReadOnly', 'its metadata are frozen, as those of caches are; give the draft of a recipe, or a new object');
  const reference: OwnerReference = {
    apiVersion,
    kind,
    name,
    uid: uid ?? '',
    ...(controller && { controller }),
    ...(blockOwnerDeletion && { blockOwnerDeletion }),
  };
  const index = references.findIndex((each) => each.uid === uid);
  if (index === -1) metadata.ownerReferences = [...references, reference];
  else metadata.ownerReferences = references.with(index, reference);
  return object;
}
