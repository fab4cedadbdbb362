import {
  asyncScheduler,
  catchError,
  defer,
  mergeMap,
  Observable,
  of,
  type SchedulerLike,
  throwError,
  timer,
} from 'rxjs';
import { type Awaitable, awaitable } from '../../protocol/awaitable.ts';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { KubernetesObject, ObjectMeta } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import type { ApplyPatch, Patch } from '../../protocol/patch.ts';
import type { ResourceClient, WriteOptions } from '../../protocol/resource-client.ts';
import { aborted } from '../../streams/aborted.ts';
import { checkedRandom } from '../../streams/checks/checked-random.ts';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
import { chance } from '../../streams/time/chance.ts';
import { checkedIntent } from './checked-intent.ts';
import { type EditedPart, editPatch, type Recipe } from './edit-patch.ts';
import { notedClient, referenceTo } from './noted-client.ts';
import { WriteError } from './write-error.ts';
import type { OnWrite } from './write-note.ts';
import type { ApplyOptions, Scale, Writer } from './writer.ts';

/** Options of {@link writerOf}. */
export interface WriterOptions {
  /** Who owns the fields that are written, where a write does not say. An apply needs one. Default: none. */
  readonly fieldManager?: string | undefined;
  /** Ends what is not done yet, with the signal's reason as the error. A write may then have happened or not. */
  readonly signal?: AbortSignal | undefined;
  /** For the delays after a conflict. Default: asyncScheduler. */
  readonly scheduler?: SchedulerLike | undefined;
  /** For the delays after a conflict, and the names that a run makes up, 0 to 1. Default: Math.random. */
  readonly random?: (() => number) | undefined;
  /** @internal Told of each write. */
  readonly onWrite?: OnWrite | undefined;
}

/** How often an edit reads the object again. */
const mostReruns = 5;

/** The first delay after a conflict is up to twice this, and each further one up to twice as long, in milliseconds. */
const conflictDelay = 10;

/**
 * Returns a {@link Writer} over a client: edits, applies, status and scale. A controller's runs take `run.writer(client)`
 * instead, whose answers the run and its caches see at once, and which ends with the run.
 *
 * Throws a TypeError for an invalid signal or `random`.
 *
 * ```ts
 * const writer = writerOf(resourceClient(kubeConfig, 'apps/v1/deployments'), { fieldManager: 'docs' });
 * const reference = { namespace: 'default', name: 'web' };
 * const web = await writer.edit(await writer.get(reference), (draft) => {
 *   draft.metadata.labels = { ...draft.metadata.labels, tier: 'front' };
 * });
 * await writer.scale(web.metadata, 3);
 * ```
 */
export function writerOf<T extends KubernetesObject>(
  client: ResourceClient<T>,
  options: WriterOptions = {},
): Writer<T> {
  const { signal, random, scheduler = asyncScheduler, fieldManager, onWrite } = options;
  const parts: Parts = {
    signal: checkedSignalIfAny(signal),
    random: checkedRandom(random),
    scheduler,
    fieldManager,
  };
  const through = onWrite === undefined ? client : notedClient(client, onWrite, parts);
  return writerWith(through, client.resource, 'main', parts);
}

interface Parts {
  readonly signal: AbortSignal | undefined;
  readonly random: () => number;
  readonly scheduler: SchedulerLike;
  readonly fieldManager: string | undefined;
}

function writerWith<T extends KubernetesObject>(
  client: ResourceClient<T>,
  resource: string,
  part: EditedPart,
  parts: Parts,
): Writer<T> {
  const { signal, random, scheduler } = parts;

  function bound<A>(make: () => Observable<A>): Awaitable<A> {
    if (signal === undefined) return awaitable(defer(make));
    return awaitable(
      new Observable<A>((subscriber) => {
        const fail = (): void => subscriber.error(signal.reason);
        subscriber.add(aborted(signal).subscribe({ next: fail, error: fail }));
        if (!subscriber.closed) subscriber.add(defer(make).subscribe(subscriber));
      }),
    );
  }

  function managed<O extends WriteOptions>(options: O | undefined): O {
    const { fieldManager } = parts;
    return { ...(fieldManager !== undefined && { fieldManager }), ...options } as O;
  }

  function edited(
    through: ResourceClient<T>,
    which: EditedPart,
    object: T,
    recipe: Recipe<T>,
    options: WriteOptions | undefined,
  ): Awaitable<T> {
    function write(current: T, reruns: number): Observable<T> {
      const patch = editPatch(resource, current, recipe, which);
      if (patch === undefined) return of(current);
      const reference = referenceTo(current.metadata);
      return through.patch(reference, patch as Patch<T>, managed(options)).pipe(
        catchError((error: unknown) => {
          if (!isConflict(error) || reruns >= mostReruns) return throwError(() => error as Error);
          const delay = 2 * conflictDelay * 2 ** reruns * chance(random);
          return timer(delay, scheduler).pipe(
            mergeMap(() => (which === 'other' ? through : client).get(reference)),
            mergeMap((fresh) => write(sameObject(resource, current, fresh, error), reruns + 1)),
          );
        }),
      );
    }
    return bound(() => write(object, 0));
  }

  const writer: Writer<T> = {
    resource: client.resource,
    get: (reference) => bound(() => client.get(reference)),
    create: (object, options) => bound(() => client.create(object, managed(options))),
    update: (object, options) => bound(() => client.update(object, managed(options))),
    patch: (reference, patch, options) => bound(() => client.patch(reference, patch, managed(options))),
    delete: (reference, options) => bound(() => client.delete(reference, options)),
    edit: (object, recipe, options) => edited(client, part, object, recipe, options),
    editStatus: (object, recipe, options) => edited(client.subresource<T>('status'), 'status', object, recipe, options),
    apply: (intent: ApplyPatch<T>, { force, ...options }: ApplyOptions = {}) =>
      bound(() => {
        const { metadata } = checkedIntent(resource, intent, part);
        const given = managed(options);
        if (!given.fieldManager)
          throw new TypeError(
            `${resource} ${metadata.name}: an apply needs a fieldManager, of the call or of the writer`,
          );
        const patch = { type: 'apply', body: intent, ...(force === true && { force }) } as Patch<T>;
        return client
          .patch(referenceTo(metadata), patch, given)
          .pipe(catchError((error: unknown) => refused(resource, metadata, error)));
      }),
    scale: (reference, replicas, options) => {
      if (!Number.isSafeInteger(replicas) || replicas < 0)
        throw new RangeError(`${resource}: replicas is ${String(replicas)}; it takes a whole number from 0 on`);
      const patch: Patch<Scale> = { type: 'merge', body: { spec: { replicas } } };
      return bound(() => client.subresource<Scale>('scale').patch(referenceTo(reference), patch, managed(options)));
    },
    subresource: <S>(name: string) => {
      const through = client.subresource<KubernetesObject>(name);
      return writerWith(through, resource, name === 'status' ? 'status' : 'other', parts) as never as Writer<S>;
    },
  };
  return writer;
}

function isConflict(error: unknown): error is KubeError {
  return error instanceof KubeError && error.reason === 'Conflict';
}

/** The object that was read after a conflict, if it is still the one that was to be edited. */
function sameObject<T extends KubernetesObject>(resource: string, before: T, fresh: T, conflict: KubeError): T {
  const { uid } = before.metadata;
  if (!uid || !fresh.metadata.uid || fresh.metadata.uid === uid) return fresh;
  const message = `${metaNamespaceKey(fresh)} was deleted and created anew. Nothing was written`;
  throw new KubeError({ reason: 'Conflict', resource, message, code: 409, cause: conflict });
}

/** The fields of another manager are not a race: the same apply would be refused again. So the error is not a Conflict. */
function refused(resource: string, metadata: ObjectMeta, error: unknown): Observable<never> {
  const causes = isConflict(error) ? (error.status?.details?.causes ?? []) : [];
  const fields = causes.filter(({ reason }) => reason === 'FieldManagerConflict').map(({ field = '' }) => field);
  if (fields.length === 0) return throwError(() => error as Error);
  const owned = `${fields.slice(0, 5).join(', ')}${fields.length > 5 ? ` and ${fields.length - 5} more` : ''}`;
  const message = `other field managers own ${owned}; force takes them over. Nothing was written`;
  return throwError(() => new WriteError('FieldConflict', resource, metaNamespaceKey({ metadata }), message, error));
}
