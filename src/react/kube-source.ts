import { asyncScheduler, type Observable, Subscription } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { RefCount } from '../streams/ref-count.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import type { Source } from '../streams/source.ts';
import { type View, view } from '../views/view.ts';
import type { ViewSource } from '../views/view-source.ts';
import { identityOf } from './identity-of.ts';
import type { KubeInformer } from './kube-factory.ts';
import { KubeObject } from './kube-object.ts';
import { Lease } from './lease.ts';
import { type KubeSelecting, orderName, selectingName } from './kube-selecting.ts';
import { KubeView } from './kube-view.ts';
import { isFailing, type PartsStatus, partsStatus } from './parts-status.ts';

/**
 * How long a source is held after its last component has gone, in milliseconds. It bridges a remount: of StrictMode, of an `Activity`
 * that comes back, of a page that follows another one.
 */
export const bridge = 1000;

/** What a {@link KubeSource} is made of. */
export interface KubeSourceInit<T extends KubernetesObject> {
  readonly name: string;
  readonly resource: string;
  readonly parts: ReadonlyMap<string, KubeInformer<T>>;
  /** Called when it is held from now on, or no longer. */
  readonly heldChanged: () => void;
}

/** The objects of one resource and scope, as all components share them: held while one of them shows them, and a second longer. */
export class KubeSource<T extends KubernetesObject> {
  /** What tells it from the others of its factory. */
  readonly name: string;
  readonly resource: string;
  /** By namespace; one part with the name `''` for all namespaces. */
  readonly parts: ReadonlyMap<string, KubeInformer<T>>;
  /** The same value for as long as the parts' are. A subscription starts nothing. */
  readonly state: Source<PartsStatus>;
  /** For components that wait for the first state. */
  readonly lease: Lease;
  private readonly viewed: ViewSource<T>;
  private readonly holding: RefCount;
  private readonly views = new Map<string, WeakRef<KubeView<T>>>();
  private readonly objects = new Map<string, WeakRef<KubeObject<T>>>();
  private readonly orders = new Map<string, WeakRef<RefCount>>();

  constructor({ name, resource, parts, heldChanged }: KubeSourceInit<T>) {
    this.name = name;
    this.resource = resource;
    this.parts = parts;
    const [only, ...others] = parts.values();
    this.viewed = only !== undefined && others.length === 0 ? only : { parts };
    this.state = stateOf(parts);
    this.lease = new Lease(this);
    this.holding = refCount((run) => {
      for (const { commits$ } of parts.values()) run.add(subscribed(commits$));
      run.add(heldChanged);
      heldChanged();
    });
  }

  /** True while a component, or what came before it, holds the informers. */
  get isHeld(): boolean {
    return this.holding.isRunning();
  }

  /** True where there is something to show: a complete state, or why there is none. */
  get isSettled(): boolean {
    const { status } = this.state.value;
    return status.synced || isFailing(status);
  }

  /** Holds the informers, and a second longer. Calls back when the state changes. */
  hold(changed: () => void = nothing): Subscription {
    const held = this.holding.hold();
    if (changed !== nothing) held.add(this.state.subscribe(changed));
    return held;
  }

  /** The view with these options: the same one for as long as somebody has it. */
  view(options: KubeSelecting<T>): KubeView<T> {
    const { where, until, labelSelector, orderBy } = options;
    const name = selectingName(options);
    const known = this.views.get(name)?.deref();
    if (known !== undefined) return known;
    const ordered = view(this.viewed, { orderBy });
    // Held for a second longer than the view: what is typed into a filter is another view each time, and sorts nothing.
    const ordering = this.ordering(orderName(options), ordered);
    const selected = ordered.refilter({ where, until, labelSelector });
    const made = new KubeView({ source: this, ordering, view: selected });
    prune(this.views);
    this.views.set(name, new WeakRef(made));
    return made;
  }

  /** One object: the same one for the same key, for as long as somebody has it. */
  object(key: string | undefined): KubeObject<T> {
    const name = identityOf(key);
    const known = this.objects.get(name)?.deref();
    if (known !== undefined) return known;
    const made = new KubeObject(this, key);
    prune(this.objects);
    this.objects.set(name, new WeakRef(made));
    return made;
  }

  private ordering(name: string, { rows$ }: View<T>): RefCount {
    const known = this.orders.get(name)?.deref();
    if (known !== undefined) return known;
    const made = refCount((run) => run.add(subscribed(rows$)));
    prune(this.orders);
    this.orders.set(name, new WeakRef(made));
    return made;
  }
}

const nothing = (): void => undefined;

function refCount(start: (run: Subscription) => void): RefCount {
  return new RefCount({
    start,
    stopped: nothing,
    letGo: nothing,
    gracePeriod: bridge,
    retain: Infinity,
    scheduler: asyncScheduler,
  });
}

function subscribed(values$: Observable<unknown>): Subscription {
  return values$.subscribe({ error: reportUnhandled });
}

/** Forgets what nobody has any more. */
function prune(known: Map<string, WeakRef<object>>): void {
  for (const [name, each] of known) if (each.deref() === undefined) known.delete(name);
}

function stateOf<T extends KubernetesObject>(parts: ReadonlyMap<string, KubeInformer<T>>): Source<PartsStatus> {
  let statuses = new Map<string, KubeInformer<T>['status$']['value']>();
  let state: PartsStatus | undefined;
  return {
    get value() {
      if (state === undefined || [...parts].some(([name, { status$ }]) => statuses.get(name) !== status$.value)) {
        statuses = new Map([...parts].map(([name, { status$ }]) => [name, status$.value]));
        state = partsStatus(statuses);
      }
      return state;
    },
    subscribe(next) {
      const all = new Subscription();
      for (const { status$ } of parts.values()) all.add(status$.subscribe(() => next(this.value)));
      return all;
    },
  };
}
