import { type SchedulerLike, Subscription } from 'rxjs';
import { sharedInformer, type SharedInformer } from '../../informer/shared-informer.ts';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { ListerWatcher } from '../../protocol/lister-watcher.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { splitMetaNamespaceKey } from '../../protocol/objects/object-key.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import { runAfter } from '../../streams/time/run-after.ts';

/** What is watched of a resource: one object by its name, or the metadata of a namespace. */
export type ReferredSelection =
  | { readonly namespace: string; readonly fieldSelector: string }
  | { readonly namespace: string; readonly metadataOnly: true };

/** What the watches are made of. */
export interface ReferredWatchesOptions {
  readonly listWatch: (selection: ReferredSelection) => ListerWatcher<KubernetesObject>;
  readonly onEvent: (event: InformerEvent<KubernetesObject>) => void;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** How long a watch stays open that nobody uses any more, so that coming and going costs no requests, in milliseconds. */
const linger = 10_000;

interface Watch {
  readonly informer: SharedInformer<KubernetesObject>;
  readonly held: Subscription;
  closing: Subscription;
  users: number;
}

/** One watch for each selection that is used, counted by its uses. */
export class ReferredWatches {
  private readonly options: ReferredWatchesOptions;
  private readonly watches = new Map<string, Watch>();

  constructor(options: ReferredWatchesOptions) {
    this.options = options;
  }

  /** The informer of a selection, where there is one. */
  of(selection: ReferredSelection): SharedInformer<KubernetesObject> | undefined {
    return this.watches.get(JSON.stringify(selection))?.informer;
  }

  /** Opens the watch of a selection, or uses the one there is. */
  open(selection: ReferredSelection): void {
    const id = JSON.stringify(selection);
    const known = this.watches.get(id);
    if (known !== undefined) {
      known.users++;
      known.closing.unsubscribe();
      return;
    }
    const { listWatch, onEvent, scheduler, random } = this.options;
    const informer = sharedInformer(listWatch(selection), { scheduler, random });
    const held = new Subscription();
    this.watches.set(id, { informer, held, users: 1, closing: Subscription.EMPTY });
    held.add(informer.events$.subscribe({ next: onEvent, error: reportUnhandled }));
  }

  /** Ends one use of a selection. */
  close(selection: ReferredSelection): void {
    const id = JSON.stringify(selection);
    const watch = this.watches.get(id);
    if (watch === undefined || --watch.users > 0) return;
    watch.closing = runAfter(linger, this.options.scheduler, () => {
      this.watches.delete(id);
      watch.held.unsubscribe();
    });
  }

  /** Closes all watches at once. */
  clear(): void {
    for (const { held, closing } of this.watches.values()) {
      closing.unsubscribe();
      held.unsubscribe();
    }
    this.watches.clear();
  }
}

/** The selection of one object. */
export function ofName(key: string): ReferredSelection {
  const [namespace, name] = splitMetaNamespaceKey(key);
  return { namespace, fieldSelector: `metadata.name=${name}` };
}

/** The selection of the metadata of all objects in the namespace of one. */
export function ofNamespace(key: string): ReferredSelection {
  const [namespace] = splitMetaNamespaceKey(key);
  return { namespace, metadataOnly: true };
}
