import { asyncScheduler, type SchedulerLike, Subscription, type TimestampProvider } from 'rxjs';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
import { Line } from '../../streams/line.ts';
import { monotonicClock } from '../../streams/time/monotonic-clock.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import type { Entry } from '../lines/entry.ts';
import { WorkLines } from '../lines/work-lines.ts';
import { defaultControllerRateLimiter } from './default-rate-limiters.ts';
import { isolatedMetrics, type QueueMetrics } from './queue-metrics.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Options of {@link rateLimitingQueue}. */
export interface RateLimitingQueueOptions<T> {
  /** Default: {@link defaultControllerRateLimiter}. */
  readonly rateLimiter?: RateLimiter<T>;
  readonly metrics?: QueueMetrics;
  readonly scheduler?: SchedulerLike;
}

/**
 * client-go's rate limiting work queue, for code that is ported from it; new code has `reconcileBy`. Items are values by identity, as keys
 * of a Map: strings, most often. An item waits once, however often it is added, and is never handed out twice at a time. One that
 * is added while it is worked on waits again when it is done.
 *
 * The queue is an AsyncIterable: `for await (const item of queue)` takes an item, and is done with it when it asks for the next one or
 * ends. Several loops are several workers.
 */
export interface RateLimitingQueue<T> extends AsyncIterable<T> {
  /** Adds an item. Ignored once the queue is shut down. Throws a TypeError for `undefined`. */
  add(item: T): void;
  /** Adds an item after a delay in milliseconds; at once for a delay of 0 or less. Of several delays of an item the earliest counts. */
  addAfter(item: T, delay: number): void;
  /** Adds an item after the delay that the rate limiter says. */
  addRateLimited(item: T): void;
  /** The rate limiter starts over with the item. It does not say that it is done. */
  forget(item: T): void;
  /** How often the rate limiter has delayed the item. */
  numRequeues(item: T): number;
  /**
   * Resolves with the next item, or with `undefined` when the queue is shut down and empty. `done` has to be called with the item.
   * A signal takes back the question; it rejects with the signal's reason.
   */
  get(options?: { readonly signal?: AbortSignal | undefined }): Promise<T | undefined>;
  /** The item was worked on. Throws an Error for one that is not: it would be handed out twice. */
  done(item: T): void;
  /** How many items wait. */
  len(): number;
  /** How long the items that are worked on have been, all together and the longest, in milliseconds. */
  unfinishedWork(): { readonly total: number; readonly longest: number };
  /** Takes no more items and drops those that are delayed; hands out those that wait. Ends the wait of {@link shutDownWithDrain}. */
  shutDown(): void;
  /** As `shutDown`, and resolves when no item is being worked on. Items that wait and are not taken are not waited for. */
  shutDownWithDrain(): Promise<void>;
  /** True once it is shut down. */
  isShuttingDown(): boolean;
}

interface Claim<T> {
  readonly entry: Entry<T>;
  readonly at: number;
}

interface Waiter<T> {
  readonly answer: (claim: Claim<T> | undefined) => void;
  isOver: boolean;
}

class LimitedQueue<T> implements RateLimitingQueue<T> {
  private readonly rateLimiter: RateLimiter<T>;
  private readonly metrics: Required<QueueMetrics>;
  private readonly scheduler: SchedulerLike;
  private readonly clock: TimestampProvider;
  private readonly lines = new WorkLines<T>({ lowEvery: Infinity });
  private readonly claims = new Map<T, Claim<T>>();
  private readonly waiters = new Line<Waiter<T>>();
  private drained: PromiseWithResolvers<undefined> | undefined;
  private isDown = false;
  private depth = 0;
  private timer = Subscription.EMPTY;
  private timerAt = Infinity;

  constructor({ rateLimiter, metrics = {}, scheduler = asyncScheduler }: RateLimitingQueueOptions<T>) {
    this.rateLimiter = rateLimiter ?? defaultControllerRateLimiter({ scheduler });
    this.metrics = isolatedMetrics(metrics);
    this.scheduler = scheduler;
    this.clock = monotonicClock(scheduler);
  }

  add(item: T): void {
    if (item === undefined)
      throw new TypeError('a queue takes no undefined: that is how `get` says that it is shut down');
    if (this.isDown) return;
    const entry = this.lines.get(item);
    const isKnown = entry?.phase === 'ready' || entry?.isPending === true;
    this.lines.add(item, this.clock.now());
    if (!isKnown) this.metrics.added(++this.depth);
    this.handOut();
  }

  addAfter(item: T, delay: number): void {
    if (typeof delay !== 'number' || Number.isNaN(delay))
      throw new RangeError(`the delay is ${String(delay)}; it takes milliseconds`);
    if (this.isDown) return;
    this.metrics.retried();
    if (delay <= 0) {
      this.add(item);
      return;
    }
    this.lines.wake({ key: item, after: delay }, this.clock.now());
    this.arm();
  }

  addRateLimited(item: T): void {
    this.addAfter(item, this.rateLimiter.when(item));
  }

  forget(item: T): void {
    this.rateLimiter.forget(item);
  }

  numRequeues(item: T): number {
    return this.rateLimiter.numRequeues(item);
  }

  async get({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<T | undefined> {
    return (await this.claim(signal))?.entry.key;
  }

  done(item: T): void {
    const claim = this.claims.get(item);
    if (claim === undefined) throw new Error(`${String(item)} is not being worked on, so it cannot be done`);
    this.finish(claim);
  }

  len(): number {
    return this.lines.count('ready');
  }

  unfinishedWork(): { readonly total: number; readonly longest: number } {
    const now = this.clock.now();
    const times = Array.from(this.claims.values(), ({ at }) => now - at);
    return { total: times.reduce((sum, time) => sum + time, 0), longest: times.reduce((a, b) => Math.max(a, b), 0) };
  }

  shutDown(): void {
    this.goDown();
    this.drained?.resolve(undefined);
    this.drained = undefined;
  }

  async shutDownWithDrain(): Promise<void> {
    this.goDown();
    if (this.claims.size === 0) return;
    this.drained ??= Promise.withResolvers<undefined>();
    await this.drained.promise;
  }

  isShuttingDown(): boolean {
    return this.isDown;
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    const stopped = new AbortController();
    const held = new Set<Claim<T>>();
    const ended = { value: undefined, done: true } as const;
    const release = (): void => {
      for (const claim of held) {
        held.delete(claim);
        // Its item may be done already, and in the hands of another one.
        if (this.claims.get(claim.entry.key) === claim) this.finish(claim);
      }
    };
    return {
      next: async () => {
        release();
        try {
          const claim = await this.claim(stopped.signal);
          if (claim === undefined) return ended;
          held.add(claim);
          return { value: claim.entry.key, done: false };
        } catch {
          // The loop has ended while it waited.
          return ended;
        }
      },
      return: () => {
        stopped.abort();
        release();
        return Promise.resolve(ended);
      },
    };
  }

  private async claim(signal: AbortSignal | undefined): Promise<Claim<T> | undefined> {
    checkedSignalIfAny(signal)?.throwIfAborted();
    const asked = Promise.withResolvers<Claim<T> | undefined>();
    const waiter: Waiter<T> = { answer: asked.resolve, isOver: false };
    const takeBack = (): void => {
      waiter.isOver = true;
      asked.reject(signal?.reason);
    };
    signal?.addEventListener('abort', takeBack);
    this.waiters.push(waiter);
    this.handOut();
    return await asked.promise.finally(() => signal?.removeEventListener('abort', takeBack));
  }

  private handOut(): void {
    for (let waiter = this.waiters.peek(); waiter !== undefined; waiter = this.waiters.peek()) {
      const entry = waiter.isOver ? undefined : this.lines.take();
      if (entry === undefined && !waiter.isOver && !this.isDown) break;
      this.waiters.shift();
      if (waiter.isOver) continue;
      waiter.isOver = true;
      waiter.answer(entry && this.begin(entry));
    }
    this.arm();
  }

  private begin(entry: Entry<T>): Claim<T> {
    const at = this.clock.now();
    const { since } = entry;
    this.lines.start(entry);
    const claim = { entry, at };
    this.claims.set(entry.key, claim);
    this.metrics.got(at - since, --this.depth);
    return claim;
  }

  private finish({ entry, at }: Claim<T>): void {
    this.claims.delete(entry.key);
    const now = this.clock.now();
    this.lines.end(entry, { type: 'interrupted', delay: Infinity }, now);
    this.metrics.done(now - at);
    this.handOut();
    if (this.claims.size > 0) return;
    this.drained?.resolve(undefined);
    this.drained = undefined;
  }

  private goDown(): void {
    this.isDown = true;
    this.timer.unsubscribe();
    this.handOut();
  }

  private arm(): void {
    const at = this.isDown ? Infinity : this.lines.nextDue;
    if (at === this.timerAt) return;
    this.timer.unsubscribe();
    this.timerAt = at;
    if (at === Infinity) return;
    this.timer = runAfter(Math.max(0, Math.ceil(at - this.clock.now())), this.scheduler, () => {
      this.timerAt = Infinity;
      const before = this.waiting;
      this.lines.promote(this.clock.now());
      for (let more = this.waiting - before; more > 0; more--) this.metrics.added(++this.depth);
      this.handOut();
    });
  }

  /** Items that wait in a line, or for the end of their work. */
  private get waiting(): number {
    return this.lines.count('ready') + [...this.claims.values()].filter(({ entry }) => entry.isPending).length;
  }
}

/**
 * Returns client-go's rate limiting work queue. It does nothing by itself, but for the timer of items that are delayed.
 *
 * ```ts
 * const queue = rateLimitingQueue<string>();
 * queue.add('default/web');
 * for await (const key of queue) {
 *   try {
 *     console.log(key);
 *     queue.forget(key);
 *   } catch {
 *     queue.addRateLimited(key);
 *   }
 * }
 * ```
 */
export function rateLimitingQueue<T>(options: RateLimitingQueueOptions<T> = {}): RateLimitingQueue<T> {
  return new LimitedQueue(options);
}
