import {
  catchError,
  defaultIfEmpty,
  defer,
  EMPTY,
  from,
  isObservable,
  mergeMap,
  type Observable,
  of,
  takeLast,
  throwError,
} from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { JsonPatchOperation } from '../../protocol/patch.ts';
import type { ResourceClient } from '../../protocol/resource-client.ts';
import { isPromiseLike } from '../../streams/checks/is-promise-like.ts';
import { checkedFunction } from '../../streams/checks/checked-function.ts';
import { checkedOutcome } from '../../workqueue/checked-outcome.ts';
import type { Outcome } from '../../workqueue/outcome.ts';
import { type ReconcileResult, runResultOf } from '../reconcile-result.ts';
import { referenceTo } from './noted-client.ts';
import type { Writer } from './writer.ts';

/** What {@link withFinalizer} takes of a run: the object, and how to write it. */
export interface FinalizedRun<T> {
  /** As the cache has it; `undefined` where there is none. */
  readonly object: T | undefined;
  writer(client: ResourceClient<T>): Writer<T>;
}

/** The two halves of a life. */
export interface FinalizerSteps<T, R> {
  /** The object is wanted, and holds the finalizer: what is done outside from now on will be cleaned up. */
  readonly apply: (object: T, run: R) => ReconcileResult;
  /**
   * The object is being deleted: takes back what `apply` did. Runs at least once for each deletion, and may run again after it
   * succeeded, where the finalizer could not be removed. The finalizer stays while it fails, and while it returns `requeueAfter`.
   */
  readonly cleanup: (object: T, run: R) => ReconcileResult;
}

/** How often the object is read again after somebody else changed its finalizers. */
const mostReads = 5;

/**
 * Returns a `reconcile` for objects with something outside of the cluster that has to be cleaned up. The finalizer is stored
 * before the first `apply`, which then goes on with the server's answer, and is removed after a `cleanup` that succeeded. An
 * object without the finalizer that is being deleted, or that is gone, needs nothing.
 *
 * The finalizers are changed by JSON patches that test what they were, so that those of others are neither lost nor brought
 * back. If the test fails (422), the object is read from the server: five times at most, then the error is a Conflict, after
 * which a controller runs the key again. An object created anew under the same name is never touched.
 *
 * Throws a TypeError for a finalizer without a domain, which servers refuse.
 *
 * ```ts
 * const reconcileWidget = withFinalizer('example.com/bucket', widgets, {
 *   apply: (each) => console.log('has a bucket', each.metadata.name),
 *   cleanup: (each) => console.log('had a bucket', each.metadata.name),
 * });
 * reconcileWidget({ object: widget, writer: (each) => writerOf(each) }).subscribe();
 * ```
 */
export function withFinalizer<T extends KubernetesObject, R extends FinalizedRun<T> = FinalizedRun<T>>(
  finalizer: string,
  client: ResourceClient<T>,
  { apply, cleanup }: FinalizerSteps<T, R>,
): (run: R) => Observable<Outcome> {
  if (!/^[a-z0-9.-]+\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(finalizer))
    throw new TypeError('a finalizer is a name with a domain, such as example.com/cleanup');
  checkedFunction('apply', apply);
  checkedFunction('cleanup', cleanup);

  return (run) =>
    defer(() => {
      const { object } = run;
      if (object === undefined) return EMPTY;
      const writer = run.writer(client);
      if (!isDeleting(object))
        return changed(writer, object, (current) => adding(finalizer, current)).pipe(
          mergeMap((held) => (held !== undefined && holds(held) ? resultOf(() => apply(held, run)) : EMPTY)),
        );
      if (!holds(object)) return EMPTY;
      return resultOf(() => cleanup(object, run)).pipe(
        takeLast(1),
        defaultIfEmpty<Outcome, Outcome>(undefined),
        mergeMap((outcome) => {
          if (checkedOutcome(outcome).requeueAfter !== undefined) return of(outcome);
          return changed(writer, object, (current) => removing(finalizer, current)).pipe(mergeMap(() => of(outcome)));
        }),
      );
    });

  function holds({ metadata }: T): boolean {
    return metadata.finalizers?.includes(finalizer) === true;
  }
}

function isDeleting({ metadata }: KubernetesObject): boolean {
  return Boolean(metadata.deletionTimestamp);
}

/** The operations that add a finalizer; `undefined` where it is there, or where none can be added any more. */
function adding(finalizer: string, object: KubernetesObject): JsonPatchOperation[] | undefined {
  const { finalizers } = object.metadata;
  if (isDeleting(object) || finalizers?.includes(finalizer) === true) return undefined;
  const path = '/metadata/finalizers';
  if (finalizers === undefined || finalizers.length === 0)
    return [
      { op: 'test', path, value: finalizers ?? null },
      { op: 'add', path, value: [finalizer] },
    ];
  return [
    { op: 'test', path, value: finalizers },
    { op: 'add', path: `${path}/-`, value: finalizer },
  ];
}

function removing(finalizer: string, { metadata }: KubernetesObject): JsonPatchOperation[] | undefined {
  const index = metadata.finalizers?.indexOf(finalizer) ?? -1;
  if (index === -1) return undefined;
  const path = `/metadata/finalizers/${index}`;
  return [
    { op: 'test', path, value: finalizer },
    { op: 'remove', path },
  ];
}

/** The object with its finalizers changed; `undefined` where it is gone. */
function changed<T extends KubernetesObject>(
  writer: Writer<T>,
  object: T,
  patchOf: (object: T) => JsonPatchOperation[] | undefined,
): Observable<T | undefined> {
  const { uid } = object.metadata;
  const reference = referenceTo(object.metadata);
  const isSame: JsonPatchOperation[] = uid ? [{ op: 'test', path: '/metadata/uid', value: uid }] : [];

  function attempt(current: T, reads: number): Observable<T | undefined> {
    const operations = patchOf(current);
    if (operations === undefined) return of(current);
    return writer.patch(reference, { type: 'json', body: [...isSame, ...operations] }).pipe(
      catchError((error: unknown) => {
        if (isOf(error, 'NotFound')) return of(undefined);
        // 422: a test failed, or the object is being deleted and takes no finalizer any more.
        if (!isOf(error, 'Invalid') && !isOf(error, 'Conflict')) return throwError(() => error as Error);
        if (reads >= mostReads) return throwError(() => overtaken(writer.resource, reference.name, error as KubeError));
        return again(reads + 1);
      }),
    );
  }

  function again(reads: number): Observable<T | undefined> {
    return writer.get(reference).pipe(
      mergeMap((fresh) => (uid && fresh.metadata.uid !== uid ? of(undefined) : attempt(fresh, reads))),
      catchError((error: unknown) => (isOf(error, 'NotFound') ? of(undefined) : throwError(() => error as Error))),
    );
  }

  return attempt(object, 0);
}

function isOf(error: unknown, reason: KubeError['reason']): boolean {
  return error instanceof KubeError && error.reason === reason;
}

function overtaken(resource: string, name: string, cause: KubeError): KubeError {
  const message = `the finalizers of ${name} could not be changed, and were read ${mostReads} times`;
  return new KubeError({ reason: 'Conflict', resource, message, code: 409, cause });
}

function resultOf(step: () => ReconcileResult): Observable<Outcome> {
  return defer(() => outcomesOf(runResultOf(step())));
}

/** What a step returns, as the outcomes of an Observable. */
function outcomesOf(result: ReturnType<typeof runResultOf>): Observable<Outcome> {
  // Before a promise: `then` would send a request that is both.
  if (isObservable(result)) return result;
  return isPromiseLike(result) ? from(result) : of(result);
}
