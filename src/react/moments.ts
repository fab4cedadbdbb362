import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { KubeMoment } from './kube-moment.ts';
import type { KubeSource } from './kube-source.ts';

/** What components show while a page is rendered on a server, and while a browser takes that page over. */
export interface Moments {
  /**
   * The moment of a source. `waits`: of a component that waits for the first state; others, rendered before there was one, show nothing
   * to the end.
   *
   * @internal
   */
  of<T extends KubernetesObject>(source: KubeSource<T>, waits: boolean): KubeMoment<T>;
}
