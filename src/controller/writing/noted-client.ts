import { catchError, defer, Observable, throwError } from 'rxjs';
import { type Awaitable, awaitable } from '../../protocol/awaitable.ts';
import { KubeError, type KubeErrorReason } from '../../protocol/errors/kube-error.ts';
import type { Status } from '../../protocol/errors/status.ts';
import { generateName, mostGeneratedNames } from '../../protocol/objects/generate-name.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { Patch } from '../../protocol/patch.ts';
import type {
  DeleteOptions,
  NewObject,
  ObjectReference,
  ResourceClient,
  WriteOptions,
} from '../../protocol/resource-client.ts';
import { checkedRandom } from '../../streams/checks/checked-random.ts';
import { chance } from '../../streams/time/chance.ts';
import { conditionOf } from './edit-patch.ts';
import type { OnWrite, WriteNote } from './write-note.ts';

/** What a server answers, or what is found out before it is sent, where nothing has been written. */
const unwritten: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...(['BadRequest', 'Unauthorized', 'Forbidden', 'NotFound', 'MethodNotAllowed', 'NotAcceptable'] as const),
  ...(['AlreadyExists', 'Conflict', 'Gone', 'Expired', 'RequestEntityTooLarge', 'UnsupportedMediaType'] as const),
  ...(['Invalid', 'TooManyRequests', 'ConnectionRefused', 'ConnectTimeout', 'Credentials'] as const),
]);

type NewMetadata = Partial<ObjectReference> & { readonly generateName?: string };

/** Parts of an object whose answers are the object itself. */
const wholeParts: readonly string[] = ['status', 'finalize', 'approval', 'resize', 'ephemeralcontainers'];

/** Options of {@link notedClient}. */
export interface NotedClientOptions {
  /** For names that are made up, 0 to 1. Default: the platform's. */
  readonly random?: (() => number) | undefined;
  /** The client of the whole object, where this one is of a part of it, such as `status`. */
  readonly whole?: Pick<ResourceClient<KubernetesObject>, 'resource' | 'get'> | undefined;
  readonly part?: string | undefined;
}

/**
 * A client that tells of each write what came of it, before its subscriber gets the answer. A write that is unsubscribed, or that
 * fails in a way that leaves open what the server did, is `lost`.
 *
 * The name of an object with `generateName` is made up here, as a server would: only so can an object be asked for whose creation
 * was lost. Where a name is taken, the next one is tried, eight in all.
 */
export function notedClient<T extends KubernetesObject>(
  client: ResourceClient<T>,
  onWrite: OnWrite,
  options: NotedClientOptions = {},
): ResourceClient<T> {
  const { whole = client, part } = options;
  const { resource } = whole;
  const random = checkedRandom(options.random);
  const isPart = part !== undefined && !wholeParts.includes(part);
  function read(reference: ObjectReference): Observable<KubernetesObject> {
    return whole.get(reference);
  }

  function noted<A>(
    request: Observable<A>,
    reference: ObjectReference | undefined,
    noteOf: (answer: A) => WriteNote | undefined,
    dryRun: boolean | undefined,
  ): Awaitable<A> {
    if (dryRun === true) return awaitable(request);
    const answer$ = new Observable<A>((subscriber) => {
      let isOpen = true;
      const lose = (): void => {
        if (isOpen && reference !== undefined) onWrite({ type: 'lost', resource, reference, read });
        isOpen = false;
      };
      const sent = request.subscribe({
        next: (answer) => {
          const note = isOpen ? noteOf(answer) : undefined;
          isOpen = false;
          if (note !== undefined) onWrite(note);
          subscriber.next(answer);
        },
        error: (error: unknown) => {
          if (error instanceof KubeError && unwritten.has(error.reason)) isOpen = false;
          lose();
          subscriber.error(error);
        },
        complete: () => {
          lose();
          subscriber.complete();
        },
      });
      return () => {
        sent.unsubscribe();
        lose();
      };
    });
    return awaitable(answer$);
  }

  function created(object: NewObject<T>, metadata: NewMetadata | undefined, options?: WriteOptions): Awaitable<T> {
    const { name, namespace } = metadata ?? {};
    const reference = name ? { name, namespace } : undefined;
    return noted(client.create(object, options), reference, (answer) => written(answer), options?.dryRun);
  }

  function createdUnderNewName(
    object: NewObject<T>,
    base: string,
    options: WriteOptions | undefined,
    attempts: number,
  ): Observable<T> {
    const { metadata } = object as { readonly metadata?: NewMetadata };
    const named = { ...metadata, name: generateName(base, () => chance(random)) };
    return created({ ...object, metadata: named }, named, options).pipe(
      catchError((error: unknown) => {
        const isTaken = error instanceof KubeError && error.reason === 'AlreadyExists';
        if (!isTaken || attempts >= mostGeneratedNames) return throwError(() => error as Error);
        return createdUnderNewName(object, base, options, attempts + 1);
      }),
    );
  }

  function written(answer: T, condition?: string): WriteNote | undefined {
    if (!hasMetadata(answer)) return undefined;
    if (!isPart && isReleased(answer)) return { type: 'deleted', resource, object: answer };
    return { type: 'written', resource, object: answer, condition, isPart, read } satisfies WriteNote;
  }

  return {
    resource: client.resource,
    get(reference: ObjectReference): Awaitable<T> {
      return client.get(reference);
    },
    create(object: NewObject<T>, options?: WriteOptions): Awaitable<T> {
      const { metadata } = object as { readonly metadata?: NewMetadata };
      const { name, generateName: base } = metadata ?? {};
      if (name || !base || typeof base !== 'string') return created(object, metadata, options);
      return awaitable(defer(() => createdUnderNewName(object, base, options, 1)));
    },
    update(object: T, options?: WriteOptions): Awaitable<T> {
      const { resourceVersion } = object.metadata;
      const noteOf = (answer: T) => written(answer, resourceVersion || undefined);
      return noted(client.update(object, options), referenceTo(object.metadata), noteOf, options?.dryRun);
    },
    patch(reference: ObjectReference, patch: Patch<T>, options?: WriteOptions): Awaitable<T> {
      const noteOf = (answer: T) => written(answer, conditionOf(patch as Patch<unknown>));
      return noted(client.patch(reference, patch, options), reference, noteOf, options?.dryRun);
    },
    delete(reference: ObjectReference, options?: DeleteOptions): Awaitable<T | Status> {
      const noteOf = (answer: T | Status) => deletionOf(resource, reference, answer, isPart, read);
      return noted(client.delete(reference, options), reference, noteOf, options?.dryRun);
    },
    subresource<S>(name: string): ResourceClient<S> {
      const through = client.subresource<KubernetesObject>(name);
      return notedClient(through, onWrite, { random, whole, part: name }) as never;
    },
  } satisfies ResourceClient<T>;
}

function deletionOf(
  resource: string,
  { name, namespace }: ObjectReference,
  answer: KubernetesObject | Status,
  isPart: boolean,
  read: (reference: ObjectReference) => Observable<KubernetesObject>,
): WriteNote | undefined {
  if (isPart) return undefined;
  if (hasMetadata(answer) && answer.metadata.name === name)
    return isHeld(answer)
      ? ({ type: 'written', resource, object: answer, isPart: false, read } satisfies WriteNote)
      : { type: 'deleted', resource, object: answer };
  const uid = (answer as Status).details?.uid;
  const metadata = { name, ...(namespace !== undefined && { namespace }), ...(uid !== undefined && { uid }) };
  return { type: 'deleted', resource, object: { apiVersion: '', kind: '', metadata } };
}

/** The name and the namespace alone: of an object of a cache, its metadata hold more. */
export function referenceTo({ name, namespace }: ObjectReference): ObjectReference {
  return { name, ...(namespace !== undefined && { namespace }) };
}

/** An object that the write itself let go: it was to be deleted, and nothing holds it any more. */
function isReleased(object: KubernetesObject): boolean {
  return Boolean(object.metadata.deletionTimestamp) && !isHeld(object);
}

function isHeld({ metadata }: KubernetesObject): boolean {
  const { finalizers, deletionGracePeriodSeconds } = metadata as typeof metadata & {
    readonly deletionGracePeriodSeconds?: number;
  };
  return (finalizers?.length ?? 0) > 0 || (deletionGracePeriodSeconds ?? 0) > 0;
}

function hasMetadata(answer: unknown): answer is KubernetesObject {
  const { metadata } = (answer ?? {}) as { readonly metadata?: { readonly name?: unknown } | null };
  return typeof metadata?.name === 'string';
}
