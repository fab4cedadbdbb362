import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';

/** What own writes need of an informer. Nothing of it starts the informer. */
export interface Watched {
  /** In words: `v1/pods in default`. */
  readonly resource: string;
  readonly metadataOnly: boolean;
  readonly store: {
    readonly snapshot$: ReadonlyBehaviorSubject<State>;
    getByKey(key: string): KubernetesObject | undefined;
  };
  /** See `SharedInformer.selects`. */
  readonly selects: (object: KubernetesObject) => boolean | undefined;
  readonly transform: (object: KubernetesObject) => KubernetesObject;
}

/** What a snapshot says of how far it is. */
interface State {
  readonly synced: boolean;
  readonly resourceVersion: string | undefined;
  getByKey(key: string): KubernetesObject | undefined;
}

/** True where an informer is of that resource, and of that namespace or of all. */
export function watches({ resource }: Watched, of: string, { metadata }: KubernetesObject): boolean {
  const [name, namespace] = resource.split(' in ');
  return name === of && (namespace === undefined || namespace === metadata.namespace);
}
