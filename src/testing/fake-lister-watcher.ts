import { asyncScheduler, type Observable, type ObservableInput, type SchedulerLike } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListOptions, WatchOptions } from '../protocol/list-watch-options.ts';
import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { type FakeTimes, Script, type ScriptOptions } from './script.ts';

/** A request to the fake, with the virtual times of its beginning and, once it is over, of its end. */
export interface FakeRequest extends FakeTimes {
  readonly verb: 'list' | 'watch';
  readonly options: ListOptions & WatchOptions;
}

/**
 * The answer to a request: marbles over `values`, or any Observable input. `error` is the error of a `#` in the
 * marbles. Alone it is the error of the request, list or watch, at once: the server is away.
 */
export type FakeAnswer<T> =
  | { readonly list: string | ObservableInput<ListPage<T>>; readonly error?: unknown }
  | { readonly watch: string | ObservableInput<WatchFrame<T>>; readonly error?: unknown }
  | { readonly error: unknown };

/** Options of {@link fakeListerWatcher}. */
export interface FakeListerWatcherOptions<T> {
  /** The values of the letters in the marbles. */
  readonly values?: Readonly<Record<string, ListPage<T> | WatchFrame<T>>>;
  /** The `cold` of `TestScheduler.run`. Answers in marbles need it. */
  readonly cold?: (marbles: string, values?: never, error?: unknown) => Observable<unknown>;
  /** The resource in words. Default `v1/pods`. */
  readonly resource?: string;
  /** The scheduler of the times in `requests`. Default `asyncScheduler`, which `TestScheduler.run` makes virtual. */
  readonly scheduler?: SchedulerLike;
}

/** A ListerWatcher that answers from a script and remembers its requests. */
export interface FakeListerWatcher<T> extends AwaitableListerWatcher<T> {
  /** All requests so far, in order. */
  readonly requests: readonly FakeRequest[];
  /** The number of open requests: 0 once all subscribers have unsubscribed. */
  readonly openRequests: number;
  /** The most requests that were open at once: 1 for a reflector. */
  readonly mostOpenRequests: number;
}

/**
 * A ListerWatcher for marble specs: the n-th request gets the n-th answer. A request beyond the script fails with a
 * `KubeError` that says so. A function may answer in place of a script.
 *
 * A script that does not fit its requests fails the test: an error that says why is thrown on the scheduler. It may have
 * another verb than the request, a letter without a value, a page in a watch, a frame in a list, or marbles without `cold`.
 *
 * ```ts
 * testScheduler.run(({ cold, expectObservable }) => {
 *   const values = { p: page([buildObject('default/a', '1')], '5'), o: open, b: modified(buildObject('default/a', '6')) };
 *   const listerWatcher = fakeListerWatcher([{ list: '--(p|)' }, { watch: 'o--b' }], { cold, values });
 *   const { snapshot$ } = sharedInformer(listerWatcher, { ...marbleOptions, streaming: false });
 *   const versions$ = snapshot$.pipe(map((snapshot) => snapshot.getByKey('default/a')?.metadata.resourceVersion));
 *   expectObservable(versions$, '^--------!').toBe('--1--6');
 * });
 * ```
 */
export function fakeListerWatcher<T extends KubernetesObject = KubernetesObject>(
  script: readonly FakeAnswer<T>[] | ((request: FakeRequest, index: number) => FakeAnswer<T>),
  options: FakeListerWatcherOptions<T> = {},
): FakeListerWatcher<T> {
  const { values = {}, cold, resource = 'v1/pods', scheduler = asyncScheduler } = options;
  const played = new Script({
    answers: script,
    verbs: ['list', 'watch'],
    values,
    cold,
    resource,
    scheduler,
    inWords: (request) => JSON.stringify(request.options),
    misfit: ({ verb }, value) => (kindOf(value) === fitting[verb] ? undefined : inWords(kindOf(value), value)),
  } satisfies ScriptOptions<FakeRequest['verb'], FakeRequest>);

  return {
    resource,
    requests: played.requests,
    get openRequests() {
      return played.openRequests;
    },
    get mostOpenRequests() {
      return played.mostOpenRequests;
    },
    list(listOptions): Awaitable<ListPage<T>> {
      return awaitable(played.respond({ verb: 'list', options: listOptions }) as Observable<ListPage<T>>);
    },
    watch(watchOptions) {
      return played.respond({ verb: 'watch', options: watchOptions }) as Observable<WatchFrame<T>>;
    },
  } satisfies FakeListerWatcher<T>;
}

const fitting = { list: 'page', watch: 'frame' } as const;

/** The kind of a value, by the members that only one kind has. */
function kindOf(value: unknown): 'page' | 'frame' | 'neither' {
  if (typeof value !== 'object' || value === null) return 'neither';
  return 'items' in value ? 'page' : 'type' in value ? 'frame' : 'neither';
}

function inWords(kind: ReturnType<typeof kindOf>, value: unknown): string {
  if (kind === 'page') return 'a page';
  if (kind === 'frame') return `a frame: ${(value as WatchFrame<unknown>).type}`;
  return value === undefined ? 'a letter that stands for nothing' : 'what is neither a page nor a frame';
}
