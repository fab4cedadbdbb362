import { asyncScheduler, type Observable, type ObservableInput, type SchedulerLike } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import type { Status } from '../protocol/errors/status.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Patch } from '../protocol/patch.ts';
import type { DeleteOptions, ObjectReference, ResourceClient, WriteOptions } from '../protocol/resource-client.ts';
import { type FakeTimes, Script, type ScriptOptions } from './script.ts';

const verbs = ['get', 'create', 'update', 'patch', 'delete'] as const;

/** A request to the fake client. */
export interface FakeClientRequest extends FakeTimes {
  readonly verb: (typeof verbs)[number];
  /** `undefined`: the object itself. */
  readonly subresource: string | undefined;
  /** `namespace/name`, or the bare name. Empty where the server has to make the name. */
  readonly key: string;
  /** What is created or updated. */
  readonly object?: unknown;
  readonly patch?: Patch<never>;
  readonly options?: WriteOptions | DeleteOptions | undefined;
}

/**
 * The answer to a request: marbles over `values`, or any Observable input such as `of(object)`, under the verb of the request that it
 * answers. `error` is the error of a `#` in the marbles. Alone it is the error of a request with any verb, at once.
 */
export type FakeClientAnswer<T> =
  | {
      readonly [Verb in FakeClientRequest['verb']]: {
        readonly [Name in Verb]: string | ObservableInput<T | Status>;
      } & { readonly error?: unknown };
    }[FakeClientRequest['verb']]
  | { readonly error: unknown };

/** Options of {@link fakeResourceClient}. */
export interface FakeResourceClientOptions<T> {
  /** The values of the letters in the marbles. */
  readonly values?: Readonly<Record<string, T | Status>>;
  /** The `cold` of `TestScheduler.run`. Answers in marbles need it. */
  readonly cold?: (marbles: string, values?: never, error?: unknown) => Observable<unknown>;
  /** The resource in words. Default `v1/pods`. */
  readonly resource?: string;
  /** The scheduler of the times in `requests`. Default `asyncScheduler`, which `TestScheduler.run` makes virtual. */
  readonly scheduler?: SchedulerLike;
}

/** A ResourceClient that answers from a script and remembers its requests, those of its subresources too. */
export interface FakeResourceClient<T> extends ResourceClient<T> {
  /** All requests so far, in order. */
  readonly requests: readonly FakeClientRequest[];
  /** The number of open requests. */
  readonly openRequests: number;
}

/**
 * A ResourceClient for specs of what writes: the n-th request gets the n-th answer. A request beyond the script fails with a
 * `KubeError` that says so. A function may answer in place of a script. It stores nothing and checks nothing; a client that does is
 * `resourceClient(apiServer({ listen: false }).http, 'v1/pods')`.
 *
 * A script that does not fit its requests fails the test: an error that says why is thrown on the scheduler. It may have another
 * verb than the request, a letter without a value, or marbles without `cold`.
 *
 * ```ts
 * const pod = buildObject('default/a', '2');
 * const conflict = new KubeError({ reason: 'Conflict', resource: 'v1/pods', message: 'another was first' });
 * const client = fakeResourceClient([{ patch: throwError(() => conflict) }, { get: of(pod) }, { patch: of(pod) }]);
 *
 * await writerOf(client).edit(buildObject('default/a', '1'), (draft) => void (draft.metadata.labels = { seen: 'yes' }));
 * console.log(client.requests.map(({ verb, key }) => `${verb} ${key}`)); // patch, get and patch of default/a
 * ```
 */
export function fakeResourceClient<T extends KubernetesObject = KubernetesObject>(
  script: readonly FakeClientAnswer<T>[] | ((request: FakeClientRequest, index: number) => FakeClientAnswer<T>),
  options: FakeResourceClientOptions<T> = {},
): FakeResourceClient<T> {
  const { values = {}, cold, resource = 'v1/pods', scheduler = asyncScheduler } = options;
  const played = new Script({
    answers: script,
    verbs,
    values,
    cold,
    resource,
    scheduler,
    inWords: ({ key, subresource }) => (subresource === undefined ? key : `${key} (${subresource})`),
    misfit: (_, value) => {
      if (typeof value === 'object' && value !== null) return undefined;
      return value === undefined ? 'a letter that stands for nothing' : `${typeof value}, where an object is due`;
    },
  } satisfies ScriptOptions<FakeClientRequest['verb'], FakeClientRequest>);

  type Told = Omit<FakeClientRequest, keyof FakeTimes>;
  function respond<Answer>(told: Told): Awaitable<Answer> {
    return awaitable(played.respond(told) as Observable<Answer>);
  }

  function clientOf(subresource: string | undefined): ResourceClient<T> {
    return {
      resource: subresource === undefined ? resource : `${resource}/${subresource}`,
      get(reference): Awaitable<T> {
        return respond({ verb: 'get', subresource, key: keyOf(reference) });
      },
      create(object, write): Awaitable<T> {
        return respond({ verb: 'create', subresource, key: keyOf(metadataOf(object)), object, options: write });
      },
      update(object, write): Awaitable<T> {
        return respond({ verb: 'update', subresource, key: keyOf(metadataOf(object)), object, options: write });
      },
      patch(reference, patch, write): Awaitable<T> {
        const told = { key: keyOf(reference), patch: patch as Patch<never>, options: write };
        return respond({ verb: 'patch', subresource, ...told });
      },
      delete(reference, deletion): Awaitable<T | Status> {
        return respond({ verb: 'delete', subresource, key: keyOf(reference), options: deletion });
      },
      subresource: <S>(name: string): ResourceClient<S> => clientOf(name) as never,
    } satisfies ResourceClient<T>;
  }

  return Object.defineProperties(clientOf(undefined), {
    requests: { value: played.requests, enumerable: true },
    openRequests: { get: () => played.openRequests, enumerable: true },
  }) as FakeResourceClient<T>;
}

function metadataOf(object: unknown): Partial<ObjectReference> {
  return (object as { readonly metadata?: Partial<ObjectReference> } | null | undefined)?.metadata ?? {};
}

function keyOf({ namespace, name = '' }: Partial<ObjectReference>): string {
  return namespace ? `${namespace}/${name}` : name;
}
