import type { CacheEvent } from '../../protocol/cache-event.ts';
import type { KubeError } from '../../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import { Admitted } from '../../store/admitted.ts';
import { storeKey } from '../../store/store-key.ts';
import { checkedDone } from '../../streams/checks/checked-done.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import { Rejected } from './rejected.ts';
import { TransformError } from './transform-error.ts';

/** What an {@link Admission} works with. */
export interface AdmissionOptions<S, T> {
  /** The resource in words, for errors. */
  readonly resource: string;
  /** Leaves its argument as it is. */
  readonly transform: (object: S) => T;
  /** Where objects are stored: `admit` is its doorway, `getByKey` reads its newest state. */
  readonly store: {
    readonly admit: (object: T, key?: string) => Admitted<T>;
    readonly getByKey: (key: string) => T | undefined;
  };
  readonly onTransformError: (error: TransformError) => void;
  /** Hears of objects that have no name to be stored under, and of their number. */
  readonly onRefusedObjects: (error: KubeError, count: number) => void;
}

/**
 * The way of objects into the store, in two steps. {@link admit} works on each object when it arrives: transform, key, check,
 * sharing, freezing. {@link settle} works on each event before it reaches the store: what was rejected leaves it.
 *
 * An object whose transform fails is rejected, and the others go on. The store keeps the object that it has under that key;
 * the deletion of a rejected object counts.
 */
export class Admission<S extends KubernetesObject, T extends KubernetesObject> {
  private readonly options: AdmissionOptions<S, T>;

  constructor(options: AdmissionOptions<S, T>) {
    this.options = options;
  }

  /** The object as it is stored, or why not. Throws a `KeyError` for an object that arrived without a key. */
  readonly admit = (arrived: S, key?: string): Admitted<T> | Rejected => {
    const { transform, store, resource, onTransformError } = this.options;
    let why = 'threw';
    try {
      const result = transform(arrived);
      why = 'returned what cannot be stored';
      const object = checkedDone('a transform', result);
      const isArrived = (object as KubernetesObject) === arrived;
      return store.admit(object, isArrived ? key : storeKey(object));
    } catch (cause) {
      const rejected = new Rejected(key ?? metaNamespaceKey(arrived), arrived.metadata.uid);
      tell(() => onTransformError(new TransformError(resource, rejected.key, why, cause)));
      return rejected;
    }
  };

  /** The event without rejected objects. Reports the objects that the server sent without a name. */
  readonly settle = (event: CacheEvent<Admitted<T> | Rejected>): CacheEvent<Admitted<T>> => {
    switch (event.type) {
      case 'Replaced': {
        // What is stored of a rejected object stays, else it would look deleted.
        const objects = event.objects.map((object) => (object instanceof Rejected ? this.heldOf(object) : object));
        return { ...event, objects: objects.filter((object) => object !== undefined) };
      }
      case 'Added':
      case 'Updated':
      case 'Deleted': {
        const { type, object: admitted, resourceVersion } = event;
        const isRejected = admitted instanceof Rejected;
        const object = !isRejected ? admitted : type === 'Deleted' ? this.heldOf(admitted) : undefined;
        return object === undefined ? { type: 'Bookmark', resourceVersion } : { type, object, resourceVersion };
      }
      case 'Refused':
        tell(() => this.options.onRefusedObjects(event.error, event.count));
        return event;
      case 'Bookmark':
      case 'Sync':
      case 'Requested':
      case 'Opened':
      case 'Received':
      case 'Settled':
      case 'Unwatched':
      case 'HeldBack':
      case 'Interrupted':
        return event;
    }
  };

  /** The stored revision of a rejected object. Another object under its key is not one. */
  private heldOf({ key, uid }: Rejected): Admitted<T> | undefined {
    const held = this.options.store.getByKey(key);
    return held !== undefined && held.metadata.uid === uid ? new Admitted(key, held) : undefined;
  }
}

function tell(report: () => void): void {
  try {
    report();
  } catch (error) {
    reportUnhandled(error as Error);
  }
}
