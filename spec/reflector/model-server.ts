import { defer, Observable, type SchedulerLike, type Subscriber, tap } from 'rxjs';
import {
  KubeError,
  type KubernetesObject,
  type ListerWatcher,
  type ListOptions,
  type ListPage,
  metaNamespaceKey,
  type WatchFrame,
  type WatchOptions,
} from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import {
  added,
  bookmark,
  buildObject,
  deleted,
  errorFrame,
  initialEventsEnd,
  modified,
  open,
  page,
  status,
  type ChangeFrame,
} from 'kuberx/testing';
import type { Exchange } from './exchange.ts';

/** What a server may do with the request that comes next. `healthy` is what it does when a sequence is over. */
export const behaviours = [
  'pages', // a list comes in pages of one object; anything else is healthy
  'expired page', // a continue token expires at once
  'cut', // a stream ends in the middle of its initial state, any other after one event
  'event', // one more change is delivered, then the stream ends
  'deletion', // an object is deleted unseen, then the stream ends
  'bookmark', // a bookmark, then the stream ends
  'end', // a clean end, at once
  'reset', // the connection breaks
  'gone in stream', // 410 in the stream
  'gone', // 410 as the answer
  'busy', // 429 with Retry-After
  'error', // 500
  'silence', // nothing, ever
  'refusal', // a streaming list is refused; anything else is healthy
  'stale', // a list that has to be at least so new is older, streamed or not; anything else is healthy
] as const;

/** More of them, for shorter sequences. */
export const moreBehaviours = [
  'break', // a stream lives for two seconds, then the connection breaks
  'lag', // a request from a version on is told that the version is too large; anything else is healthy
  'busy page', // 429 for a later page of a list, which comes in pages of one object; anything else is healthy
  'broken page', // the connection breaks at such a page
  'unversioned', // a list has no version, nor the marker of a stream; anything else is healthy
  'no watch', // 405 for a watch, a streaming list included; a list is healthy
] as const;

export type Behaviour = (typeof behaviours)[number] | (typeof moreBehaviours)[number] | 'healthy';
type Objects = ReadonlyMap<string, KubernetesObject>;
type Frame = WatchFrame<KubernetesObject>;

const resource = 'v1/pods';
const latency = 5;

/**
 * A server as simple as the protocol allows, in virtual time: it changes with each request, answers each by the next
 * behaviour, and knows what the truth was at each of its versions.
 */
export class ModelServer implements ListerWatcher<KubernetesObject> {
  readonly resource = resource;
  /** The state at each version. */
  readonly truth: Map<number, Objects> = new Map<number, Objects>();
  version = 10;
  /** Every request so far, and how it was answered. */
  readonly exchanges: Exchange[] = [];
  openRequests = 0;
  private objects: Objects = new Map();
  private oldest = 0;
  private mutations = 0;
  private readonly history: Frame[] = [];
  private readonly live = new Set<Subscriber<Frame>>();
  private readonly expiredTokens = new Set<string>();
  private readonly scheduler: SchedulerLike;
  private readonly sequence: readonly Behaviour[];
  private readonly asked: (exchange: Exchange) => void;

  /** `asked` hears of each request as it comes. */
  constructor(
    scheduler: SchedulerLike,
    sequence: readonly Behaviour[],
    asked: (exchange: Exchange) => void = () => undefined,
  ) {
    this.scheduler = scheduler;
    this.sequence = sequence;
    this.asked = asked;
    this.truth.set(this.version, this.objects);
    for (let count = 0; count < 3; count += 1) this.mutate();
  }

  /** One change, in turn: two objects come, one changes, one goes, one goes and comes back under a new uid. */
  mutate(): void {
    const turn = this.mutations++;
    const keys = [...this.objects.keys()];
    const key = keys[turn % Math.max(1, keys.length)];
    const held = key === undefined ? undefined : this.objects.get(key)!;
    if (key === undefined || held === undefined || turn % 5 < 2) {
      this.commit(added(buildObject(`default/p${turn}`, String(this.version + 1))));
    } else if (turn % 5 === 2) {
      this.commit(modified(this.revised(held)));
    } else {
      this.commit(deleted(this.revised(held)));
      if (turn % 5 === 4) {
        const uid = `uid ${turn}`;
        this.commit(added(buildObject(key, String(this.version + 1), { metadata: { uid } })));
      }
    }
  }

  /** The whole state now. */
  state(): ListPage<KubernetesObject> {
    return page([...this.objects.values()], String(this.version));
  }

  list(options: ListOptions): Observable<ListPage<KubernetesObject>> {
    return this.request('list', options, (subscriber: Subscriber<ListPage<KubernetesObject>>, behaviour) => {
      if (options.continue !== undefined && this.expiredTokens.has(options.continue)) {
        subscriber.error(failure(410, 'Expired'));
        return;
      }
      if (this.fails(subscriber, behaviour)) return;
      if (behaviour === 'lag' && options.resourceVersion !== undefined) {
        subscriber.error(tooLarge());
        return;
      }
      if (options.continue !== undefined && (behaviour === 'busy page' || behaviour === 'broken page')) {
        subscriber.error(behaviour === 'busy page' ? failure(429, 'TooManyRequests', 3000) : reset());
        return;
      }
      const now = this.versionFor(options, behaviour);
      const [version = String(now), offset = '0'] = options.continue?.split(':') ?? [];
      const all = [...this.truth.get(Number(version))!.values()];
      const [start, size] = [Number(offset), inPages.has(behaviour) ? 1 : all.length];
      const token = `${version}:${start + size}`;
      const isPartial = start + size < all.length && options.limit !== undefined;
      if (behaviour === 'expired page' && isPartial) this.expiredTokens.add(token);
      const items = isPartial ? all.slice(start, start + size) : all.slice(start);
      subscriber.next(page(items, behaviour === 'unversioned' ? '' : version, isPartial ? { continue: token } : {}));
      subscriber.complete();
    });
  }

  watch(options: WatchOptions): Observable<Frame> {
    return this.request('watch', options, (subscriber: Subscriber<Frame>, behaviour) => {
      if (behaviour === 'refusal' && options.sendInitialEvents) {
        subscriber.error(failure(422, 'Invalid'));
        return;
      }
      if (behaviour === 'no watch') {
        subscriber.error(failure(405, 'MethodNotAllowed'));
        return;
      }
      if (this.fails(subscriber, behaviour)) return;
      subscriber.next(open);
      if (behaviour === 'gone in stream') {
        this.end(subscriber, errorFrame(410, 'Expired'));
      } else if (options.sendInitialEvents) {
        const version = this.versionFor(options, behaviour);
        const initial = [...this.truth.get(version)!.values()];
        const shown = behaviour === 'cut' ? initial.slice(0, initial.length / 2) : initial;
        for (const object of shown) subscriber.next(added(object));
        if (behaviour === 'cut') this.end(subscriber);
        else
          this.follow(
            subscriber,
            behaviour,
            options,
            initialEventsEnd(behaviour === 'unversioned' ? '' : String(version)),
          );
      } else if (options.resourceVersion === undefined) {
        for (const object of this.objects.values()) subscriber.next(added(object));
        this.follow(subscriber, behaviour, options);
      } else if (Number(options.resourceVersion) < this.oldest) {
        this.end(subscriber, errorFrame(410, 'Expired'));
      } else {
        for (const frame of this.history)
          if (versionOf(frame) > Number(options.resourceVersion)) subscriber.next(frame);
        this.follow(subscriber, behaviour, options);
      }
    });
  }

  private follow(subscriber: Subscriber<Frame>, behaviour: Behaviour, options: WatchOptions, first?: Frame): void {
    if (first) subscriber.next(first);
    if (behaviour === 'event' || behaviour === 'cut') {
      this.live.add(subscriber);
      this.mutate();
      this.end(subscriber);
    } else if (behaviour === 'deletion') {
      this.end(subscriber);
      this.mutations += (3 - (this.mutations % 5) + 5) % 5;
      this.mutate();
    } else if (behaviour === 'bookmark') {
      this.end(subscriber, bookmark(String(this.version)));
    } else if (behaviour === 'end') {
      this.end(subscriber);
    } else {
      this.live.add(subscriber);
      const breaks = (): void => subscriber.error(reset());
      const ends = (): void => this.end(subscriber);
      const [after, over] = behaviour === 'break' ? [2000, breaks] : [(options.timeoutSeconds ?? 0) * 1000, ends];
      subscriber.add(this.scheduler.schedule(over, after));
      subscriber.add(() => this.live.delete(subscriber));
    }
  }

  private versionFor({ resourceVersion }: ListOptions & WatchOptions, behaviour: Behaviour): number {
    return behaviour === 'stale' && resourceVersion !== undefined ? Number(resourceVersion) - 1 : this.version;
  }

  /** The failures that are the same for every request. */
  private fails<V>(subscriber: Subscriber<V>, behaviour: Behaviour): boolean {
    switch (behaviour) {
      case 'reset':
        subscriber.error(reset());
        return true;
      case 'gone':
        this.oldest = this.version;
        subscriber.error(failure(410, 'Expired'));
        return true;
      case 'busy':
        subscriber.error(failure(429, 'TooManyRequests', 3000));
        return true;
      case 'error':
        subscriber.error(failure(500, 'InternalError'));
        return true;
      case 'silence':
        return true;
      default:
        return false;
    }
  }

  private end(subscriber: Subscriber<Frame>, last?: Frame): void {
    this.live.delete(subscriber);
    if (last) subscriber.next(last);
    if (last?.type === 'ERROR') this.oldest = this.version;
    subscriber.complete();
  }

  private request<V extends Frame | ListPage<KubernetesObject>>(
    verb: Exchange['verb'],
    options: Exchange['options'],
    answer: (subscriber: Subscriber<V>, behaviour: Behaviour) => void,
  ): Observable<V> {
    return defer(() => {
      const now = (): number => this.scheduler.now();
      const exchange: Exchange = { verb, options, at: now(), parts: [] };
      const behaviour = this.sequence[this.exchanges.push(exchange) - 1] ?? 'healthy';
      const answer$ = new Observable<V>((subscriber) => {
        this.openRequests += 1;
        subscriber.add(() => (this.openRequests -= 1));
        this.asked(exchange);
        this.mutate();
        subscriber.add(this.scheduler.schedule(() => answer(subscriber, behaviour), latency));
      });
      return answer$.pipe(
        tap({
          next: (value) => exchange.parts.push({ at: now(), value }),
          error: (error: unknown) => (exchange.end = { at: now(), error }),
          complete: () => (exchange.end = { at: now() }),
        }),
      );
    });
  }

  private revised({ metadata, ...rest }: KubernetesObject): KubernetesObject {
    return { ...rest, metadata: { ...metadata, resourceVersion: String(this.version + 1) } };
  }

  private commit(frame: ChangeFrame<KubernetesObject>): void {
    this.version += 1;
    const objects = new Map(this.objects);
    if (frame.type === 'DELETED') objects.delete(metaNamespaceKey(frame.object));
    else objects.set(metaNamespaceKey(frame.object), frame.object);
    this.objects = objects;
    this.truth.set(this.version, objects);
    this.history.push(frame);
    for (const subscriber of this.live) subscriber.next(frame);
  }
}

/** The behaviours whose lists come in pages of one object. */
const inPages: ReadonlySet<Behaviour> = new Set<Behaviour>(['pages', 'expired page', 'busy page', 'broken page']);

const reset = (): KubeError => new KubeError({ reason: 'Network', resource, message: 'ECONNRESET' });

const tooLarge = (): KubeError =>
  kubeErrorFromStatus(resource, {
    ...status(504, 'Timeout', 'Timeout: Too large resource version'),
    details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 1 },
  });

const versionOf = (frame: Frame): number => ('resourceVersion' in frame ? Number(frame.resourceVersion) : 0);

const failure = (code: number, reason: string, retryAfter?: number): KubeError =>
  kubeErrorFromStatus(resource, status(code, reason), code, retryAfter);
