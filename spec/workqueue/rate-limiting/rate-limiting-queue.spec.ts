import { config } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import {
  itemExponentialFailureRateLimiter,
  type QueueMetrics,
  type RateLimitingQueue,
  rateLimitingQueue,
  type RateLimitingQueueOptions,
} from 'kuberx/queue';

interface Timed {
  readonly queue: RateLimitingQueue<string>;
  readonly scheduler: TestScheduler;
  readonly until: (frame: number) => void;
}

function timed(options: RateLimitingQueueOptions<string> = {}): Timed {
  const scheduler = new TestScheduler(() => undefined);
  const until = (frame: number): void => {
    scheduler.maxFrames = frame;
    scheduler.flush();
    scheduler.frame = frame;
  };
  return { queue: rateLimitingQueue<string>({ scheduler, ...options }), scheduler, until };
}

/** Takes what waits, and is done with it. */
async function drainedOf(queue: RateLimitingQueue<string>): Promise<(string | undefined)[]> {
  const items: (string | undefined)[] = [];
  while (queue.len() > 0) {
    const item = await queue.get();
    items.push(item);
    if (item !== undefined) queue.done(item);
  }
  return items;
}

describe('rateLimitingQueue', () => {
  it.each(['shutDown', 'shutDownWithDrain'] as const)(
    'hands each item of 50 producers to one of 10 consumers, and ignores adds after %s',
    async (shut) => {
      const queue = rateLimitingQueue<string>();
      const handled: string[] = [];
      const consumer = async (): Promise<void> => {
        for await (const item of queue) {
          expect(item).not.toBe('added after the shutdown');
          await Promise.resolve();
          handled.push(item);
        }
      };
      const consumers = Array.from({ length: 10 }, consumer);
      for (let producer = 0; producer < 50; producer++)
        for (let each = 0; each < 50; each++) queue.add(`${producer} ${each}`);
      await Promise.resolve();
      const down = queue[shut]();
      queue.add('added after the shutdown');
      await Promise.all([down, ...consumers]);
      expect(new Set(handled).size).toBe(2500);
      expect(handled).toHaveLength(2500);
      expect(queue.len()).toBe(0);
    },
  );

  it('takes an item again from the one who works on it, before it is done', async () => {
    const queue = rateLimitingQueue<string>();
    const seen: string[] = [];
    queue.add('a');
    for await (const item of queue) {
      seen.push(item);
      if (seen.length < 3) queue.add(item);
      else queue.shutDown();
    }
    expect(seen).toEqual(['a', 'a', 'a']);
  });

  it('counts an item once, however often it is added', () => {
    const queue = rateLimitingQueue<string>();
    for (const item of ['a', 'b', 'a']) queue.add(item);
    expect(queue.len()).toBe(2);
  });

  it('hands an item out once more that was added while it was worked on, when it is done and not before', async () => {
    const queue = rateLimitingQueue<string>();
    queue.add('a');
    expect(await queue.get()).toBe('a');
    for (let count = 0; count < 10; count++) queue.add('a');
    expect(queue.len()).toBe(0);
    queue.add('b');
    queue.done('a');
    expect(await drainedOf(queue)).toEqual(['b', 'a']);
  });

  it('ends a drain when all items that are worked on are done', async () => {
    const queue = rateLimitingQueue<string>();
    queue.add('a');
    queue.add('b');
    await queue.get();
    await queue.get();
    const order: string[] = [];
    const drained = queue.shutDownWithDrain().then(() => order.push('drained'));
    queue.done('a');
    await Promise.resolve();
    order.push('b');
    queue.done('b');
    await drained;
    expect(order).toEqual(['b', 'drained']);
  });

  it('does not wait in a drain for items that nobody has taken', async () => {
    const queue = rateLimitingQueue<string>();
    queue.add('a');
    queue.add('b');
    await queue.shutDownWithDrain();
    expect(await drainedOf(queue)).toEqual(['a', 'b']);
    expect(await queue.get()).toBeUndefined();
  });

  it('goes down though an item is worked on, and ends a drain that waits for it', async () => {
    const queue = rateLimitingQueue<string>();
    queue.add('a');
    await queue.get();
    const drained = queue.shutDownWithDrain();
    queue.shutDown();
    await drained;
    expect(queue.isShuttingDown()).toBe(true);
    expect(await queue.get()).toBeUndefined();
  });

  it('hands out in a drain what was added again before it', async () => {
    const queue = rateLimitingQueue<string>();
    queue.add('foo');
    await queue.get();
    queue.add('foo');
    const drained = queue.shutDownWithDrain();
    expect(await queue.get()).toBeUndefined();
    queue.done('foo');
    expect(await queue.get()).toBe('foo');
    queue.done('foo');
    expect(await queue.get()).toBeUndefined();
    await drained;
  });

  it('adds an item after its delay, once', async () => {
    const { queue, until } = timed();
    queue.addAfter('foo', 50);
    until(49);
    expect(queue.len()).toBe(0);
    until(60);
    expect(await drainedOf(queue)).toEqual(['foo']);
    until(20_000);
    expect(queue.len()).toBe(0);
  });

  it.each([
    [50, 70],
    [70, 50],
  ])('keeps the earlier of two delays of an item: %i and %i', async (first, second) => {
    const { queue, until } = timed();
    queue.addAfter('foo', first);
    queue.addAfter('foo', second);
    until(55);
    expect(await drainedOf(queue)).toEqual(['foo']);
    until(90);
    expect(queue.len()).toBe(0);
  });

  it('adds delayed items in the order of their times', async () => {
    const { queue, until } = timed();
    queue.addAfter('foo', 1000);
    queue.addAfter('bar', 500);
    queue.addAfter('baz', 250);
    until(2000);
    expect(await drainedOf(queue)).toEqual(['baz', 'bar', 'foo']);
  });

  it('keeps a delay beside an add', async () => {
    const { queue, until } = timed();
    queue.addAfter('foo', 50);
    queue.add('foo');
    expect(await drainedOf(queue)).toEqual(['foo']);
    until(50);
    expect(await drainedOf(queue)).toEqual(['foo']);
  });

  it('drops delayed items when it is shut down, and leaves no timer', async () => {
    const { queue, scheduler, until } = timed();
    queue.addAfter('foo', 50);
    queue.shutDown();
    queue.addAfter('bar', 5);
    until(100);
    expect(await queue.get()).toBeUndefined();
    expect(scheduler.actions).toHaveLength(0);
  });

  it('delays an item by its limiter, longer each time until it is forgotten', async () => {
    const { queue, until } = timed({ rateLimiter: itemExponentialFailureRateLimiter({ base: 1, max: 1000 }) });
    queue.addRateLimited('one');
    until(1);
    expect(await drainedOf(queue)).toEqual(['one']);
    queue.addRateLimited('one');
    expect(queue.numRequeues('one')).toBe(2);
    until(2);
    expect(queue.len()).toBe(0);
    until(3);
    expect(await drainedOf(queue)).toEqual(['one']);
    queue.addRateLimited('two');
    expect([queue.numRequeues('one'), queue.numRequeues('two')]).toEqual([2, 1]);
    queue.forget('one');
    expect(queue.numRequeues('one')).toBe(0);
  });

  it('tells metrics of each step, exactly', async () => {
    const told: string[] = [];
    const metrics: QueueMetrics = {
      added: (depth) => told.push(`added ${depth}`),
      got: (waited, depth) => told.push(`got ${waited} ${depth}`),
      done: (took) => told.push(`done ${took}`),
      retried: () => told.push('retried'),
    };
    const { queue, until } = timed({ metrics });
    queue.add('foo');
    until(50);
    await queue.get();
    for (let count = 0; count < 5; count++) queue.add('foo');
    until(75);
    expect(queue.unfinishedWork()).toEqual({ total: 25, longest: 25 });
    queue.done('foo');
    await queue.get();
    until(1075);
    expect(queue.unfinishedWork()).toEqual({ total: 1000, longest: 1000 });
    queue.done('foo');
    queue.addAfter('foo', 5);
    until(1080);
    expect(told).toEqual(['added 1', 'got 50 0', 'added 1', 'done 25', 'got 25 0', 'done 1000', 'retried', 'added 1']);
    expect(queue.unfinishedWork()).toEqual({ total: 0, longest: 0 });
  });

  it('refuses undefined, a delay of NaN, and to be done with what nobody works on', () => {
    const queue = rateLimitingQueue<string | undefined>();
    expect(() => queue.add(undefined)).toThrow(TypeError);
    expect(() => queue.addAfter('a', NaN)).toThrow(RangeError);
    queue.add('a');
    expect(() => queue.done('a')).toThrow(/not being worked on/);
    expect(queue.len()).toBe(1);
  });

  it('takes a question back by its signal, and loses no item by that', async () => {
    const queue = rateLimitingQueue<string>();
    const stopped = new AbortController();
    const first = queue.get({ signal: stopped.signal });
    const second = queue.get();
    stopped.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    queue.add('a');
    expect(await second).toBe('a');
    await expect(queue.get({ signal: stopped.signal })).rejects.toThrow('enough');
  });

  it('is done with the item of a loop that ends, and with none that somebody else holds', async () => {
    const queue = rateLimitingQueue<string>();
    queue.add('a');
    for await (const item of queue) {
      queue.done(item);
      queue.add(item);
      expect(await queue.get()).toBe('a');
      break;
    }
    expect(() => queue.done('a')).not.toThrow();
    const loop = queue[Symbol.asyncIterator]();
    const waiting = loop.next();
    await loop.return?.();
    expect(await waiting).toEqual({ value: undefined, done: true });
    queue.add('b');
    expect(queue.len()).toBe(1);
  });

  it('goes on where metrics throw, and hands their errors to RxJS', async () => {
    const errors: unknown[] = [];
    config.onUnhandledError = (error) => errors.push(error);
    const boom = (): never => {
      throw new Error('boom');
    };
    const { queue, until } = timed({ metrics: { added: boom, got: boom, done: boom, retried: boom } });
    const asked = queue.get();
    queue.add('a');
    expect(await asked).toBe('a');
    queue.addAfter('b', 5);
    until(10);
    queue.done('a');
    const drained = queue.shutDownWithDrain();
    expect(await drainedOf(queue)).toEqual(['b']);
    await drained;
    await new Promise((resolve) => setTimeout(resolve));
    config.onUnhandledError = null;
    expect(errors.map(String)).toEqual(Array.from({ length: 7 }, () => 'Error: boom'));
  });
});
