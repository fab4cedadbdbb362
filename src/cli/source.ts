import type { Observable } from 'rxjs';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';

/** Where the objects come from: a cluster, or the embedded API server. */
export interface Source {
  readonly listerWatcher: ListerWatcher<KubernetesObject>;
  /** What is reflected, in words. */
  readonly title: string;
  /** True where the objects are pods, which have a node. */
  readonly nodes: boolean;
  /** How many objects the first list will bring, where that is known. */
  readonly expected?: number;
  /** What goes on while the source is watched, from the first complete state on; it runs while it is subscribed. */
  readonly activity$: Observable<unknown>;
  /** Ends what was started for the source. */
  close(): Promise<void>;
}
