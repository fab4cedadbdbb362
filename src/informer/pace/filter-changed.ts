import { filter, type MonoTypeOperatorFunction } from 'rxjs';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { isSameObject } from '../../protocol/objects/identity.ts';
import { isEqual } from './is-equal.ts';
import { isResync } from '../handlers/waiting-resyncs.ts';

/** What a {@link filterChanged} looks at: a part of the metadata, or what a function finds. */
export type ChangedPart<T> = 'generation' | 'labels' | 'annotations' | ((object: T) => unknown);

/**
 * Lets an update pass only where a part of the object has changed, by value; of several parts one is enough:
 * `filterChanged('generation', 'labels')`. Additions and deletions always pass, and so does an update to another uid;
 * resyncs never do. It remembers nothing: an event says itself what was before.
 *
 * `generation` changes with the spec and not with the status. Of an object that has none any update passes. What a function
 * finds should be JSON: anything else is taken for changed unless it is the same. What a function throws ends the stream.
 * Throws a TypeError at once for any other part, and for none.
 *
 * ```ts
 * pods.events$.pipe(filterChanged('generation', 'labels')).subscribe(({ object }) => reconcile(object));
 * ```
 */
export function filterChanged<E extends InformerEvent<KubernetesObject>>(
  ...parts: readonly [ChangedPart<E['object']>, ...ChangedPart<E['object']>[]]
): MonoTypeOperatorFunction<E> {
  if (parts.length === 0)
    throw new TypeError('filterChanged was given nothing to look at; it would swallow every update');
  const reads = parts.map(readOf);
  return filter(
    (event) =>
      event.type !== 'updated' ||
      !isSameObject(event.oldObject, event.object) ||
      (!isResync(event) && reads.some((read) => !isEqual(read(event.oldObject), read(event.object)))),
  );
}

function readOf<T extends KubernetesObject>(part: ChangedPart<T>): (object: T) => unknown {
  switch (part) {
    case 'generation':
      return (object) => object.metadata.generation ?? object;
    case 'labels':
    case 'annotations':
      return ({ metadata }) => metadata[part] ?? {};
    default:
      if (typeof part === 'function') return part;
      throw new TypeError(
        `filterChanged looks at generation, labels, annotations or a function, not ${JSON.stringify(part)}`,
      );
  }
}
