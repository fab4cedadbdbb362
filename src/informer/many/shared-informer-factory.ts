import { Subscription } from 'rxjs';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { printable } from '../../protocol/errors/printable.ts';
import type { ListerWatcher } from '../../protocol/lister-watcher.ts';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
import type { SignalOptions } from '../waiting/first-match.ts';
import type { SharedInformerOptions } from '../informer-options.ts';
import { isPlainObject } from '../../streams/checks/is-plain-object.ts';
import { normalSelection } from './normal-selection.ts';
import type { Seed } from '../seed.ts';
import { SharedInformer } from '../shared-informer.ts';
import { waitForCacheSync } from '../waiting/wait-for-cache-sync.ts';

/** Leaves room for what is said of it. */
const longestResource = 800;

/** A factory was asked for an informer after its shutdown. Nothing was started; those that it has made can still be read. */
export class FactoryShutDownError extends Error {
  /** What was asked for. */
  readonly resource: string;

  constructor(resource: string) {
    super(`the factory is shut down; there is no informer of ${printable(resource, longestResource)} any more`);
    this.name = 'FactoryShutDownError';
    this.resource = resource;
  }
}

/** Options of all informers of a factory. A seed is of one informer: see {@link SeedOptions}. */
export type FactoryInformerOptions = Omit<SharedInformerOptions<KubernetesObject>, 'seed'>;

/** What an informer begins with. */
export interface SeedOptions<T> {
  /** See `SharedInformerOptions.seed`. It counts for the call that makes the informer; one that exists keeps the state that it has. */
  readonly seed?: Seed<T> | undefined;
}

/**
 * One informer for each resource and options, however often it is asked for. client-go's SharedInformerFactory.
 *
 * `R` are the types of resources by name, `O` the options by which what is listed and watched differs.
 */
export class SharedInformerFactory<R = unknown, O extends object = object> {
  private readonly listerWatcher: (resource: string, options: O) => ListerWatcher<KubernetesObject>;
  private readonly informerOptions: (resource: string) => FactoryInformerOptions;
  private readonly byKey = new Map<string, SharedInformer<KubernetesObject>>();
  /** What {@link connect} holds. */
  private readonly held = new Map<SharedInformer<KubernetesObject>, Subscription>();
  private readonly identities = new WeakMap<object, number>();
  private readonly ended = new AbortController();
  private identityCount = 0;

  /** @internal */
  constructor(
    listerWatcher: (resource: string, options: O) => ListerWatcher<KubernetesObject>,
    options: FactoryInformerOptions | ((resource: string) => FactoryInformerOptions),
  ) {
    this.listerWatcher = listerWatcher;
    if (typeof options !== 'function') checkedSignalIfAny(options.signal);
    const checked = typeof options === 'function' ? options : withoutSeed(options);
    this.informerOptions = typeof checked === 'function' ? (resource) => withoutSeed(checked(resource)) : () => checked;
  }

  /**
   * The informer of a resource: the same one for equal options, in whichever order, those that are undefined left out.
   * Plain objects and arrays are equal by their content, others, such as HTTP clients, by identity; `labelSelector` and
   * `fieldSelector` by what they select by, in whichever order. It starts as any
   * informer does, with its first subscriber, or with {@link connect}.
   *
   * The seed is what the informer begins with if this call makes it.
   *
   * Throws a {@link FactoryShutDownError} after the shutdown, a `SeedError` for an invalid seed, and what the function that lists
   * and watches throws.
   */
  informer<Name extends keyof R & string>(
    resource: Name,
    options?: O,
    seedOptions?: SeedOptions<R[Name]>,
  ): SharedInformer<R[Name] & KubernetesObject>;
  informer<T extends KubernetesObject = KubernetesObject>(
    resource: string,
    options?: O,
    seedOptions?: SeedOptions<T>,
  ): SharedInformer<T>;
  informer<T extends KubernetesObject>(
    resource: string,
    options: O = {} as O,
    { seed }: SeedOptions<T> = {},
  ): SharedInformer<T> {
    if (this.ended.signal.aborted) throw new FactoryShutDownError(resource);
    const key = this.keyOf([resource, normalSelection(options)]);
    const known = this.byKey.get(key);
    if (known !== undefined) return known as unknown as SharedInformer<T>;
    const informerOptions = this.informerOptions(resource);
    const signal = checkedSignalIfAny(informerOptions.signal);
    const informer = new SharedInformer<KubernetesObject>(this.listerWatcher(resource, options), {
      ...informerOptions,
      seed,
      signal: signal ? AbortSignal.any([this.ended.signal, signal]) : this.ended.signal,
    });
    this.byKey.set(key, informer);
    return informer as unknown as SharedInformer<T>;
  }

  /** The informers that were asked for so far. */
  informers(): SharedInformer<KubernetesObject>[] {
    return [...this.byKey.values()];
  }

  /**
   * Holds every informer that was asked for so far, until the subscription ends, the signal is aborted, or the shutdown, and
   * starts those that are not running. Call it again for later ones: it leaves those that it holds as they are, and its
   * subscription is about the others alone. client-go's Start.
   */
  connect(options?: SignalOptions): Subscription {
    checkedSignalIfAny(options?.signal);
    const held = new Subscription();
    for (const informer of this.byKey.values()) {
      if (this.held.get(informer)?.closed === false) continue;
      const connection = informer.connect(options);
      this.held.set(informer, connection);
      held.add(connection);
    }
    return held;
  }

  /**
   * Resolves when every informer that was asked for so far has synced. It holds each until then; what holds it after that
   * is {@link connect} or a subscriber. Rejected with a `CacheSyncError`.
   */
  waitForCacheSync(options?: SignalOptions): Promise<void> {
    return waitForCacheSync(this.byKey.values(), options);
  }

  /**
   * Ends all informers for good: their streams complete, their handlers are not called any more, nothing is open. What they
   * have can still be read.
   */
  shutdown(): void {
    this.ended.abort();
  }

  private keyOf(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((each) => this.keyOf(each)).join()}]`;
    if (isPlainObject(value)) {
      const given = Object.entries(value).filter(([, each]) => each !== undefined);
      return `{${given
        .map(([name, each]) => `${JSON.stringify(name)}:${this.keyOf(each)}`)
        .sort()
        .join()}}`;
    }
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      return `object ${this.identityOf(value)}`;
    }
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }

  private identityOf(object: object): number {
    const identity = this.identities.get(object) ?? ++this.identityCount;
    this.identities.set(object, identity);
    return identity;
  }
}

/** One seed would be the state of every resource and selection. Throws a TypeError. */
function withoutSeed(options: SharedInformerOptions<KubernetesObject>): FactoryInformerOptions {
  if (options.seed === undefined) return options;
  throw new TypeError(
    'a seed is of one informer: give it to informer(resource, selection, { seed }). Nothing was started.',
  );
}

/**
 * A factory of shared informers over whatever lists and watches: `(resource, options) => listerWatcher`. The options of the
 * informers themselves, such as transforms, are the factory's, for all or by resource, so that two who share an informer
 * cannot disagree.
 *
 * ```ts
 * const factory = sharedInformerFactory(() => podListerWatcher, { transform: dropManagedFields });
 * const shared = factory.informer('v1/pods');
 * console.log(shared === factory.informer('v1/pods'));
 * ```
 */
export function sharedInformerFactory<R = unknown, O extends object = object>(
  listerWatcher: (resource: string, options: O) => ListerWatcher<KubernetesObject>,
  options: FactoryInformerOptions | ((resource: string) => FactoryInformerOptions) = {},
): SharedInformerFactory<R, O> {
  return new SharedInformerFactory(listerWatcher, options);
}
