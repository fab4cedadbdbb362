import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import { printable } from '../../protocol/errors/printable.ts';

/** Leaves room for the reason. A key has 317 characters at most: 63 of a namespace and 253 of a name. */
const longestKey = 320;

/** A handler or a project that failed on an event. The event is given up for this consumer; the others are not concerned. */
export class HandlerError<T> extends Error {
  /** The key of the object. */
  readonly key: string;
  readonly #event: InformerEvent<T>;

  constructor(event: InformerEvent<T>, cause: unknown) {
    const key = metaNamespaceKey(event.object as KubernetesObject);
    const why = cause instanceof Error ? cause.message : String(cause);
    super(printable(`handling ${event.type} of ${printable(key, longestKey)} failed, it is not tried again: ${why}`), {
      cause,
    });
    this.name = 'HandlerError';
    this.key = key;
    this.#event = event;
  }

  /** What it failed on. No log shows it: neither the message has it, nor what is printed of this error. */
  get event(): InformerEvent<T> {
    return this.#event;
  }
}
