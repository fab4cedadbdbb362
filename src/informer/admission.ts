import type { CacheEvent } from '../protocol/cache-event.ts';
import type { KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { storeKey } from '../store/identity.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { TransformError } from './transform-error.ts';

/** What an {@link Admission} works with. */
export interface AdmissionOptions<S, T> {
  /** The resource in words, for errors. */
  readonly resource: string;
  /** Leaves what it is given as it is. */
  readonly transform: (object: S) => T;
  /** Shares memory with what is stored, and freezes. */
  readonly intern: (object: T) => T;
  /** What is stored under a key. */
  readonly held: (key: string) => T | undefined;
  readonly onTransformError: (error: TransformError) => void;
  /** Hears of objects that have no name to be stored under, and of how many. */
  readonly onRefusedObjects: (error: KubeError, count: number) => void;
}

/**
 * The way of objects into the store: each is transformed and interned when it arrives, page by page. One whose transform
 * fails is kept out of the events, so that the others go on; what is stored of it stays as it is, its deletion counts.
 */
export class Admission<S extends KubernetesObject, T extends KubernetesObject> {
  private readonly options: AdmissionOptions<S, T>;
  /** Objects that arrived and whose transform failed. */
  private readonly refused = new WeakSet<object>();

  constructor(options: AdmissionOptions<S, T>) {
    this.options = options;
  }

  /** The object as it is stored, or itself where it is refused. */
  readonly admit = (arrived: S): T => {
    const { transform, intern, onTransformError } = this.options;
    const key = metaNamespaceKey(arrived);
    let why = 'threw';
    let cause: unknown;
    try {
      const object = transform(arrived);
      why = 'returned what cannot be stored';
      storeKey(object);
      return intern(object);
    } catch (error) {
      cause = error;
    }
    this.refused.add(arrived);
    tell(() => onTransformError(new TransformError(this.options.resource, key, why, cause)));
    return arrived as KubernetesObject as T;
  };

  /** The event without what was refused; what the server sent without a name is told of. */
  sift(event: CacheEvent<T>): CacheEvent<T> {
    switch (event.type) {
      case 'Replaced': {
        if (!event.objects.some((object) => this.refused.has(object))) return event;
        // What is stored of it stays, else it would look deleted.
        const objects = event.objects.map((object) => (this.refused.has(object) ? this.heldOf(object) : object));
        return { ...event, objects: objects.filter((object) => object !== undefined) };
      }
      case 'Added':
      case 'Updated':
        if (!this.refused.has(event.object)) return event;
        return { type: 'Bookmark', resourceVersion: event.resourceVersion };
      case 'Deleted': {
        if (!this.refused.has(event.object)) return event;
        const object = this.heldOf(event.object);
        if (object === undefined) return { type: 'Bookmark', resourceVersion: event.resourceVersion };
        return { ...event, object };
      }
      case 'Bookmark':
      case 'Sync':
      case 'Requested':
      case 'Opened':
      case 'Received':
      case 'Settled':
      case 'Interrupted':
        return event;
      case 'Refused':
        tell(() => this.options.onRefusedObjects(event.error, event.count));
        return event;
    }
  }

  /** What is stored of the same object; of another one under its key nothing. */
  private heldOf(refused: T): T | undefined {
    const held = this.options.held(metaNamespaceKey(refused));
    return held?.metadata.uid === refused.metadata.uid ? held : undefined;
  }
}

function tell(report: () => void): void {
  try {
    report();
  } catch (error) {
    reportUnhandled(error as Error);
  }
}
