import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { LabelSelector, parseLabelSelector } from '../protocol/selectors/label-selector.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import type { OnViewError } from './ordering.ts';
import { ViewError } from './view-error.ts';

/** Which objects a view selects: those that meet all that is given. */
export interface Selecting<T> {
  /**
   * Returns true for an object to select. It must depend on the object alone. If it depends on the time as well, it takes the
   * time as its second argument, in milliseconds since 1970, and {@link until} says when its answer changes. A function that
   * takes the time without `until` is refused.
   */
  readonly where?: ((object: T, now: number) => boolean) | undefined;
  /**
   * Returns the time at which the answer of `where` for this object changes without a change of the object, in milliseconds since
   * 1970; `undefined` or a time that has passed for never. It is asked again when that time has come.
   */
  readonly until?: ((object: T, now: number) => number | undefined) | undefined;
  /** A label selector in kubectl's grammar, or a parsed one. */
  readonly labelSelector?: string | LabelSelector | undefined;
  /** The namespaces to select. Default: all. An empty array selects nothing. */
  readonly namespaces?: readonly string[] | undefined;
}

/** The checked form of {@link Selecting}. */
export interface Selection<T> {
  /** True where every object is selected. */
  readonly isAll: boolean;
  /** True where the time counts. */
  readonly isTimed: boolean;
  readonly selects: (object: T, now: number, onError: OnViewError) => boolean;
  /** When to ask again; `Infinity` for never. */
  readonly until: (object: T, now: number, onError: OnViewError) => number;
}

/** Returns the selection, or throws a TypeError or a SelectorError that says what is wrong with it. */
export function selectionOf<T extends KubernetesObject>(selecting: Selecting<T>): Selection<T> {
  const { where, until } = selecting;
  if (where !== undefined) checkedFunction('where', where);
  if (until !== undefined) checkedFunction('until', until);
  if (until !== undefined && where === undefined)
    throw new TypeError('until is given without where. Nothing was started.');
  if (where !== undefined && where.length > 1 && until === undefined) {
    throw new TypeError(
      'where takes the time, but nothing says when its answer changes: give until, such as ' +
        '(pod) => Date.parse(pod.metadata.creationTimestamp) + minutes(10). Nothing was started.',
    );
  }
  const namespaces = checkedNamespaces(selecting.namespaces);
  const labels = checkedSelector(selecting.labelSelector);
  const isTimed = until !== undefined;
  return {
    isAll: where === undefined && namespaces === undefined && labels === undefined,
    isTimed,
    selects: (object, now, onError) => {
      const { metadata } = object;
      if (namespaces !== undefined && !namespaces.has(metadata.namespace ?? '')) return false;
      if (labels !== undefined && !labels.matches(metadata.labels)) return false;
      if (where === undefined) return true;
      try {
        // The time only where a deadline says how long the answer holds.
        const answer: unknown = isTimed ? where(object, now) : (where as (object: T) => boolean)(object);
        if (typeof answer !== 'object' || answer === null) return Boolean(answer);
      } catch (cause) {
        onError(failure(object, 'where threw', cause));
        return false;
      }
      onError(failure(object, 'where returned an object, such as a promise, and not true or false,'));
      return false;
    },
    until: (object, now, onError) => {
      try {
        const at: unknown = until?.(object, now);
        return typeof at === 'number' && at > now ? at : Infinity;
      } catch (cause) {
        onError(failure(object, 'until threw', cause));
        return Infinity;
      }
    },
  };
}

function failure(object: KubernetesObject, did: string, cause?: unknown): ViewError {
  const key = metaNamespaceKey(object);
  const message = `${did} for ${key}; the row is left out or stays as it is until the object changes`;
  return new ViewError({ reason: 'WhereFunction', message, key, cause });
}

function checkedNamespaces(namespaces: readonly string[] | undefined): ReadonlySet<string> | undefined {
  const given: unknown = namespaces;
  if (given === undefined) return undefined;
  if (Array.isArray(given) && given.every((each) => typeof each === 'string')) return new Set(given);
  throw new TypeError("namespaces takes an array of texts such as ['default']. Nothing was started.");
}

function checkedSelector(labelSelector: string | LabelSelector | undefined): LabelSelector | undefined {
  if (labelSelector === undefined) return undefined;
  const selector = labelSelector instanceof LabelSelector ? labelSelector : parseLabelSelector(labelSelector);
  return selector.empty ? undefined : selector;
}
