import type { Observable } from 'rxjs';
import type { KubernetesObject, ListerWatcher } from 'kuberx';

/** What is reflected, in words that a terminal can print. */
export interface SourceTitle {
  /** The resource by its name: `v1/pods`. */
  readonly resource: string;
  /** Its namespace; `undefined` for all of them, and for what has none. */
  readonly namespace: string | undefined;
  /** The context of the kubeconfig, or what the demo does. */
  readonly place: string;
  /** Host and port of the server. */
  readonly server: string;
}

/** Where the objects come from: a cluster, or the embedded API server. */
export interface Source {
  readonly listerWatcher: ListerWatcher<KubernetesObject>;
  readonly title: SourceTitle;
  /** True where the objects are pods, which have columns of their own. */
  readonly pods: boolean;
  /** How many objects the first list will bring, where that is known. */
  readonly expected?: number;
  /** What goes on while the source is watched, from the first complete state on; it runs while it is subscribed. */
  readonly activity$: Observable<unknown>;
  /** Ends what was started for the source. */
  close(): Promise<void>;
}
