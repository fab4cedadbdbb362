import { KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { LabelSelector, parseLabelSelector } from '../protocol/selectors/label-selector.ts';
import { metaNamespaceIndex, namespaceIndex } from './contents/namespace-index.ts';
import type { SnapshotReader } from './snapshot-reader.ts';

/** The methods of a state that a lister calls. */
export type Listable<T extends KubernetesObject> = Pick<SnapshotReader<T, string>, 'list' | 'getByKey'> &
  Partial<Pick<SnapshotReader<T, string>, 'byIndex' | 'indexers'>>;

/** What a lister reads: a snapshot, an object with a snapshot as `value`, or one with such a `snapshot$`, as stores have. */
export type ListerSource<T extends KubernetesObject> =
  Listable<T> | { readonly value: Listable<T> } | { readonly snapshot$: { readonly value: Listable<T> } };

/** The options of {@link lister}. */
export interface ListerOptions {
  /** The resource in error messages, such as `v1/pods`. Default `objects`. */
  readonly resource?: string;
}

/** Reads the objects of one namespace, as they are at the moment of the call. */
export interface NamespaceLister<T> {
  /** The objects that a label selector selects; all objects without one. Throws a `SelectorError` for an invalid selector. */
  list(selector?: LabelSelector | string): readonly T[];
  /** The object with that name. Throws a `KubeError` `NotFound` if there is none. */
  get(name: string): T;
}

/** Reads the objects of a store, as they are at the moment of the call. */
export interface Lister<T> {
  /** The objects that a label selector selects; all objects without one. Throws a `SelectorError` for an invalid selector. */
  list(selector?: LabelSelector | string): readonly T[];
  /** The object with this key, `namespace/name` or the bare name. Throws a `KubeError` `NotFound` if there is none. */
  get(key: string): T;
  /** A lister of one namespace; of all for `''` or without an argument. Throws a TypeError for any value but a string. */
  namespace(namespace?: string): NamespaceLister<T>;
}

/**
 * Returns a lister of a store, a `snapshot$` or a snapshot: client-go's GenericLister. It reads the state at each call.
 *
 * An empty selector reads no labels, and a selector that matches nothing reads no object. Any other selector reads every
 * object, or only those of the namespace if the store has the index `{ namespace: metaNamespaceIndex }`. The order is
 * unspecified. Objects are frozen. Throws a TypeError for an invalid source.
 *
 * ```ts
 * const inSystem = lister(pods.store, { resource: 'v1/pods' }).namespace('kube-system');
 * console.log(inSystem.list('k8s-app=kube-dns').length);
 * ```
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

/** Without this check an invalid namespace would list nothing, in silence. */
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
  // Users may give that name to any index. Only this function is known to return the namespace.
  return snapshot.byIndex && snapshot.indexers?.()[namespaceIndex] === metaNamespaceIndex
    ? snapshot.byIndex(namespaceIndex, namespace)
    : snapshot.list().filter(({ metadata }) => metadata.namespace === namespace);
}

function notFound(resource: string, name: string): never {
  throw new KubeError({ reason: 'NotFound', resource, message: `${JSON.stringify(name)} not found`, code: 404 });
}
