import { Subscription } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { type Published, published } from '../streams/published.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import type { RefCount } from '../streams/ref-count.ts';
import type { Rows } from '../views/rows.ts';
import type { View } from '../views/view.ts';
import type { Kube } from './kube.ts';
import type { KubeSource } from './kube-source.ts';
import type { PartsStatus } from './parts-status.ts';

/** What a {@link KubeView} is made of. */
export interface KubeViewInit<T extends KubernetesObject> {
  readonly source: KubeSource<T>;
  /** Holds the order that the rows are selected from. */
  readonly ordering: RefCount;
  readonly view: View<T>;
}

/** The rows and the status of a source, as all components with the same options show them. */
export class KubeView<T extends KubernetesObject> {
  readonly source: KubeSource<T>;
  /** Rows and status of one moment, published with all else that the page shows. A subscription holds the informers. */
  readonly shown: Published<Kube<T>>;

  constructor({ source, ordering, view }: KubeViewInit<T>) {
    this.source = source;
    let last: { readonly rows: Rows<T>; readonly state: PartsStatus; readonly kube: Kube<T> } | undefined;
    this.shown = published<Kube<T>>({
      get value() {
        const now = { rows: view.rows$.value, state: source.state.value };
        if (last?.rows !== now.rows || last.state !== now.state)
          last = { ...now, kube: kubeOf(now.rows, now.state, source.parts.size) };
        return last.kube;
      },
      subscribe(next) {
        const changed = (): void => next(this.value);
        const held = new Subscription();
        held.add(source.hold());
        held.add(ordering.hold());
        held.add(source.state.subscribe(changed));
        held.add(view.rows$.subscribe({ next: changed, error: reportUnhandled }));
        return held;
      },
    });
  }
}

/** What is shown of the rows and the state of some parts. */
export function kubeOf<T>(rows: Rows<T>, { status, denied }: PartsStatus, parts: number): Kube<T> {
  // Rows are synced where all parts are, which they never are where one is denied.
  const areThere = denied.length > 0 ? rows.revision > 0 : rows.synced || parts === 0;
  return { rows, status, denied, ready: status.synced && areThere };
}
