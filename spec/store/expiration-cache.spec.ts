import { interval, map, take } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type CacheEvent, hours, type ReflectorSink, seconds } from 'kuberx';
import { expirationCache, type ExpirationCache, type ExpirationCacheOptions, type TransactionItem } from 'kuberx/store';
import { names, type Pod, pod } from './pods.ts';

interface Clock {
  time: number;
  now(): number;
}

function cacheOf(ttl: ExpirationCacheOptions<Pod>['ttl'] = 10): {
  readonly cache: ExpirationCache<Pod>;
  readonly clock: Clock;
  readonly heard: string[];
} {
  const clock = { time: 1000, now: () => clock.time };
  const cache = expirationCache<Pod>({ ttl, scheduler: clock });
  const heard: string[] = [];
  cache.commits$.subscribe(({ events }) => {
    heard.push(events.map(({ type, object }) => `${type} ${object.metadata.name}`).join(', '));
  });
  return { cache, clock, heard };
}

describe('ExpirationCache', () => {
  it('neither gives nor keeps what has expired when it is asked for', () => {
    const { cache, clock, heard } = cacheOf();
    cache.add(pod('a', { version: 1 }));
    cache.add(pod('b', { version: 2 }));
    clock.time += 10;
    expect(cache.get(pod('a'))).toEqual(pod('a', { version: 1 }));
    clock.time += 1;
    expect(cache.listKeys()).toEqual(['default/a', 'default/b']);
    expect(cache.get(pod('a'))).toBeUndefined();
    expect(cache.listKeys()).toEqual(['default/b']);
    expect(cache.getByKey('default/b')).toBeUndefined();
    expect(cache.listKeys()).toEqual([]);
    expect(heard).toEqual(['added a', 'added b', 'deleted a', 'deleted b']);
  });

  it('neither lists nor keeps what has expired, and deletes it in one commit', () => {
    const { cache, clock, heard } = cacheOf();
    cache.add(pod('a'));
    cache.add(pod('b'));
    clock.time += 5;
    cache.add(pod('c'));
    expect(names(cache.list())).toEqual(['a', 'b', 'c']);
    expect(cache.list()).toBe(cache.snapshot$.value.list());
    clock.time += 6;
    expect(names(cache.list())).toEqual(['c']);
    expect(cache.snapshot$.value.size).toBe(1);
    expect(heard.slice(3)).toEqual(['deleted a, deleted b']);
    expect(cache.list()).toBe(cache.snapshot$.value.list());
  });

  it('does not look at the time when it lists keys, nor in its snapshots, which never change', () => {
    const { cache, clock } = cacheOf();
    cache.add(pod('a'));
    const { value } = cache.snapshot$;
    clock.time += 11;
    expect(cache.listKeys()).toEqual(['default/a']);
    expect(cache.snapshot$.value).toBe(value);
    cache.list();
    expect(value.list()).toEqual([pod('a')]);
  });

  it.each([
    [10, 10, true],
    [10, 10.001, false],
    [0, 1e12, true],
    [-1, 1e12, true],
    [Infinity, 1e12, true],
  ])('with a time to live of %d, at the age of %d: alive is %s', (ttl, age, isAlive) => {
    const { cache, clock } = cacheOf(ttl);
    cache.add(pod('a'));
    clock.time += age;
    expect(cache.list()).toHaveLength(isAlive ? 1 : 0);
  });

  it('asks a function how long each object lives', () => {
    const { cache, clock } = cacheOf(({ metadata }) => (metadata.name === 'stable' ? 0 : 10));
    cache.replace([pod('stable'), pod('passing')], '1');
    clock.time += 11;
    expect(names(cache.list())).toEqual(['stable']);
  });

  describe('renews', () => {
    it.each<[string, (cache: ExpirationCache<Pod>) => void]>([
      ['an addition', (cache) => cache.add(pod('a', { version: 2 }))],
      ['an update', (cache) => cache.update(pod('a', { version: 2 }))],
      ['a write of the same version', (cache) => cache.update(pod('a', { version: 1 }))],
      ['a replacement by the same version', (cache) => cache.replace([pod('a', { version: 1 })], '2')],
      ['an event', (cache) => cache.next({ type: 'Added', object: pod('a', { version: 2 }), resourceVersion: '2' })],
      ['a transaction', (cache) => cache.transaction([{ type: 'Updated', object: pod('a', { version: 2 }) }])],
      ['another object of the name', (cache) => cache.add(pod('a', { version: 2, uid: 'another' }))],
    ])('an object with %s', (_, write) => {
      const { cache, clock } = cacheOf();
      cache.add(pod('a', { version: 1 }));
      clock.time += 9;
      write(cache);
      clock.time += 10;
      expect(cache.getByKey('default/a')).toBeDefined();
      clock.time += 1;
      expect(cache.getByKey('default/a')).toBeUndefined();
    });

    it('what has expired and is added again: its old deadline has no say', () => {
      const { cache, clock } = cacheOf();
      cache.add(pod('a', { version: 1 }));
      clock.time += 11;
      cache.add(pod('a', { version: 1 }));
      expect(cache.getByKey('default/a')).toBeDefined();
      clock.time += 10;
      expect(names(cache.list())).toEqual(['a']);
      clock.time += 1;
      expect(cache.list()).toEqual([]);
      cache.add(pod('a', { version: 1 }));
      expect(names(cache.list())).toEqual(['a']);
    });

    it('all objects of a replacement with one time', () => {
      let now = 0;
      const cache = expirationCache<Pod>({ ttl: 10, scheduler: { now: () => now++ } });
      cache.replace(
        Array.from({ length: 100 }, (_, index) => pod(`p${index}`)),
        '1',
      );
      now = 10;
      expect(cache.list()).toHaveLength(100);
      now = 11;
      expect(cache.list()).toHaveLength(0);
    });

    it('nothing with a write that is refused', () => {
      const { cache, clock } = cacheOf(({ metadata }) => (metadata.labels ? Number.NaN : 10));
      cache.add(pod('a', { version: 1 }));
      clock.time += 9;
      const unlimited = pod('a', { version: 2, metadata: { labels: {} } });
      expect(() => cache.add(unlimited)).toThrow(RangeError);
      expect(() => cache.replace([pod('a', { version: 2 }), null as unknown as Pod], '2')).toThrow('cannot key null');
      const items: TransactionItem<Pod>[] = [{ type: 'Added', object: null as unknown as Pod }];
      expect(cache.transaction(items)).toMatchObject([{ status: 'refused' }]);
      clock.time += 2;
      expect(cache.getByKey('default/a')).toBeUndefined();
    });
  });

  it('does not bring back what was deleted, nor let it expire', () => {
    const { cache, clock, heard } = cacheOf();
    cache.add(pod('a', { version: 1 }));
    cache.delete(pod('a'));
    clock.time += 11;
    expect(cache.list()).toEqual([]);
    expect(heard).toEqual(['added a', 'deleted a']);
    cache.add(pod('a', { version: 1 }));
    cache.delete(pod('a', { uid: 'another' }));
    clock.time += 11;
    expect(cache.get(pod('a'))).toBeUndefined();
  });

  it('deletes all that has expired when it is told to, as often as one likes', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ cold, expectObservable }) => {
      const cache = expirationCache<Pod>({ ttl: seconds(10) });
      const names$ = cache.snapshot$.pipe(map((snapshot) => names(snapshot.list())));
      cold('a 6s b|').subscribe((name) => cache.add(pod(name)));
      interval(seconds(4))
        .pipe(take(5))
        .subscribe(() => cache.expire());
      expectObservable(names$, '^ 21s !').toBe('a 6s c 5998ms b 7999ms n', {
        n: [],
        a: ['a'],
        b: ['b'],
        c: ['a', 'b'],
      });
    });
  });

  describe('during a delivery', () => {
    it('does not give what has expired, though the snapshot still has it', () => {
      const { cache, clock, heard } = cacheOf();
      cache.add(pod('a'));
      clock.time += 11;
      const seen: unknown[] = [];
      cache.commits$.pipe(take(1)).subscribe(() => {
        seen.push(names(cache.list()), names(cache.list()), cache.getByKey('default/a'), cache.get(pod('a')));
        seen.push(cache.snapshot$.value.size);
      });
      cache.add(pod('b'));
      expect(seen).toEqual([['b'], ['b'], undefined, undefined, 2]);
      expect(names(cache.list())).toEqual(['b']);
      expect(heard).toEqual(['added a', 'added b', 'deleted a']);
    });

    it('keeps what is added again there', () => {
      const { cache, clock } = cacheOf();
      cache.add(pod('a', { version: 1 }));
      clock.time += 11;
      cache.snapshot$.subscribe(({ size }) => {
        if (size === 0) cache.add(pod('a', { version: 1 }));
      });
      cache.expire();
      expect(names(cache.list())).toEqual(['a']);
      clock.time += 11;
      expect(cache.snapshot$.value.size).toBe(1);
    });
  });

  it('takes the events of a reflector, and a key like any other', () => {
    const { cache, clock } = cacheOf();
    const sink: ReflectorSink<Pod> = cache;
    const event: CacheEvent<Pod> = { type: 'Replaced', objects: [pod('__proto__')], resourceVersion: '7' };
    sink.next(event);
    expect(cache.snapshot$.value.synced).toBe(true);
    expect(cache.getByKey('default/__proto__')).toBeDefined();
    clock.time += 11;
    expect(cache.getByKey('default/__proto__')).toBeUndefined();
    expect(cache.snapshot$.value.resourceVersion).toBe('7');
    // @ts-expect-error: what has expired would be in an index
    expectTypeOf<ExpirationCacheOptions<Pod>['indexers']>();
  });

  it('refuses a time to live that is not a number', () => {
    for (const ttl of [Number.NaN, undefined, '10', null]) {
      expect(() => expirationCache<Pod>({ ttl: ttl as number })).toThrow(RangeError);
    }
    expect(() => expirationCache<Pod>({ ttl: hours(1) })).not.toThrow();
  });

  it('forgets the deadlines of what was deleted', () => {
    const { cache } = cacheOf();
    for (let index = 0; index < 5000; index++) {
      cache.add(pod(`p${index}`));
      cache.delete(pod(`p${index}`));
    }
    const { deadlines } = cache as unknown as { readonly deadlines: ReadonlyMap<string, number> };
    expect(deadlines.size).toBeLessThan(1100);
  });
});
