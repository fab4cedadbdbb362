import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import type { SignalOptions } from './first-match.ts';
import type { SharedInformerOptions } from './informer-options.ts';
import { SharedInformer } from './shared-informer.ts';
import { waitForCacheSync } from './wait-for-cache-sync.ts';

/** Options of all informers of a factory. */
export type FactoryInformerOptions = SharedInformerOptions<KubernetesObject>;

/**
 * One informer for each resource and options, however often it is asked for. client-go's SharedInformerFactory.
 *
 * `R` are the types of resources by name, `O` the options by which what is listed and watched differs.
 */
export class SharedInformerFactory<R = unknown, O extends object = object> {
  private readonly listerWatcher: (resource: string, options: O) => ListerWatcher<KubernetesObject>;
  private readonly informerOptions: (resource: string) => FactoryInformerOptions;
  private readonly byKey = new Map<string, SharedInformer<KubernetesObject>>();
  private readonly identities = new WeakMap<object, number>();
  private readonly ended = new AbortController();
  private identityCount = 0;

  /** @internal */
  constructor(
    listerWatcher: (resource: string, options: O) => ListerWatcher<KubernetesObject>,
    options: FactoryInformerOptions | ((resource: string) => FactoryInformerOptions),
  ) {
    this.listerWatcher = listerWatcher;
    this.informerOptions = typeof options === 'function' ? options : () => options;
  }

  /**
   * The informer of a resource: the same one for equal options, in whichever order, those that are undefined left out. It
   * starts as any informer does, with its first subscriber, or with {@link start}. Throws after the shutdown.
   */
  informer<Name extends keyof R & string>(resource: Name, options?: O): SharedInformer<R[Name] & KubernetesObject>;
  informer<T extends KubernetesObject = KubernetesObject>(resource: string, options?: O): SharedInformer<T>;
  informer<T extends KubernetesObject>(resource: string, options: O = {} as O): SharedInformer<T> {
    if (this.ended.signal.aborted)
      throw new Error(`the factory is shut down; there is no informer of ${resource} any more`);
    const key = this.keyOf(resource, options);
    const known = this.byKey.get(key);
    if (known !== undefined) return known as unknown as SharedInformer<T>;
    const informerOptions = this.informerOptions(resource);
    const { signal } = informerOptions;
    const informer = new SharedInformer(this.listerWatcher(resource, options), {
      ...informerOptions,
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
   * Holds every informer that was asked for so far, until the signal is aborted or the shutdown; starts those that are not
   * running. To be called again for later ones; holding one twice does no harm.
   */
  start(options?: SignalOptions): void {
    for (const informer of this.byKey.values()) informer.connect(options);
  }

  /** Resolves when every informer that was asked for so far has synced, starts them. Rejected with a `CacheSyncError`. */
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

  private keyOf(resource: string, options: O): string {
    const entries = Object.entries(options).filter(([, value]) => value !== undefined);
    const named = entries.map(([name, value]) => [name, this.valueKey(value)]);
    return JSON.stringify([resource, ...named.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))]);
  }

  /** Objects go by identity: two HTTP clients are never equal. */
  private valueKey(value: unknown): string {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return JSON.stringify(value);
    let identity = this.identities.get(value);
    if (identity === undefined) this.identities.set(value, (identity = ++this.identityCount));
    return `object ${identity}`;
  }
}

/**
 * A factory of shared informers over whatever lists and watches: `(resource, options) => listerWatcher`. The options of the
 * informers themselves, such as transforms, are the factory's, for all or by resource, so that two who share an informer
 * cannot disagree.
 */
export function sharedInformerFactory<R = unknown, O extends object = object>(
  listerWatcher: (resource: string, options: O) => ListerWatcher<KubernetesObject>,
  options: FactoryInformerOptions | ((resource: string) => FactoryInformerOptions) = {},
): SharedInformerFactory<R, O> {
  return new SharedInformerFactory(listerWatcher, options);
}
