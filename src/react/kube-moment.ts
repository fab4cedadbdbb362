import { EMPTY } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { view } from '../views/view.ts';
import type { ViewPart } from '../views/view-source.ts';
import type { Kube } from './kube.ts';
import type { KubeSnapshot, KubeStatus } from './kube-factory.ts';
import { type KubeSelecting, selectingName } from './kube-selecting.ts';
import { kubeOf } from './kube-view.ts';
import type { ObjectState } from './object-state.ts';
import type { PartsStatus } from './parts-status.ts';

/** How many objects a page may be rendered with on a server: those that a view selects from at once. */
export const mostObjects = 2000;

/** The objects of a source at one moment, which a server and the page that it has rendered show alike. Nothing is watched. */
export class KubeMoment<T extends KubernetesObject> {
  /** By namespace; without those that are denied. */
  readonly snapshots: ReadonlyMap<string, KubeSnapshot<T>>;
  readonly state: PartsStatus;
  private readonly kubes = new Map<string, Kube<T>>();
  private readonly objects = new Map<string | undefined, ObjectState<T>>();

  constructor(snapshots: ReadonlyMap<string, KubeSnapshot<T>>, state: PartsStatus) {
    this.snapshots = snapshots;
    this.state = state;
  }

  /** What `useKube` shows of it: the same value for the same options. */
  kube(options: KubeSelecting<T>): Kube<T> {
    const name = selectingName(options);
    let kube = this.kubes.get(name);
    if (kube === undefined) {
      const parts = new Map<string, ViewPart<T>>();
      for (const [part, value] of this.snapshots) parts.set(part, { snapshot$: { value }, commits$: EMPTY });
      const { where, until, labelSelector, orderBy } = options;
      const rows = view({ parts }, { where, until, labelSelector, orderBy }).rows$.value;
      this.kubes.set(name, (kube = kubeOf(rows, this.state, parts.size)));
    }
    return kube;
  }

  /** What `useObject` shows of it: the same value for the same key. */
  object(key: string | undefined): ObjectState<T> {
    let state = this.objects.get(key);
    if (state === undefined) this.objects.set(key, (state = this.stateOf(key)));
    return state;
  }

  private stateOf(key: string | undefined): ObjectState<T> {
    const { status } = this.state;
    const found = key === undefined ? [] : [...this.snapshots.values()].flatMap((each) => each.getByKey(key) ?? []);
    const [object] = found;
    if (object !== undefined) return { status, presence: 'present', object };
    return { status, presence: key !== undefined && status.synced ? 'absent' : 'unknown', object };
  }
}

/** The status of a moment: what a page shows of it does not depend on what the informer of the server was about. */
export function statusOfMoment(since: number, stale: boolean): KubeStatus {
  return { ...idle, phase: 'watching', since, synced: true, stale };
}

const idle: KubeStatus = {
  phase: 'idle',
  since: 0,
  synced: false,
  stale: false,
  attempt: 0,
  lastError: undefined,
  retryAt: undefined,
  held: undefined,
  progress: undefined,
};

/** The moment before there is anything. */
export const nothingYet: KubeMoment<never> = new KubeMoment<never>(new Map(), { status: idle, denied: [] });
