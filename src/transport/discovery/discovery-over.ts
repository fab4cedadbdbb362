import {
  asyncScheduler,
  auditTime,
  catchError,
  concat,
  defer,
  map,
  merge,
  type Observable,
  of,
  ReplaySubject,
  type SchedulerLike,
  share,
  switchMap,
  tap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import { type Awaitable, awaitable } from '../../protocol/awaitable.ts';
import { KubeError, kubeErrorFrom } from '../../protocol/errors/kube-error.ts';
import { type Backoff, backoffDelay } from '../../streams/time/backoff.ts';
import type { HttpClient } from '../request/http-client.ts';
import { askApis } from './ask-apis.ts';
import type { DiscoveredApis, DiscoveredResource } from './discovered-apis.ts';
import { findKind, findResource, type ObjectKind } from './find-resource.ts';
import { UnknownResourceError } from './unknown-resource-error.ts';

/** How a `discovery` keeps time. */
export interface HttpDiscoveryOptions {
  /** For its deadline and its pauses. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * What a server serves, asked for once and kept until there is a reason to ask again. Its requests are cold: each
 * `subscribe` or `await` looks it up, or waits for the answer that others wait for as well. The last one who unsubscribes
 * aborts the request. A failed request is not kept. A server that has not answered after 30 s fails with Timeout.
 */
export interface Discovery {
  /**
   * The resource that a word means, as kubectl takes it: a plural or a singular in any case, a short name, a kind, each
   * with `.GROUP` or `.VERSION.GROUP` behind it; or that a full name means, `apps/v1/deployments`. Of several resources,
   * that of the core group counts, then the first one by the order of the server.
   *
   * Asks the server again where it is not known, at most once in 5 s. Errors with an `UnknownResourceError` where the
   * server does not serve it, with the `KubeError` of the request where it does not answer.
   */
  resource(text: string): Awaitable<DiscoveredResource>;
  /** The resource of objects with this `apiVersion` and `kind`, such as an object itself. Errors like {@link resource}. */
  ofKind(kind: ObjectKind): Awaitable<DiscoveredResource>;
  /** All resources, and the parts that could not be read. Errors with a `KubeError`, Malformed for no discovery document. */
  all(): Awaitable<DiscoveredApis>;
  /** Asks the server again, unless it is being asked, and gives the answer. An error leaves the last answer in place. */
  refresh(): Awaitable<DiscoveredApis>;
  /**
   * Takes an error that a request ended with: where the server has no such resource (404, and no object is named), the
   * next question asks it again. At most once in 5 s; other errors change nothing. Sends nothing itself.
   */
  noticeFailure(error: unknown): void;
  /**
   * Emits what is served now, and once more after each change, such as a commit of an informer of custom resource
   * definitions; for changes within a second once. From a change on, questions ask the server again. The server may take a
   * moment longer to serve a new definition: a question for it asks again.
   *
   * If the server does not answer, it emits the last answer, or none of the resources, with that failure (`where` is `/`), and tries again after 1 s,
   * growing to 30 s. Completes and errors as `changes$` does; the subscription holds that of `changes$`.
   */
  refreshOn(changes$: Observable<unknown>): Observable<DiscoveredApis>;
}

/** A NotFound refreshes at most once in this time, in milliseconds. */
const missInterval = 5000;
/** A burst of changes counts as one, in milliseconds. */
const burst = 1000;
/** How long a server may take, in milliseconds. Of kubectl, which waits 32 s for each request. */
const deadline = 30_000;
/** Without chance, since one process waits. */
const retries: Backoff = { initial: 1000, max: 30_000, factor: 2, jitter: 0 };

/** The question that is on its way, and how many changes it knows of. */
interface Asked {
  readonly answer$: Observable<DiscoveredApis>;
  readonly changes: number;
}

/** {@link Discovery} over an HTTP client. `now` is a clock in milliseconds since 1970, for a `Retry-After` that is a date. */
export function discoveryOver(http: HttpClient, options: HttpDiscoveryOptions, now: () => number): Discovery {
  const { scheduler = asyncScheduler } = options;
  let last: DiscoveredApis | undefined;
  /** The changes that were told of, and those that the last answer knows of. */
  let changes = 0;
  let known = 0;
  let asked: Asked | undefined;
  let missedAt = -Infinity;

  function ask(): Observable<DiscoveredApis> {
    return defer(() => {
      if (asked?.changes === changes) return asked.answer$;
      const done = (): void => {
        if (asked === own) asked = undefined;
      };
      const own: Asked = {
        changes,
        answer$: askApis(http, last, now).pipe(
          timeout({ first: deadline, scheduler, with: () => throwError(() => late()) }),
          tap({
            next: (apis) => {
              done();
              // The answer to an older question, which came after that to a newer one.
              if (last === undefined || own.changes >= known) [last, known] = [apis, own.changes];
            },
            error: done,
            finalize: done,
          }),
          share({ connector: () => new ReplaySubject(1), resetOnComplete: false, resetOnError: false }),
        ),
      };
      asked = own;
      return own.answer$;
    });
  }

  function current(): Observable<DiscoveredApis> {
    return defer(() => (last !== undefined && known === changes ? of(last) : ask()));
  }

  /** Whether a NotFound may ask again now. A clock that was set back does not hold it up. */
  function mayAskForMiss(): boolean {
    const since = scheduler.now() - missedAt;
    if (since >= 0 && since < missInterval) return false;
    missedAt = scheduler.now();
    return true;
  }

  function look(text: string, find: (apis: DiscoveredApis) => DiscoveredResource | undefined) {
    const found = (apis: DiscoveredApis): DiscoveredResource => {
      const resource = find(apis);
      if (resource === undefined) throw new UnknownResourceError(text, apis);
      return resource;
    };
    return awaitable(
      defer(() => {
        if (last === undefined || known !== changes) return ask().pipe(map(found));
        if (find(last) !== undefined || (asked?.changes !== changes && !mayAskForMiss()))
          return of(last).pipe(map(found));
        return ask().pipe(map(found));
      }),
    );
  }

  function withRetries(attempt = 1): Observable<DiscoveredApis> {
    return current().pipe(
      catchError((error: unknown) => {
        const failure = { where: '/', error: kubeErrorFrom('discovery', error) };
        const { resources = [], failures = [] } = last ?? {};
        return concat(
          of({ resources, failures: [...failures, failure] }),
          timer(
            backoffDelay(attempt, () => 0, retries),
            scheduler,
          ).pipe(switchMap(() => withRetries(attempt + 1))),
        );
      }),
    );
  }

  return {
    resource: (text) => look(text, ({ resources }) => findResource(resources, text)),
    ofKind: (kind) => look(`${kind.apiVersion}/${kind.kind}`, ({ resources }) => findKind(resources, kind)),
    all: () => awaitable(current()),
    refresh: () => awaitable(ask()),
    noticeFailure(error) {
      const isMiss = error instanceof KubeError && error.code === 404 && !error.status?.details?.name;
      if (isMiss && mayAskForMiss()) changes += 1;
    },
    refreshOn: (changes$) => {
      const bursts$ = changes$.pipe(
        tap(() => (changes += 1)),
        auditTime(burst, scheduler),
      );
      return merge(of(undefined), bursts$).pipe(switchMap(() => withRetries()));
    },
  } satisfies Discovery;
}

function late(): KubeError {
  const message = `no answer within ${deadline / 1000} s`;
  return new KubeError({ reason: 'Timeout', resource: 'discovery', message });
}
