import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { Synced } from '../informer-events.ts';
import { LineBacklog } from '../../streams/line-backlog.ts';
import { WaitingResyncs } from './waiting-resyncs.ts';

/** The events that wait for a handler, in order. A resync is dropped if another one of the same object waits already. */
export class HandlerBacklog<E extends InformerEvent<KubernetesObject> | Synced> extends LineBacklog<E> {
  private readonly resyncs = new WaitingResyncs();

  override push(event: E): void {
    if (this.resyncs.admits(event)) super.push(event);
  }

  override take(): { readonly item: E } | undefined {
    const taken = super.take();
    if (taken !== undefined) this.resyncs.taken(taken.item);
    return taken;
  }
}
