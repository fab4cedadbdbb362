import type { Observable } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
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

/** One part of an {@link IndexedSource}. */
export interface IndexedPart<T> extends ViewPart<T> {
  readonly snapshot$: { readonly value: ViewSnapshot<T> & { indexers(): Indexers<T> } };
}

/** A source whose snapshots have indexes. */
export type IndexedSource<T> = IndexedPart<T> | { readonly parts: ReadonlyMap<string, IndexedPart<T>> };

/** The name of the one part of a source that is not merged. */
const onlyPart = '';

/** The parts of a source by name, or a TypeError for another value. */
export function partsOf<P extends ViewPart<unknown>>(
  what: string,
  source: P | { readonly parts: ReadonlyMap<string, P> },
): ReadonlyMap<string, P> {
  const given: unknown = source;
  if (typeof given === 'object' && given !== null) {
    if ('parts' in source && source.parts instanceof Map && [...source.parts.values()].every(isPart))
      return source.parts;
    if (isPart(given)) return new Map([[onlyPart, source as P]]);
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
