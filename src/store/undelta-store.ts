import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { Store, type StoreOptions } from './store.ts';

/**
 * A store that pushes its complete state at each change, whether by a method, an event or a transaction. A transaction is one
 * change. A read pushes nothing, nor does a write that is refused or changes no object. The first `Replaced` is pushed even if
 * it is empty: from then on the state is known. client-go's UndeltaStore pushes after every write that succeeds, changed or not.
 *
 * `push` gets the objects after the change in a frozen array, before `commits$` emits the commit. A write that it makes is
 * pushed after it returns. If it throws, the change stands and RxJS reports the error. Throws a TypeError if `push` is not a
 * function.
 *
 * ```ts
 * const cache = undeltaStore<Raw<V1Pod>>((all) => render(all));
 * reflector(podListerWatcher, { admit: cache.admit }).subscribe(cache);
 * ```
 */
export class UndeltaStore<T extends KubernetesObject, I extends string = never> extends Store<T, I> {
  constructor(push: (objects: readonly T[]) => void, options?: StoreOptions<T, I>) {
    const given: unknown = push;
    if (typeof given !== 'function') throw new TypeError('an UndeltaStore takes a function to push to');
    super(options);
    // eslint-disable-next-line rxjs-x/no-ignored-error -- it has none
    this.commits$.subscribe(({ previous, snapshot, events }) => {
      if (events.length > 0 || snapshot.synced !== previous.synced) push(snapshot.list());
    });
  }
}

/**
 * Makes an {@link UndeltaStore}. Throws a TypeError if `push` is not a function.
 *
 * ```ts
 * const pods = undeltaStore<Raw<V1Pod>>((objects) => render(objects));
 * ```
 */
export function undeltaStore<T extends KubernetesObject, I extends string = never>(
  push: (objects: readonly T[]) => void,
  options?: StoreOptions<T, I>,
): UndeltaStore<T, I> {
  return new UndeltaStore(push, options);
}
