import { KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { LabelSelector, parseLabelSelector } from '../protocol/selectors/label-selector.ts';
import { metaNamespaceIndex, namespaceIndex } from './contents/namespace-index.ts';
import type { SnapshotReader } from './snapshot-reader.ts';

/** What a lister needs of a state. */
export type Listable<T extends KubernetesObject> = Pick<SnapshotReader<T, string>, 'list' | 'getByKey'> &
  Partial<Pick<SnapshotReader<T, string>, 'byIndex' | 'indexers'>>;

/** Where a lister reads: a snapshot, what has a current one, or what has a `snapshot$` that has. */
export type ListerSource<T extends KubernetesObject> =
  Listable<T> | { readonly value: Listable<T> } | { readonly snapshot$: { readonly value: Listable<T> } };

/** How a lister speaks of what it lists. */
export interface ListerOptions {
  /** The resource in the words of errors: `v1/pods`. By default `objects`. */
  readonly resource?: string;
}

/** Reads the objects of one namespace, as they are at the moment of the call. */
export interface NamespaceLister<T> {
  /** The objects that a label selector selects, all without one. Throws a `SelectorError` for a text that is none. */
  list(selector?: LabelSelector | string): readonly T[];
  /** The object of that name, or a `KubeError` `NotFound`. */
  get(name: string): T;
}

/** Reads the objects of a store, as they are at the moment of the call. */
export interface Lister<T> {
  /** The objects that a label selector selects, all without one. Throws a `SelectorError` for a text that is none. */
  list(selector?: LabelSelector | string): readonly T[];
  /** The object with this key, `namespace/name` or the name of a cluster-scoped one, or a `KubeError` `NotFound`. */
  get(key: string): T;
  /** The same for one namespace; `''` stands for all, as does none. Throws a TypeError for what is no text. */
  namespace(namespace?: string): NamespaceLister<T>;
}

/**
 * A lister of what a store, a `snapshot$` or a snapshot holds: client-go's GenericLister.
 *
 * An empty selector looks at no labels, and one that can select nothing looks at no object. Otherwise every object is
 * looked at, of a namespace only its own where the store has the index `{ namespace: metaNamespaceIndex }`. The order is
 * unspecified. Objects are frozen.
 */
export function lister<T extends KubernetesObject>(source: ListerSource<T>, options: ListerOptions = {}): Lister<T> {
  const { resource = 'objects' } = options;
  const current = currentOf(source);
  return {
    list: (selector) => selected(() => current().list(), selector),
    get: (key) => current().getByKey(key) ?? notFound(resource, key),
    namespace: (namespace = '') =>
      checkedNamespace(resource, namespace) === ''
        ? lister(source, options)
        : {
            list: (selector) => selected(() => ofNamespace(current(), namespace), selector),
            get: (name) => current().getByKey(`${namespace}/${name}`) ?? notFound(`${resource} in ${namespace}`, name),
          },
  };
}

/** Anything else would list nothing, in silence. */
function checkedNamespace(resource: string, namespace: string): string {
  const given: unknown = namespace;
  if (typeof given === 'string') return given;
  const what = given === null ? 'null' : `of type ${typeof given}`;
  throw new TypeError(`${resource}: the namespace is ${what}; it takes a text, '' for all namespaces`);
}

function currentOf<T extends KubernetesObject>(source: ListerSource<T>): () => Listable<T> {
  const given: unknown = source;
  if (typeof given === 'object' && given !== null) {
    if ('snapshot$' in source) return () => source.snapshot$.value;
    if ('value' in source) return () => source.value;
    if ('list' in source) return () => source;
  }
  throw new TypeError('a lister reads a store, a snapshot$ with a value, or a snapshot');
}

function selected<T extends KubernetesObject>(
  objects: () => readonly T[],
  given: LabelSelector | string = '',
): readonly T[] {
  const selector = typeof given === 'string' ? parseLabelSelector(given) : given;
  if (!(selector instanceof LabelSelector)) {
    throw new TypeError('a label selector is a text or a LabelSelector; labelSelectorOf makes one of matchLabels');
  }
  if (selector.empty) return objects();
  return selector.selectable ? objects().filter(({ metadata }) => selector.matches(metadata.labels)) : [];
}

function ofNamespace<T extends KubernetesObject>(snapshot: Listable<T>, namespace: string): readonly T[] {
  // An index of that name may be anybody's; only this function is known to give the namespace.
  return snapshot.byIndex && snapshot.indexers?.()[namespaceIndex] === metaNamespaceIndex
    ? snapshot.byIndex(namespaceIndex, namespace)
    : snapshot.list().filter(({ metadata }) => metadata.namespace === namespace);
}

function notFound(resource: string, name: string): never {
  throw new KubeError({ reason: 'NotFound', resource, message: `${JSON.stringify(name)} not found`, code: 404 });
}
