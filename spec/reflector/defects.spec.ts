import { asyncScheduler, merge, NEVER, Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  KubeError,
  type KubernetesObject,
  type ListerWatcher,
  type ListPage,
  type ListWatchFunctions,
  listWatchOf,
  metaNamespaceKey,
  reflector,
  type ReflectorOptions,
  store as makeStore,
} from 'kuberx';
import { buildObject, errorFrame, fakeListerWatcher, page } from 'kuberx/testing';
import { broken, expired, forbidden, internal, overloaded, refused, tooLarge, unavailable } from './failures.ts';
import { marbles, random, values } from './marbles.ts';
import { delays, interruptions, paged, requests, run, type Answer, type Answers, type Values } from './run.ts';

/** Defects that were seen in other clients: each has its name here, and none may come back. */
describe('a reflector has not', () => {
  it.each<[string, ReflectorOptions<KubernetesObject>, (index: number) => Answer]>([
    ['a failing list', paged, () => ({ list: '#', error: unavailable })],
    [
      'a list that works and a watch that does not',
      paged,
      (index) => (index % 2 === 0 ? { list: '(p|)' } : { watch: '#', error: expired }),
    ],
    ['a streaming list that breaks after its marker', {}, () => ({ watch: 'oim#', error: expired })],
  ])('a backoff that markers reset so that it never grows: %s', (_, options, answers) => {
    const waits = delays(run(150_000, answers, options));
    expect(waits.slice(1, 8)).toEqual([1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  it.each([
    ['in pages', paged],
    ['streaming', {}],
  ])('a 410 on the watch request that loops for ever: %s', (_, options) => {
    const compacted = (index: number): Answer => {
      if (index === 0) return options === paged ? { list: '(p|)' } : { watch: 'om|' };
      if (index === 1) return { watch: '#', error: expired };
      return options === paged && index === 2 ? { list: '(s|)' } : { watch: 'on' };
    };
    const asked = requests(run(60_000, compacted, options));
    expect(asked.filter((line) => line === 'watch {"resourceVersion":"5"}')).toHaveLength(1);
    expect(asked[2]).toContain('NotOlderThan');
  });

  it('a streaming list cut before its marker that leaves ghosts', () => {
    const answers: Answers = [{ watch: 'oij|' }, { list: '(s|)' }, { watch: 'o' }];
    const server = run(5000, answers);
    expect(server.said.filter((line) => line.includes('@'))).toEqual(['803 Replaced 9: a@8']);
  });

  it('a streaming list cut before its marker that loops hot', () => {
    const cut = (_: number, verb: string): Answer =>
      verb === 'watch' ? { watch: '(oi|)' } : { list: '#', error: unavailable };
    expect(run(60_000, cut).asked.length).toBeLessThan(10);
  });

  it('one backoff over merged sources', () => {
    marbles(({ cold, flush }) => {
      const failing = fakeListerWatcher(() => ({ watch: '#', error: unavailable }), { cold: cold as never });
      const working = fakeListerWatcher([{ watch: 'om 5s a 5s b' }], { cold: cold as never, values });
      const heard: string[] = [];
      const subscription = merge(reflector(failing, { random }), reflector(working, { random })).subscribe((event) => {
        if (event.type === 'Updated' || event.type === 'Added') heard.push(`${asyncScheduler.now()} ${event.type}`);
      });
      asyncScheduler.schedule(() => subscription.unsubscribe(), 20_000);
      flush();
      expect(heard).toEqual(['5002 Updated', '10003 Added']);
      expect(failing.requests.length).toBeGreaterThan(3);
    });
  });

  it.each([
    [400, 'BadRequest'],
    [403, 'Forbidden'],
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
    [504, 'Timeout'],
  ])('an ERROR in the stream other than 410 that is swallowed: %i', (code, reason) => {
    const more: Values = { e: errorFrame(code, reason) };
    const each = run(5000, [{ watch: 'om-e' }, { watch: 'o' }], {}, more);
    expect(interruptions(each)).toEqual([`watching: ${reason}, attempt 1, retry in 997`]);
    expect(requests(each)[1]).toBe('watch {"resourceVersion":"5"}');
  });

  const failures = { broken, expired, forbidden, internal, overloaded, refused, tooLarge, unavailable };

  it.each(Object.entries(failures))('a failure after which it stops for good: a list that is %s', (_, error) => {
    const answers = (index: number, verb: string): Answer =>
      index < 6 ? { error } : verb === 'list' ? { list: '(s|)' } : { watch: 'o-b' };
    expect(run(200_000, answers, paged).said).toContainEqual(expect.stringMatching(/ Added b@7$/));
  });

  it.each(Object.entries(failures))('a failure after which it stops for good: a watch that is %s', (_, error) => {
    const answers = (index: number, verb: string): Answer =>
      index === 0
        ? { watch: 'om-#', error }
        : index < 7
          ? { error }
          : verb === 'list'
            ? { list: '(p|)' }
            : { watch: 'on-b' };
    const { said, server } = run(300_000, answers);
    expect(said).toContainEqual(expect.stringMatching(/ Added b@7$/));
    expect(server.requests.at(-1)?.endedAt).toBe(300_000);
  });

  it('a stop that is an error, and that a handler which restarts takes for one', () => {
    const aborted = new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'aborted' });
    let watches = 0;
    const server: ListerWatcher<KubernetesObject> = {
      resource: 'v1/pods',
      list: () => NEVER,
      watch: () =>
        new Observable((subscriber) => {
          watches += 1;
          // What a client does whose promise is rejected by the abort.
          subscriber.add(() => subscriber.error(aborted));
        }),
    };
    marbles(({ flush }) => {
      const heard: string[] = [];
      const start = (): void => {
        const subscription = reflector(server, { random }).subscribe({
          next: ({ type }) => {
            heard.push(type);
            if (type === 'Interrupted') start();
          },
          error: start,
          complete: start,
        });
        asyncScheduler.schedule(() => subscription.unsubscribe(), 10);
      };
      start();
      flush();
      expect(heard).toEqual(['Requested']);
      expect(watches).toBe(1);
    });
  });

  it('a stop during a list that leaks a watch', async () => {
    let answer!: (list: ListPage<KubernetesObject>) => void;
    const listed = new Promise<ListPage<KubernetesObject>>((resolve) => (answer = resolve));
    const asked: string[] = [];
    const server = (name: string) =>
      listWatchOf<KubernetesObject>({
        // A promise, which no abort reaches: the answer comes though nobody waits for it.
        list: () => (asked.push(`${name} lists`), listed),
        watch: () => (asked.push(`${name} watches`), NEVER),
      } satisfies ListWatchFunctions<KubernetesObject>);
    reflector(server('the stopped one'), paged).subscribe().unsubscribe();
    const running = reflector(server('the running one'), paged).subscribe();
    answer(page([], '5'));
    await expect.poll(() => asked).toContain('the running one watches');
    running.unsubscribe();
    expect(asked).toEqual(['the stopped one lists', 'the running one lists', 'the running one watches']);
  });

  it('a second start that opens a watch which the stop does not close', () => {
    marbles(({ cold, flush }) => {
      const server = fakeListerWatcher(() => ({ watch: 'om' }), { cold: cold as never, values });
      const pods$ = reflector(server, { random });
      const first = pods$.subscribe();
      const second = pods$.subscribe();
      const open: number[] = [];
      const look = (): unknown => open.push(server.openRequests);
      asyncScheduler.schedule(look, 10);
      asyncScheduler.schedule(() => (first.unsubscribe(), look()), 20);
      asyncScheduler.schedule(() => (second.unsubscribe(), look()), 30);
      flush();
      expect(open).toEqual([2, 1, 0]);
      expect(server.requests).toHaveLength(2);
    });
  });

  it.each<[string, KubeError | undefined]>([
    ['at once', undefined],
    ['though its first list fails', unavailable],
    ['though it is gone', expired],
    ['though it is one of the future', tooLarge],
  ])('an older version accepted on relist: %s', (_, error) => {
    const relists: Answers = error === undefined ? [{ list: '(s|)' }] : [{ list: '#', error }, { list: '(s|)' }];
    // A server that had less than was seen is asked once more whether it watches from what it listed.
    const verification: Answers = error === tooLarge ? [{ list: '(s|)' }] : [];
    const answers: Answers = [{ list: '(p|)' }, { watch: 'oax' }, ...relists, ...verification, { watch: 'o' }];
    const asked = requests(run(9000, answers, paged)).filter((line) => !line.includes('"limit":1,'));
    const lists = asked.slice(1).filter((line) => line.startsWith('list'));
    // Not older than what was seen, or no version: the most recent state. Never version 0, which is any state.
    const wanted = 'list {"resourceVersion":"6","resourceVersionMatch":"NotOlderThan"}';
    expect(lists).toEqual(
      error === undefined ? [wanted] : [wanted, error === unavailable ? wanted : 'list {"limit":500}'],
    );
  });

  it('a version that advances though the write failed', () => {
    const written: string[] = [];
    let isBroken = true;
    const admit = (object: KubernetesObject): KubernetesObject => {
      if (isBroken && object.metadata.name === 'b') {
        isBroken = false;
        throw new TypeError('the write failed');
      }
      written.push(metaNamespaceKey(object));
      return object;
    };
    const each = run(5000, [{ watch: 'omab' }, { watch: 'ob' }], { admit });
    expect(interruptions(each)).toEqual(['watching: Malformed, attempt 1, retry in 997']);
    expect(requests(each)[1]).toBe('watch {"resourceVersion":"6"}');
    expect(written).toEqual(['default/a', 'default/b']);
  });

  it('a store whose version advances though the write failed', () => {
    const store = makeStore<KubernetesObject>();
    store.replace([buildObject('default/a', '1')], '5');
    const bad = { type: 'Updated', object: { kind: 'Pod' }, resourceVersion: '9' } as never;
    expect(() => store.next(bad)).toThrow('this changed nothing');
    expect(store.snapshot$.value.resourceVersion).toBe('5');
  });

  it.each<[ReflectorOptions<KubernetesObject>, RegExp]>([
    [{ watchTimeout: { min: 60_000, max: 30_000 } }, /watchTimeout is 60000 to 30000/],
    [{ backoff: { initial: 60_000 } }, /backoff.initial is 60000.*backoff.max.*30000/],
    [{ backoff: { initial: 100, max: 50 } }, /backoff.initial is 100.*backoff.max.*50/],
  ])('options that cancel out silently: %j', (options, message) => {
    expect(() => reflector(fakeListerWatcher([]), options)).toThrow(RangeError);
    expect(() => reflector(fakeListerWatcher([]), options)).toThrow(message);
  });

  it('options that cancel out silently: a cap below the first delay', () => {
    const each = run(5000, () => ({ list: '#', error: broken }), { ...paged, backoff: { max: 500 } });
    expect(delays(each).slice(0, 3)).toEqual([500, 500, 500]);
  });

  it('options that cancel out silently: a limit, beside which a version is dropped or taken for that very version', () => {
    const answers: Answers = [
      { list: '(q|)' },
      { list: '(r|)' },
      { watch: 'ox' },
      { list: '(q|)' },
      { list: '(r|)' },
      { watch: 'o' },
    ];
    const { server } = run(5000, answers, { ...paged, pageSize: 1 });
    const lists = server.requests.filter(({ verb }) => verb === 'list').map(({ options }) => options);
    expect(lists).toEqual([
      { limit: 1 },
      { limit: 1, continue: 'more' },
      { resourceVersion: '5', resourceVersionMatch: 'NotOlderThan' },
      { continue: 'more' },
    ]);
  });
});
