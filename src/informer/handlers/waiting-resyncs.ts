import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { eventKey } from '../pace/event-key.ts';
import type { Synced } from '../informer-events.ts';

/** Whether an event is the resync of an object: nothing has changed, the consumer is to look at it again. */
export function isResync(event: InformerEvent<KubernetesObject> | Synced): boolean {
  return event.type === 'updated' && event.oldObject === event.object;
}

/**
 * Which objects have a resync that waits for its consumer. A second one would tell it nothing, and resyncs that come faster
 * than a consumer is done with them would wait without a limit.
 */
export class WaitingResyncs {
  private readonly keys = new Set<string>();

  /** Whether an event is to wait. Only a resync of an object is not, if another resync of it waits already. */
  admits(event: InformerEvent<KubernetesObject> | Synced): boolean {
    if (event.type === 'synced' || !isResync(event)) return true;
    const key = eventKey(event);
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    return true;
  }

  /** An event waits no more. */
  taken(event: InformerEvent<KubernetesObject> | Synced): void {
    if (event.type !== 'synced' && isResync(event)) this.keys.delete(eventKey(event));
  }
}
