import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Store } from './store.ts';

/** The reading side of a {@link Store}, for users of a store that others write to. */
export type ReadonlyStore<T extends KubernetesObject, I extends string = never> = Pick<
  Store<T, I>,
  | 'snapshot$'
  | 'commits$'
  | 'list'
  | 'listKeys'
  | 'get'
  | 'getByKey'
  | 'index'
  | 'byIndex'
  | 'indexKeys'
  | 'listIndexFuncValues'
  | 'unindexedKeys'
  | 'getIndexers'
>;

/** Returns the reading side of a store: a frozen object that has no method to write, at run time either. */
export function readonlyStore<T extends KubernetesObject, I extends string>(store: Store<T, I>): ReadonlyStore<T, I> {
  const { snapshot$, commits$ } = store;
  return Object.freeze<ReadonlyStore<T, I>>({
    snapshot$,
    commits$,
    list: () => store.list(),
    listKeys: () => store.listKeys(),
    get: (object) => store.get(object),
    getByKey: (key) => store.getByKey(key),
    index: (name, object) => store.index(name, object),
    byIndex: (name, value) => store.byIndex(name, value),
    indexKeys: (name, value) => store.indexKeys(name, value),
    listIndexFuncValues: (name) => store.listIndexFuncValues(name),
    unindexedKeys: (name) => store.unindexedKeys(name),
    getIndexers: () => store.getIndexers(),
  });
}
