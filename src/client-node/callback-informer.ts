import type {
  ErrorCallback,
  Informer,
  KubernetesObject as ClientNodeObject,
  ObjectCache,
  ObjectCallback,
} from '@kubernetes/client-node';
import {
  distinctUntilChanged,
  filter,
  firstValueFrom,
  isObservable,
  map,
  type Observable,
  skip,
  Subject,
  Subscription,
  takeUntil,
  tap,
} from 'rxjs';
import { HandlerError } from '../informer/handlers/handler-error.ts';
import type { SharedInformerOptions } from '../informer/informer-options.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { type SharedInformer, sharedInformer } from '../informer/shared-informer.ts';
import type { InformerEvent } from '../protocol/informer-event.ts';
import { isExpired, type KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListOptions, WatchOptions } from '../protocol/list-watch-options.ts';
import type { Alive, ListerWatcher } from '../protocol/lister-watcher.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';

type ObjectVerb = 'add' | 'update' | 'delete' | 'change';
type OtherVerb = 'error' | 'connect';

/** A shared informer in client-node's manner: callbacks by event, `start` and `stop`, and a cache to read. */
export class CallbackInformer<T extends ClientNodeObject> implements Informer<T>, ObjectCache<T> {
  private readonly informer: SharedInformer<KubernetesObject, 'namespace'>;
  private readonly onHandlerError: (error: HandlerError<KubernetesObject>) => void;
  private readonly callbacks: ReadonlyMap<string, ErrorCallback[]>;
  private readonly stopped$: Subject<void> = new Subject<void>();
  private running: Subscription = Subscription.EMPTY;
  /** True while the last event is the answer to a list: its watch is the same connection. */
  private hasListed = false;
  /** Events of the cache that a stop inside a callback has held back. The next start delivers them. */
  private untold: readonly InformerEvent<KubernetesObject>[] = [];

  constructor(listerWatcher: ListerWatcher<KubernetesObject>, options: SharedInformerOptions<KubernetesObject>) {
    this.callbacks = new Map(['add', 'update', 'delete', 'error', 'connect'].map((verb) => [verb, []]));
    this.onHandlerError = options.onHandlerError ?? reportUnhandled;
    this.informer = sharedInformer(
      withAnswersTold(listerWatcher, (to) => this.answered(to)),
      { ...options, indexers: { namespace: ({ metadata }: KubernetesObject) => [metadata.namespace ?? ''] } },
    );
  }

  on(verb: ObjectVerb, callback: ObjectCallback<T>): void;
  on(verb: OtherVerb, callback: ErrorCallback): void;
  on(verb: ObjectVerb | OtherVerb, callback: ErrorCallback): void {
    if (typeof callback !== 'function') throw new TypeError(`the callback for ${verb} is not a function`);
    for (const callbacks of this.callbacksOf(verb)) callbacks.push(callback);
  }

  off(verb: ObjectVerb, callback: ObjectCallback<T>): void;
  off(verb: OtherVerb, callback: ErrorCallback): void;
  off(verb: ObjectVerb | OtherVerb, callback: ErrorCallback): void {
    for (const callbacks of this.callbacksOf(verb)) {
      const index = callbacks.indexOf(callback);
      if (index !== -1) callbacks.splice(index, 1);
    }
  }

  async start(): Promise<void> {
    if (this.running.closed) this.run();
    if (this.running.closed) return;
    const upToDate$ = this.informer.status$.pipe(
      filter(({ synced, stale }) => synced && !stale),
      takeUntil(this.stopped$),
    );
    await firstValueFrom(upToDate$, { defaultValue: undefined });
  }

  stop(): Promise<void> {
    this.running.unsubscribe();
    this.stopped$.next();
    return Promise.resolve();
  }

  get(name: string, namespace?: string): T | undefined {
    const object = this.informer.snapshot$.value.getByKey(namespace ? `${namespace}/${name}` : name);
    return object?.metadata.name === name ? (object as unknown as T) : undefined;
  }

  list(namespace?: string): readonly T[] {
    const snapshot = this.informer.snapshot$.value;
    const objects = namespace ? snapshot.byIndex('namespace', namespace) : snapshot.list();
    // A new array, as from client-node: it may be sorted in place.
    return objects.slice() as unknown as T[];
  }

  private run(): void {
    const running = new Subscription();
    this.running = running;
    const { untold } = this;
    this.untold = [];
    this.announce(untold);
    if (running.closed) return;
    this.hasListed = false;
    const failures$ = this.informer.status$.pipe(
      distinctUntilChanged((before, now) => before.attempt === now.attempt && before.lastError === now.lastError),
      // Earlier events are skipped: a callback that starts anew at an error would get that error again, inside itself.
      skip(1),
      map(({ attempt, lastError }) => (attempt > 0 ? lastError : undefined)),
      filter((error) => error !== undefined),
    );
    running.add(failures$.subscribe({ next: (error) => this.failed(error), error: reportUnhandled }));
    running.add(
      this.informer.commits$.subscribe({
        // A callback may stop it while this is being subscribed to.
        next: ({ events }) => {
          if (!running.closed) this.announce(events);
        },
        error: reportUnhandled,
      }),
    );
  }

  private answered(to: 'list' | 'watch'): void {
    const isSameConnection = to === 'watch' && this.hasListed;
    this.hasListed = to === 'list';
    if (!isSameConnection) this.tell('connect', undefined, reportUnhandled);
  }

  private failed(error: KubeError): void {
    this.hasListed = false;
    // client-node's watches have statusCode where its lists have code.
    if (!isRoutine(error)) this.tell('error', Object.assign(error, { statusCode: error.code }), reportUnhandled);
  }

  private announce(events: readonly InformerEvent<KubernetesObject>[]): void {
    for (const [index, event] of events.entries()) {
      if (this.running.closed) {
        this.untold = events.slice(index);
        return;
      }
      const verb = { added: 'add', updated: 'update', deleted: 'delete' }[event.type];
      this.tell(verb, event.object, (error) => this.onHandlerError(new HandlerError(event, error)));
    }
  }

  private tell(verb: string, value: unknown, onError: (error: Error) => void): void {
    const failed = (error: unknown): void => {
      try {
        onError(error as Error);
      } catch (worse) {
        reportUnhandled(worse as Error);
      }
    };
    for (const callback of [...(this.callbacks.get(verb) ?? [])]) {
      try {
        const result: unknown = (callback as (value: unknown) => unknown)(value);
        // A promise has started already. An Observable, such as a request of a ResourceClient, would never start.
        if (isObservable(result)) result.subscribe({ error: failed });
      } catch (error) {
        failed(error);
      }
    }
  }

  private callbacksOf(verb: string): ErrorCallback[][] {
    return (verb === 'change' ? ['add', 'update', 'delete'] : [verb]).map((each) => {
      const callbacks = this.callbacks.get(each);
      if (callbacks === undefined) throw new Error(`Unknown verb: ${verb}`);
      return callbacks;
    });
  }
}

/** Failures that are not errors in client-node either: a version that is gone, and a silent watch. */
function isRoutine(error: KubeError): boolean {
  return isExpired(error) || error.reason === 'Idle' || error.reason === 'ShortWatch';
}

/** Emits `connect` for each list, at its first page, and for each watch as soon as the server has accepted it. */
function withAnswersTold<T>(
  listerWatcher: ListerWatcher<T>,
  answered: (to: 'list' | 'watch') => void,
): ListerWatcher<T> {
  return {
    resource: listerWatcher.resource,
    get host() {
      return listerWatcher.host;
    },
    list(options: ListOptions, alive?: Alive): Observable<ListPage<T>> {
      const page$ = listerWatcher.list(options, alive);
      return options.continue === undefined ? page$.pipe(tap(() => answered('list'))) : page$;
    },
    watch(options: WatchOptions): Observable<WatchFrame<T>> {
      return listerWatcher.watch(options).pipe(tap(({ type }) => type === 'OPEN' && answered('watch')));
    },
  } satisfies ListerWatcher<T>;
}
