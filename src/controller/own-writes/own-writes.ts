import { asyncScheduler, map, type Observable, type SchedulerLike, Subscription } from 'rxjs';
import type { SharedInformer } from '../../informer/shared-informer.ts';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { ResourceClient } from '../../protocol/resource-client.ts';
import { type Lister, lister } from '../../store/lister.ts';
import type { SnapshotReader } from '../../store/snapshot-reader.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import type { Hold } from '../../workqueue/may-start.ts';
import type { Wake } from '../../workqueue/wake.ts';
import type { WriteNote } from '../writing/write-note.ts';
import type { Writer } from '../writing/writer.ts';
import { writerOf, type WriterOptions } from '../writing/writer-of.ts';
import { Barrier, type Vanished } from './barrier.ts';
import { OwnEvents } from './own-events.ts';
import { overlayOf, useOverlay } from './overlay-of.ts';
import { type Watched, watches } from './watched.ts';

/** Options of {@link OwnWrites}. */
export interface OwnWritesOptions extends Pick<WriterOptions, 'fieldManager' | 'random'> {
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * What the runs of one controller have written, over the informers that it reads: reads show a write at once (overlay), and a key
 * does not start on a state older than its own writes (barrier).
 */
export class OwnWrites {
  private readonly informers: readonly Watched[];
  private readonly options: OwnWritesOptions;
  private readonly scheduler: SchedulerLike;
  private readonly barrier: Barrier;
  private readonly events = new OwnEvents();

  constructor(informers: readonly Watched[], options: OwnWritesOptions = {}) {
    const { scheduler = asyncScheduler } = options;
    this.informers = informers;
    this.options = options;
    this.scheduler = scheduler;
    this.barrier = new Barrier(informers, scheduler, (note) => this.show(note));
  }

  /** Resources whose versions cannot be ordered, so that no key waits for writes of theirs. */
  get unordered(): ReadonlySet<string> {
    return this.barrier.unordered;
  }

  /** How many keys have writes that their sources may not show yet. */
  get outstanding(): number {
    return this.barrier.size;
  }

  /** Keeps what is laid over the informers until it is unsubscribed. What a key has written is waited for all the same. */
  use(): Subscription {
    const used = new Subscription();
    for (const informer of this.informers) used.add(useOverlay(informer, this.scheduler));
    return used;
  }

  /** Wakes of keys whose written object was deleted by somebody unseen, see {@link Barrier.vanished$}. Never completes. */
  get wakes$(): Observable<Wake> {
    const wakeOf = ({ key, resource: source }: Vanished): Wake => ({ key, reason: { source, type: 'deleted' } });
    return this.barrier.vanished$.pipe(map(wakeOf));
  }

  /** For `reconcileBy`: what holds a key back. */
  readonly mayStart = (key: string): Hold | undefined => this.barrier.hold(key);

  /** A writer for a run of a key, which ends with its signal. */
  writer<T extends KubernetesObject>(client: ResourceClient<T>, run: { key: string; signal: AbortSignal }): Writer<T> {
    const { key, signal } = run;
    const onWrite = (note: WriteNote): void => {
      this.barrier.note(key, note);
      this.events.note(note);
      this.show(note);
    };
    return writerOf(client, { ...this.options, signal, onWrite });
  }

  /** The current state of an informer with own writes laid over it. */
  reader<T extends KubernetesObject, I extends string>(informer: SharedInformer<T, I>): SnapshotReader<T, I> {
    return overlayOf(informer, this.scheduler).snapshot$.value as unknown as SnapshotReader<T, I>;
  }

  /** Reads an informer through its overlay. */
  lister<T extends KubernetesObject, I extends string>(informer: SharedInformer<T, I>): Lister<T> {
    return lister<T>(overlayOf(informer, this.scheduler) as never, { resource: informer.resource });
  }

  /** Whether an event is nothing but an own write, see {@link OwnEvents}. */
  isOwn(event: InformerEvent<KubernetesObject>): boolean {
    return this.events.isOwn(event);
  }

  private show(note: WriteNote): void {
    if (note.type === 'lost' || (note.type === 'written' && note.isPart)) return;
    for (const informer of this.informers) {
      if (!watches(informer, note.resource, note.object)) continue;
      const overlay = overlayOf(informer, this.scheduler);
      try {
        if (note.type === 'written') overlay.written(note.object);
        else overlay.deleted(note.object);
      } catch (error) {
        // A transform that fails. The write has happened, and its answer is the run's all the same.
        reportUnhandled(error as Error);
      }
    }
  }
}
