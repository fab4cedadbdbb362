import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { Store, type StoreOptions } from './store.ts';

/**
 * A store that pushes its complete state at each change, whichever way that came: a method, an event, or a transaction,
 * which is one. Reading pushes nothing, nor does a write that is refused or changes no object. The first `Replaced` is
 * pushed even where it is empty: from then on the state is known. client-go's UndeltaStore, which pushes after every
 * write that succeeds, changed or not.
 *
 * `push` gets the objects in a frozen array, in the state that the change led to, before `commits$` tells it. A write made
 * inside of it is pushed after it returns. Where it throws, the change stands and RxJS reports the error.
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
