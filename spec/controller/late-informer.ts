import { Observable, type Subscriber, type Subscription } from 'rxjs';
import {
  type KubernetesObject,
  type ListerWatcher,
  sharedInformer,
  type SharedInformer,
  type WatchFrame,
} from 'kuberx';
import { listWatch } from 'kuberx/http';
import { type ConfigMap, configMaps, type VirtualCluster } from './virtual-cluster.ts';

/** An informer whose watch lags behind the server for as long as it is told to. */
export interface LateInformer<T extends KubernetesObject> {
  readonly informer: SharedInformer<T>;
  /** What keeps it connected. */
  readonly held: Subscription;
  /** From now on frames wait. */
  readonly hold: () => void;
  /** Delivers what has waited, and what comes. */
  readonly release: () => void;
  /** Ends the watch, and loses what has waited. */
  readonly cut: () => void;
}

interface Options {
  readonly resource?: string;
  readonly metadataOnly?: true;
  readonly labelSelector?: string;
  /** Does not say what it selects. */
  readonly isSilent?: boolean;
}

/** Connected and synced. */
export function lateInformer<T extends KubernetesObject = ConfigMap>(
  cluster: VirtualCluster,
  { resource = configMaps, isSilent = false, ...selection }: Options = {},
): LateInformer<T> {
  const { server, scheduler, random } = cluster;
  const real = listWatch(server.http, resource, selection as never) as unknown as ListerWatcher<T>;
  let isHeld = false;
  let waiting: (() => void)[] = [];
  const watchers = new Set<Subscriber<WatchFrame<T>>>();
  const late: ListerWatcher<T> = {
    resource: real.resource,
    metadataOnly: real.metadataOnly,
    selects: isSilent ? undefined : real.selects,
    list: (options) => real.list(options),
    watch: (options) =>
      new Observable<WatchFrame<T>>((subscriber) => {
        watchers.add(subscriber);
        subscriber.add(() => watchers.delete(subscriber));
        const deliver = (step: () => void): void => {
          if (isHeld) waiting.push(step);
          else step();
        };
        return real.watch(options).subscribe({
          next: (frame) => {
            if (frame.type === 'OPEN') subscriber.next(frame);
            else deliver(() => subscriber.next(frame));
          },
          error: (error: unknown) => deliver(() => subscriber.error(error)),
          complete: () => deliver(() => subscriber.complete()),
        });
      }),
  };
  const informer = sharedInformer<T>(late, { scheduler, random });
  const held = informer.connect();
  cluster.pass(1000);
  return {
    informer,
    held,
    hold: () => (isHeld = true),
    release: () => {
      isHeld = false;
      for (const step of waiting.splice(0)) step();
    },
    cut: () => {
      waiting = [];
      isHeld = false;
      for (const watcher of watchers) watcher.complete();
    },
  };
}
