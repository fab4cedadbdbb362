import { mergeMap, Observable } from 'rxjs';
import type { SharedInformer } from '../../informer/shared-informer.ts';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import type { ReasonType, Wake } from '../../workqueue/wake.ts';

/** The priority of keys that nobody waits for: of a first list, and of a resync. Source: controller-runtime, `handler.LowPriority`. */
export const lowPriority = -100;

/** An informer, whatever it holds. */
export type AnyInformer = SharedInformer<KubernetesObject, string>;

/** Wakes that come of the events of an informer. A controller holds its first run until the informer has synced. */
export interface InformerWakes extends Observable<Wake> {
  readonly informer: AnyInformer;
  /** @internal The same wakes as a controller sees them, which knows its own writes. */
  readonly knowing: (own: OwnEventRule) => InformerWakes;
}

/** What becomes of events that are an own write and nothing else. */
export interface OwnEventRule {
  readonly isOwn: (event: InformerEvent<KubernetesObject>) => boolean;
  /** True where they wake nothing. Otherwise their reasons say `ownWrite`. */
  readonly isSkipped: boolean;
}

const nothingIsOwn: OwnEventRule = { isOwn: () => false, isSkipped: false };

/** The keys that an object means work for. */
export type KeysOfObject<T> = (object: T) => Iterable<string> | undefined;

/**
 * Returns the wakes of an informer's events: for each key of the object, and of what it was before. A first list and a resync have a
 * low priority. The function must be pure. If it throws for an object, RxJS is told, and the other objects go on.
 * Own writes are told or skipped by a rule, which is that of a controller.
 */
export function wakesOf<T extends KubernetesObject, I extends string>(
  informer: SharedInformer<T, I>,
  keysOf: KeysOfObject<T>,
  own: OwnEventRule = nothingIsOwn,
): InformerWakes {
  const { resource } = informer;

  function wakesOfEvent(event: InformerEvent<T>): Wake[] {
    const isOwn = own.isOwn(event);
    if (isOwn && own.isSkipped) return [];
    const { object } = event;
    const isResync = event.type === 'updated' && event.oldObject === object;
    const type: ReasonType = isResync ? 'resync' : event.type;
    const isLow = isResync || (event.type === 'added' && event.isInInitialList);
    const priority = isLow ? lowPriority : 0;
    const reason = { source: resource, type, ...(isOwn && { ownWrite: true }) };
    const keys = new Set(guardedKeys(object));
    if (event.type === 'updated' && !isResync) for (const key of guardedKeys(event.oldObject)) keys.add(key);
    return [...keys].map((key) => ({ key, priority, reason }));
  }

  function guardedKeys(object: T): Iterable<string> {
    try {
      return keysOf(object) ?? [];
    } catch (error) {
      reportUnhandled(error as Error);
      return [];
    }
  }

  const wakes$ = new Observable<Wake>((subscriber) =>
    informer.events$.pipe(mergeMap(wakesOfEvent)).subscribe(subscriber),
  );
  return Object.assign(wakes$, {
    informer: informer as unknown as AnyInformer,
    knowing: (rule: OwnEventRule) => wakesOf(informer, keysOf, rule),
  });
}
