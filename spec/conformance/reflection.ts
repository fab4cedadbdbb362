import { filter, type Observable, ReplaySubject, Subject, take, tap, throwError, timeout } from 'rxjs';
import { expect, type TestContext } from 'vitest';
import {
  type CacheEvent,
  type InformerEvent,
  type Interrupted,
  type KubernetesObject,
  type ListerWatcher,
  type ListOptions,
  metaNamespaceKey,
  reflector,
  type ReflectorOptions,
  type Snapshot,
  store,
  type Store,
  type WatchOptions,
} from 'kuberx';
import { answerOf } from './answer-of.ts';
import { through } from './through.ts';

/** How long anything may take that a spec waits for, in milliseconds. */
const patience = 25_000;

/** The first value that a condition holds for. */
export function until<V>(values$: Observable<V>, condition: (value: V) => boolean): Promise<V> {
  const late = new Error(`not within ${patience / 1000} s: ${condition.toString()}`);
  return answerOf(
    values$.pipe(filter(condition), take(1), timeout({ first: patience, with: () => throwError(() => late) })),
  );
}

/** A request that a reflector has sent. */
export type ReflectorRequest = ({ readonly verb: 'list' } & ListOptions) | ({ readonly verb: 'watch' } & WatchOptions);

/** A reflector that feeds a store, and what is to be seen of it. It ends with its test. */
export class Reflection<T extends KubernetesObject> {
  readonly store: Store<T> = store<T>();
  /** All cache events from the first on. */
  readonly events$: ReplaySubject<CacheEvent<T>> = new ReplaySubject(Infinity);
  readonly events: CacheEvent<T>[] = [];
  /** What became of the objects of the store. */
  readonly changes: InformerEvent<T>[] = [];
  readonly requests: ReflectorRequest[] = [];
  readonly #opened$ = new Subject<unknown>();

  constructor(test: TestContext, listerWatcher: ListerWatcher<T>, options: ReflectorOptions<T> = {}) {
    this.store.commits$.subscribe(({ events }) => {
      for (const event of events) this.changes.push(event);
    });
    const recorded = through(listerWatcher, {
      list: (page$, asked) => page$.pipe(tap({ subscribe: () => this.requests.push({ verb: 'list', ...asked }) })),
      watch: (frame$, asked) =>
        frame$.pipe(
          tap({
            subscribe: () => this.requests.push({ verb: 'watch', ...asked }),
            next: ({ type }) => {
              if (type === 'OPEN') this.#opened$.next(undefined);
            },
          }),
        ),
    });
    const subscription = reflector(recorded, {
      backoff: { initial: 20, max: 200 },
      ...options,
    }).subscribe((event) => {
      this.store.next(event);
      this.events.push(event);
      this.events$.next(event);
    });
    test.onTestFinished(() => subscription.unsubscribe());
  }

  get keys(): string[] {
    return this.store.listKeys().sort();
  }

  get interruptions(): Interrupted[] {
    return this.events.filter((event) => event.type === 'Interrupted');
  }

  /** How often the whole state came. */
  get replacements(): number {
    return this.events.filter(({ type }) => type === 'Replaced').length;
  }

  /** Waits for a state of the store. */
  state(condition: (snapshot: Snapshot<T>) => boolean): Promise<Snapshot<T>> {
    return until(this.store.snapshot$, condition);
  }

  /** Waits for the first complete state. */
  synced(): Promise<Snapshot<T>> {
    return this.state(({ synced }) => synced);
  }

  /** Waits until an object has a value. */
  holds(key: string, condition: (object: T) => boolean = () => true): Promise<Snapshot<T>> {
    return this.state((snapshot) => {
      const object = snapshot.getByKey(key);
      return object !== undefined && condition(object);
    });
  }

  /** Waits for an event, of now or before. */
  event(condition: (event: CacheEvent<T>) => boolean): Promise<CacheEvent<T>> {
    return until(this.events$, condition);
  }

  /** Waits for an interruption, of now or before. */
  async interruption(condition: (interruption: Interrupted) => boolean): Promise<Interrupted> {
    return (await this.event((event) => event.type === 'Interrupted' && condition(event))) as Interrupted;
  }

  /** Waits for a watch that opens from now on, with all of its time ahead. */
  async watchOpens(): Promise<void> {
    await until(this.#opened$, () => true);
  }

  /** Waits until the store has caught up with a list, and compares all of it, by value. */
  async agreesWith(list: Readonly<Record<string, KubernetesObject>>): Promise<void> {
    const size = Object.keys(list).length;
    const isSameRevision = (object: T): boolean => {
      const { uid, resourceVersion } = list[metaNamespaceKey(object)]?.metadata ?? {};
      return object.metadata.uid === uid && object.metadata.resourceVersion === resourceVersion;
    };
    await this.state((snapshot) => snapshot.size === size && snapshot.list().every(isSameRevision)).catch(() => {
      // The comparison that follows says what the difference is.
    });
    expect(Object.fromEntries(this.store.list().map((object) => [metaNamespaceKey(object), object]))).toEqual(list);
  }
}
