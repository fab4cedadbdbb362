import {
  concat,
  defer,
  ignoreElements,
  NEVER,
  Observable,
  of,
  tap,
  throwError,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import {
  type CacheEvent,
  type KubeError,
  type KubernetesObject,
  type ListerWatcher,
  type ListOptions,
  type ListPage,
  reflector,
  type ReflectorOptions,
  type WatchFrame,
  type WatchOptions,
} from 'kuberx';
import type { Alive } from 'kuberx/http';
import { buildObject, open, page } from 'kuberx/testing';

/** A request of one of the reflectors. */
export interface FleetRequest {
  readonly at: number;
  /** The number of its reflector. */
  readonly who: number;
  readonly verb: 'list' | 'watch';
  readonly options: ListOptions & WatchOptions;
  /** How many requests this reflector sent before. */
  readonly index: number;
  /** When the first sign of an answer came. */
  answeredAt?: number;
}

/** What the host does with a request: well, and for how long a watch lives, or how it fails. */
export interface FleetAnswer {
  /** Milliseconds until the head of the answer. Default 5. */
  readonly latency?: number;
  /** Fails with this instead of a head, or after it where the server says so itself. */
  readonly error?: KubeError;
  /** A watch ends with this after `lives` milliseconds; `null`: cleanly. Default: it stays open. */
  readonly end?: KubeError | null;
  readonly lives?: number;
  /** The page takes so long after its head. Default 0. */
  readonly body?: number;
  readonly page?: ListPage<KubernetesObject>;
  readonly frames?: readonly WatchFrame<KubernetesObject>[];
}

/** An event of one of the reflectors. */
export interface FleetEvent {
  readonly at: number;
  readonly who: number;
  readonly event: CacheEvent<KubernetesObject>;
}

/** What came of a fleet. */
export interface Fleet {
  readonly requests: readonly FleetRequest[];
  readonly events: readonly FleetEvent[];
}

/** Options of {@link fleet}. */
export interface FleetOptions extends Omit<ReflectorOptions<KubernetesObject>, 'scheduler'> {
  /** How many reflectors. Default 60. */
  readonly size?: number;
  /** How long, in milliseconds. */
  readonly lasts: number;
  readonly host?: (who: number, at: number) => string | undefined;
}

/** Runs reflectors of one host side by side, in virtual time. */
export function fleet(answer: (request: FleetRequest) => FleetAnswer, options: FleetOptions): Fleet {
  const { size = 60, lasts, host = () => 'https://fleet.example:6443', ...others } = options;
  const scheduler = new VirtualTimeScheduler(undefined, Infinity);
  const requests: FleetRequest[] = [];
  const events: FleetEvent[] = [];
  const now = (): number => scheduler.now();

  function listerWatcher(who: number): ListerWatcher<KubernetesObject> {
    let index = 0;
    const wait$ = (ms: number): Observable<never> =>
      ms === 0 ? new Observable<never>((to) => to.complete()) : timer(ms, scheduler).pipe(ignoreElements());
    function ask<V>(
      verb: FleetRequest['verb'],
      asked: ListOptions & WatchOptions,
      well: (given: FleetAnswer, head: () => void) => Observable<V>,
    ): Observable<V> {
      return defer(() => {
        const request: FleetRequest = { at: now(), who, verb, options: asked, index: index++ };
        requests.push(request);
        const given = answer(request);
        const head = (): void => void (request.answeredAt ??= now());
        const { error, latency = 5 } = given;
        if (error === undefined)
          return concat(
            wait$(latency),
            defer(() => well(given, head)),
          );
        const failure$ = defer(() => {
          if (error.code !== undefined) head();
          return throwError(() => error);
        });
        return concat(wait$(latency), failure$);
      });
    }
    return {
      resource: `v1/r${who}`,
      get host() {
        return host(who, now());
      },
      list: (asked, alive: Alive = () => undefined) =>
        ask('list', asked, ({ body = 0, page: given = page([buildObject('default/a', '4')], '5') }, head) => {
          head();
          if (body > 0) alive(0);
          return concat(wait$(body), of(given));
        }),
      watch: (asked) =>
        ask<WatchFrame<KubernetesObject>>('watch', asked, ({ end, lives = 0, frames = [] }, head) => {
          head();
          const ended$ = end === null ? wait$(0) : throwError(() => end);
          return concat(of(open, ...frames), end === undefined ? NEVER : concat(wait$(lives), ended$));
        }),
    } satisfies ListerWatcher<KubernetesObject>;
  }

  const subscriptions = Array.from({ length: size }, (_, who) =>
    reflector(listerWatcher(who), { streaming: false, random: () => 0.5, ...others, scheduler })
      .pipe(tap((event) => events.push({ at: now(), who, event })))
      .subscribe(),
  );
  scheduler.schedule(() => subscriptions.forEach((each) => each.unsubscribe()), lasts);
  scheduler.flush();
  return { requests, events };
}

/** The most requests without the head of an answer in any minute. */
export function mostUnanswered({ requests }: Fleet): number {
  const at = requests.filter(({ answeredAt }) => answeredAt === undefined).map((request) => request.at);
  return Math.max(0, ...at.map((start) => at.filter((time) => time >= start && time < start + 60_000).length));
}
