import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Store } from './store.ts';

/** The reading side of a {@link Store}: of one that somebody else writes to. */
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
