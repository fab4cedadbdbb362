import type { CacheEvent, Changed } from '../protocol/cache-event.ts';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { Intern } from '../protocol/intern.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { resourceVersionOf } from '../protocol/objects/resource-version.ts';
import { admitEvent } from './admit.ts';
import type { Admitted } from './admitted.ts';
import { type IndexFailure, IndexFailures } from './contents/index-failure.ts';
import { type Commit, committed, commitWith } from './commit.ts';
import type { Snapshot } from './snapshot.ts';
import { StoreError } from './store-error.ts';

/** One change of a transaction: an event of a stream. Without a `resourceVersion` it has the version of its object. */
export type TransactionItem<T> = Omit<Changed<T>, 'resourceVersion'> & Partial<Pick<Changed<T>, 'resourceVersion'>>;

/** The result of one item of a transaction. */
export type TransactionResult =
  /** `indexErrors`: one for each index whose function newly fails for the object. It is stored, and left out of these. */
  | { readonly status: 'applied'; readonly indexErrors?: readonly StoreError[] }
  /** It is not newer than the stored object, or deletes an object that is not there. */
  | { readonly status: 'unchanged' }
  /** The others are applied all the same. */
  | { readonly status: 'refused'; readonly error: StoreError };

/** The commit of a transaction, and the results of its items. */
export interface TransactionCommit<T extends KubernetesObject, I extends string = never> {
  readonly commit: Commit<T, I>;
  /** One for each item, in their order. */
  readonly results: readonly TransactionResult[];
  /** The items that were not refused, in their order. @internal */
  readonly accepted: readonly CacheEvent<Admitted<T>>[];
}

/**
 * Applies several changes in one commit. Pure. The state is the same as after the changes one by one, by the rules of
 * `commitOf`. This is batching, not all or nothing: an item without a key is refused in its result. If an index function fails
 * for an item, the item is stored and left out of that index; the errors of the commit name the items that are left out at the
 * end.
 *
 * The events of the commit are the net change of each object between the two snapshots, in the order in which the items first
 * changed them: an object that came and went has no event, and several updates are one. An object that was deleted and added
 * again is a deletion and an addition, whatever its uid.
 *
 * Throws a `StoreError` `MalformedEvent` if `items` is not an array.
 *
 * ```ts
 * const { commit, results } = commitTransaction(emptySnapshot<Raw<V1Pod>>(), [{ type: 'Added', object: pod }]);
 * console.log(commit.snapshot.size, results[0]?.status);
 * ```
 */
export function commitTransaction<T extends KubernetesObject, I extends string = never>(
  snapshot: Snapshot<T, I>,
  items: readonly TransactionItem<T>[],
  intern?: Intern<T>,
): TransactionCommit<T, I> {
  const given: unknown = items;
  if (!Array.isArray(given)) throw malformed('a transaction is an array of changes');
  const events: InformerEvent<T>[] = [];
  const accepted: CacheEvent<Admitted<T>>[] = [];
  const failures = new Map<string, IndexFailure>();
  let latest = snapshot;
  const results = Array.from(items, (item): TransactionResult => {
    try {
      const ofItem = new IndexFailures();
      const event = admitEvent(latest, changedOf(item), intern);
      const commit = commitWith(latest, event, (failure) => {
        ofItem.add(failure);
        if (failure.isNew) failures.set(`${failure.index}\0${failure.key}`, failure);
      });
      latest = commit.snapshot;
      accepted.push(event);
      for (const event of commit.events) events.push(event);
      if (commit.events.length === 0) return { status: 'unchanged' };
      const indexErrors = ofItem.errors();
      return indexErrors.length > 0 ? { status: 'applied', indexErrors } : { status: 'applied' };
    } catch (error) {
      return { status: 'refused', error: error instanceof StoreError ? error : unreadable(error) };
    }
  });
  const net = netEvents(events);
  const contents = net.length > 0 ? latest.contents : snapshot.contents;
  const commit = committed(snapshot, contents, { resourceVersion: latest.resourceVersion }, net);
  const leftOut = new IndexFailures();
  for (const failure of failures.values()) {
    if (contents.index(failure.index).isLeftOut(failure.key)) leftOut.add(failure);
  }
  return { commit: { ...commit, indexErrors: leftOut.errors() }, results, accepted };
}

/** The net change under a key: at most two events. */
interface Fate<T> {
  /** The end of the object that was there before. */
  readonly end: InformerEvent<T> | undefined;
  /** The addition or the change of the object that is there now. */
  readonly now: InformerEvent<T> | undefined;
}

function netEvents<T extends KubernetesObject>(events: readonly InformerEvent<T>[]): readonly InformerEvent<T>[] {
  const fates = new Map<string, Fate<T>>();
  const keys = events.map(({ object }) => metaNamespaceKey(object));
  // Most transactions change each object once.
  if (new Set(keys).size === keys.length) return events;
  events.forEach((event, index) => {
    const key = keys[index] as string;
    fates.set(key, fateAfter(fates.get(key), event));
  });
  return Array.from(fates.values())
    .flatMap(({ end, now }) => [end, now])
    .filter((event) => event !== undefined)
    .filter((event) => event.type !== 'updated' || event.object !== event.oldObject);
}

function fateAfter<T>(fate: Fate<T> | undefined, event: InformerEvent<T>): Fate<T> {
  const { end, now } = fate ?? {};
  if (event.type !== 'deleted') return { end, now: now === undefined ? event : { ...now, object: event.object } };
  // An object that was added within the transaction has no event; one that was there before is deleted.
  return { end: now?.type === 'added' ? end : event, now: undefined };
}

function changedOf<T extends KubernetesObject>(item: TransactionItem<T>): Changed<T> {
  const given = item as TransactionItem<T> | null | undefined;
  switch (given?.type) {
    case 'Added':
    case 'Updated':
    case 'Deleted': {
      const { type, object, resourceVersion = resourceVersionOf(object) } = given;
      return { type, object, resourceVersion };
    }
    default:
      throw malformed('an item of a transaction is Added, Updated or Deleted');
  }
}

/** A getter or the given `intern` threw. One bad item must not cost the others. */
function unreadable(cause: unknown): StoreError {
  return new StoreError({ reason: 'MalformedObject', message: 'the object could not be read', cause });
}

function malformed(message: string): StoreError {
  return new StoreError({ reason: 'MalformedEvent', message });
}
