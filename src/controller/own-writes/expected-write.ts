import type { Observable } from 'rxjs';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import { compareResourceVersions } from '../../protocol/objects/resource-version.ts';
import type { ObjectReference } from '../../protocol/resource-client.ts';
import type { Watched } from './watched.ts';

/** A write of a run that its sources may not show yet. */
export interface ExpectedWrite {
  readonly resource: string;
  /** The informers that will show it. */
  readonly seenBy: readonly Watched[];
  /** The key of the object. */
  readonly object: string;
  /** A state that is complete up to this version shows what became of the write, whatever that is. */
  readonly version: string | undefined;
  /** Of a deletion: the uid of what is to be gone, where it is known. */
  readonly gone?: { readonly uid: string | undefined };
  /** Of a written object: which one it was, and how to ask the server for it. */
  readonly written?: { readonly uid: string | undefined; readonly read: Read };
}

type Read = (reference: ObjectReference) => Observable<KubernetesObject>;

/** How far one informer is with a write. `unknown`: the versions cannot be ordered, so that nobody can tell. */
export function progressOf(write: ExpectedWrite, informer: Watched): 'passed' | 'behind' | 'unknown' {
  const { value } = informer.store.snapshot$;
  // It has no state to be behind: it has not started, or it was given up.
  if (!value.synced) return 'passed';
  const order = write.version ? compareResourceVersions(write.version, value.resourceVersion ?? '') : undefined;
  if (order !== undefined && order > 0) return 'behind';
  if (write.gone !== undefined) {
    const held = value.getByKey(write.object);
    if (held === undefined) return 'passed';
    const { uid } = held.metadata;
    const isOther = Boolean(uid) && Boolean(write.gone.uid) && uid !== write.gone.uid;
    return isOther ? 'passed' : 'behind';
  }
  return order === undefined ? 'unknown' : 'passed';
}

/** True where every informer that will show a write is up to it, or cannot tell. */
export function isPassed(write: ExpectedWrite): boolean {
  return write.seenBy.every((informer) => progressOf(write, informer) !== 'behind');
}

/**
 * True for a passed write whose object an informer does not have: it does not match its selector, or somebody deleted it while the
 * watch was broken, so that the list that followed showed neither its coming nor its going.
 */
export function isUnseen({ written, seenBy, object }: ExpectedWrite): boolean {
  if (written?.uid === undefined) return false;
  return seenBy.some(
    ({ store }) => store.snapshot$.value.synced && store.getByKey(object)?.metadata.uid !== written.uid,
  );
}

/** What is waited for when an object was written. */
export function expectedWritten(
  resource: string,
  object: KubernetesObject,
  seenBy: readonly Watched[],
  read?: Read,
): ExpectedWrite {
  const { uid, resourceVersion: version } = object.metadata;
  const expected = { resource, seenBy, object: metaNamespaceKey(object), version };
  if (read === undefined) return expected;
  return { ...expected, written: { uid, read } } satisfies ExpectedWrite;
}

/**
 * What is waited for when an object was deleted: that it is gone, from a state that has seen it. A state from before its
 * creation, which this process may have written as well, lacks it too.
 */
export function expectedDeleted(
  resource: string,
  object: KubernetesObject,
  seenBy: readonly Watched[],
  before: readonly ExpectedWrite[],
): ExpectedWrite {
  const key = metaNamespaceKey(object);
  const written = before.findLast((each) => each.resource === resource && each.object === key);
  const held = seenBy.map(({ store }) => store.getByKey(key)).find((each) => each !== undefined);
  return {
    resource,
    seenBy,
    object: key,
    version: written?.version,
    gone: { uid: object.metadata.uid ?? held?.metadata.uid },
  };
}
