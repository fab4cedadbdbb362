import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/object-key.ts';

/** A handler or a project that failed on an event. The event is given up for this consumer; the others are not concerned. */
export class HandlerError<T> extends Error {
  /** The key of the object. */
  readonly key: string;
  /** What it failed on. Not part of the message, which may go to a log. */
  readonly event: InformerEvent<T>;

  constructor(event: InformerEvent<T>, cause: unknown) {
    const key = metaNamespaceKey(event.object as KubernetesObject);
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`handling ${event.type} of ${key} failed, it is not tried again: ${why}`, { cause });
    this.name = 'HandlerError';
    this.key = key;
    this.event = event;
  }
}
