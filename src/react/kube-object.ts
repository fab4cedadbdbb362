import { Subscription } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { type Published, published } from '../streams/published.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import type { ViewCommit } from '../views/view-source.ts';
import type { KubeStatus } from './kube-factory.ts';
import type { KubeSource } from './kube-source.ts';
import type { ObjectState } from './object-state.ts';

interface Deleted<T> {
  readonly object: T;
  readonly finalStateUnknown: boolean;
}

/** One object of a source, as all components with its key show it. */
export class KubeObject<T extends KubernetesObject> {
  /** A subscription holds the informers. */
  readonly shown: Published<ObjectState<T>>;
  private readonly source: KubeSource<T>;
  private readonly key: string | undefined;
  /** The object when it was read last. */
  private object: T | undefined;
  private deleted: Deleted<T> | undefined;
  private last: ObjectState<T> | undefined;

  constructor(source: KubeSource<T>, key: string | undefined) {
    this.source = source;
    this.key = key;
    const read = (): ObjectState<T> => this.read();
    this.shown = published<ObjectState<T>>({
      get value() {
        return read();
      },
      subscribe: (next) => {
        const held = new Subscription();
        if (key === undefined) return held;
        for (const { commits$ } of source.parts.values()) {
          const commits = commits$.subscribe({
            next: (commit) => {
              this.note(commit);
              next(read());
            },
            error: reportUnhandled,
          });
          held.add(commits);
        }
        held.add(source.hold());
        held.add(source.state.subscribe(() => next(read())));
        return held;
      },
    });
  }

  /** Notes how it was deleted, which no snapshot says. */
  private note({ events }: ViewCommit<T>): void {
    if (this.object === undefined || this.current() !== undefined) return;
    const event = events.find(({ type, object }) => type === 'deleted' && metaNamespaceKey(object) === this.key);
    if (event?.type !== 'deleted') return;
    this.deleted = { object: event.object, finalStateUnknown: event.finalStateUnknown };
  }

  private read(): ObjectState<T> {
    const { status } = this.source.state.value;
    const object = this.current();
    if (object !== undefined) this.deleted = undefined;
    else if (this.object !== undefined && status.synced)
      this.deleted ??= { object: this.object, finalStateUnknown: true };
    this.object = object;
    const { last } = this;
    const state = this.state(status);
    if (last?.status === status && last.presence === state.presence && last.object === state.object) return last;
    this.last = state;
    return state;
  }

  private state(status: KubeStatus): ObjectState<T> {
    const { object, deleted } = this;
    if (object !== undefined) return { status, presence: 'present', object };
    if (deleted !== undefined) return { status, presence: 'deleted', ...deleted };
    const isKnown = this.key !== undefined && status.synced;
    return { status, presence: isKnown ? 'absent' : 'unknown', object: undefined };
  }

  private current(): T | undefined {
    if (this.key === undefined) return undefined;
    for (const { snapshot$ } of this.source.parts.values()) {
      const object = snapshot$.value.getByKey(this.key);
      if (object !== undefined) return object;
    }
    return undefined;
  }
}
