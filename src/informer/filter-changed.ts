import { filter, type MonoTypeOperatorFunction } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { isSameObject } from '../store/identity.ts';
import { isEqual } from './is-equal.ts';

/** What a {@link filterChanged} looks at: a part of the metadata, or what a function finds. */
export type ChangedPart<T> = 'generation' | 'labels' | 'annotations' | ((object: T) => unknown);

/**
 * Lets an update pass only where a part of the object has changed, by value. `generation` changes with the spec and not
 * with the status, of resources that have one. Additions and deletions always pass, and so does an update to another uid;
 * resyncs never do. It remembers nothing: an event says itself what was before.
 *
 * Of several parts one is enough: `filterChanged('generation', 'labels')`.
 */
export function filterChanged<T extends KubernetesObject>(
  ...parts: readonly ChangedPart<T>[]
): MonoTypeOperatorFunction<InformerEvent<T>> {
  const reads = parts.map((part) => (typeof part === 'function' ? part : ({ metadata }: T) => metadata[part]));
  return filter(
    (event) =>
      event.type !== 'updated' ||
      !isSameObject(event.oldObject, event.object) ||
      reads.some((read) => !isEqual(read(event.oldObject), read(event.object))),
  );
}
