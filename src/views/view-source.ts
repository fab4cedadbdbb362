import type { Observable } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Indexers } from '../store/contents/indexers.ts';

/** What a view reads of a snapshot. */
export interface ViewSnapshot<T> {
  readonly synced: boolean;
  readonly size: number;
  list(): readonly T[];
  getByKey(key: string): T | undefined;
}

/** What a view reads of a commit. */
export interface ViewCommit<T> {
  readonly snapshot: ViewSnapshot<T>;
  readonly events: readonly InformerEvent<T>[];
}

/** One informer or store, as a view reads it. A subscription to `commits$` holds an informer. */
export interface ViewPart<T> {
  readonly snapshot$: { readonly value: ViewSnapshot<T> };
  readonly commits$: Observable<ViewCommit<T>>;
}

/** What a view reads: an informer, a store, or what `mergeInformers` returns. */
export type ViewSource<T> = ViewPart<T> | { readonly parts: ReadonlyMap<string, ViewPart<T>> };

/** A source whose snapshots have indexes. */
export type IndexedSource<T> =
  | (ViewPart<T> & { readonly snapshot$: { readonly value: Indexed<T> } })
  | { readonly parts: ReadonlyMap<string, ViewPart<T> & { readonly snapshot$: { readonly value: Indexed<T> } }> };

interface Indexed<T> {
  indexers(): Indexers<T>;
}

/** The name of the one part of a source that is not merged. */
const onlyPart = '';

/** The parts of a source by name, or a TypeError for another value. */
export function partsOf<T extends KubernetesObject>(
  what: string,
  source: ViewSource<T>,
): ReadonlyMap<string, ViewPart<T>> {
  const given: unknown = source;
  if (typeof given === 'object' && given !== null) {
    if ('parts' in source && source.parts instanceof Map && [...source.parts.values()].every(isPart))
      return source.parts;
    if (isPart(given)) return new Map([[onlyPart, source as ViewPart<T>]]);
  }
  throw new TypeError(
    `${what} reads an informer, merged informers or a store: an object with snapshot$ and commits$. Nothing was started.`,
  );
}

function isPart(given: unknown): boolean {
  const { snapshot$, commits$ } = Object(given) as {
    snapshot$?: { value?: { list?: unknown } };
    commits$?: { subscribe?: unknown };
  };
  return typeof snapshot$?.value?.list === 'function' && typeof commits$?.subscribe === 'function';
}
