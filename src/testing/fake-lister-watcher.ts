import { asyncScheduler, defer, finalize, from, type Observable, type ObservableInput, type SchedulerLike } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import { KubeError } from '../protocol/kube-error.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListOptions, WatchOptions } from '../protocol/list-watch-options.ts';
import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';

/** A request that the fake was asked, with the virtual time of its beginning and, once it is over, of its end. */
export interface FakeRequest {
  readonly verb: 'list' | 'watch';
  readonly options: ListOptions & WatchOptions;
  readonly at: number;
  /** When it completed, failed or was aborted. `undefined`: it is still open. */
  readonly endedAt: number | undefined;
}

/** What a request is answered with: marbles over `values`, or any Observable input. `error` is what `#` stands for. */
export type FakeAnswer<T> =
  | { readonly list: string | ObservableInput<ListPage<T>>; readonly error?: unknown }
  | { readonly watch: string | ObservableInput<WatchFrame<T>>; readonly error?: unknown };

/** How a fake is set up. */
export interface FakeListerWatcherOptions<T> {
  /** What the letters of the marbles stand for. */
  readonly values?: Readonly<Record<string, ListPage<T> | WatchFrame<T>>>;
  /** The `cold` of `TestScheduler.run`; needed where answers are marbles. */
  readonly cold?: (marbles: string, values?: never, error?: unknown) => Observable<unknown>;
  /** Default `v1/pods`. */
  readonly resource?: string;
  /** Whose time `requests` is in. Default `asyncScheduler`, which `TestScheduler.run` makes virtual. */
  readonly scheduler?: SchedulerLike;
}

/** A ListerWatcher that answers from a script, and remembers what it was asked. */
export interface FakeListerWatcher<T> extends AwaitableListerWatcher<T> {
  /** Every request so far, in order. */
  readonly requests: readonly FakeRequest[];
  /** How many requests are open now: 0 once everybody has unsubscribed. */
  readonly openRequests: number;
  /** The most requests that were open at once: 1 for a reflector. */
  readonly mostOpenRequests: number;
}

/**
 * A ListerWatcher for marble specs: the n-th request gets the n-th answer. A request of another verb than scripted, or
 * beyond the script, fails with a `KubeError` that says so. A function may answer in place of a script.
 *
 * ```ts
 * testScheduler.run(({ cold, expectObservable }) => {
 *   const values = { p: page([buildObject('default/a', '1')], '5'), o: open, b: modified(buildObject('default/a', '6')) };
 *   const pods = fakeListerWatcher([{ list: '--(p|)' }, { watch: 'o--b' }], { cold, values });
 *   expectObservable(reflector(pods, { streaming: false }), '^--------!').toBe(…);
 * });
 * ```
 */
export function fakeListerWatcher<T extends KubernetesObject = KubernetesObject>(
  script: readonly FakeAnswer<T>[] | ((request: FakeRequest, index: number) => FakeAnswer<T>),
  options: FakeListerWatcherOptions<T> = {},
): FakeListerWatcher<T> {
  const { values = {}, cold, resource = 'v1/pods', scheduler = asyncScheduler } = options;
  const requests: (FakeRequest & { endedAt: number | undefined })[] = [];
  let openRequests = 0;
  let mostOpenRequests = 0;

  const unscripted = (message: string): KubeError => new KubeError({ reason: 'Unknown', resource, message });

  function answerTo(request: FakeRequest, index: number): ObservableInput<unknown> {
    const answer = typeof script === 'function' ? script(request, index) : script[index];
    const asked = `request ${index + 1} is ${request.verb} ${JSON.stringify(request.options)}`;
    if (answer === undefined) throw unscripted(`${asked}, and the script ends before it`);
    const [scripted, source$] = 'list' in answer ? ['list', answer.list] : ['watch', answer.watch];
    if (scripted !== request.verb) throw unscripted(`${asked}, and the script has a ${scripted}`);
    if (typeof source$ !== 'string') return source$;
    if (!cold) throw unscripted('answers in marbles need the option `cold`, from TestScheduler.run');
    return cold(source$, values as never, answer.error);
  }

  function respond(verb: FakeRequest['verb'], requestOptions: ListOptions & WatchOptions): Observable<unknown> {
    return defer(() => {
      const request = { verb, options: requestOptions, at: scheduler.now(), endedAt: undefined as number | undefined };
      const index = requests.push(request) - 1;
      openRequests += 1;
      mostOpenRequests = Math.max(mostOpenRequests, openRequests);
      return from(defer(() => answerTo(request, index))).pipe(
        finalize(() => {
          openRequests -= 1;
          request.endedAt = scheduler.now();
        }),
      );
    });
  }

  return {
    resource,
    requests,
    get openRequests() {
      return openRequests;
    },
    get mostOpenRequests() {
      return mostOpenRequests;
    },
    list(listOptions): Awaitable<ListPage<T>> {
      return awaitable(respond('list', listOptions) as Observable<ListPage<T>>);
    },
    watch(watchOptions) {
      return respond('watch', watchOptions) as Observable<WatchFrame<T>>;
    },
  } satisfies FakeListerWatcher<T>;
}
