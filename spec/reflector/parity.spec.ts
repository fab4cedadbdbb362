import {
  asyncScheduler,
  concat,
  config,
  defer,
  finalize,
  NEVER,
  queueScheduler,
  scan,
  scheduled,
  type SchedulerLike,
  take,
  VirtualTimeScheduler,
} from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CacheEvent,
  emptySnapshot,
  type KubernetesObject,
  type ListerWatcher,
  minutes,
  reduceSnapshot,
  reflector,
} from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import {
  added,
  bookmark,
  buildObject,
  deleted,
  errorFrame,
  fakeListerWatcher,
  initialEventsEnd,
  modified,
  open,
  page,
  status,
} from 'kuberx/testing';
import { broken, expired, internal, overloaded, refused } from './failures.ts';
import { marbles, random, values } from './marbles.ts';
import { ModelServer } from './model-server.ts';
import { delays, interruptions, paged, requests, run, type Answer, type Values } from './run.ts';

/** The behaviours that client-go's tests of its reflector pin; `docs/parity.md` says which is which. */
describe('requests', () => {
  const bookmarks = { allowWatchBookmarks: true, timeoutSeconds: 240 };

  it('ask for a streaming list of the most recent state, and for nothing else', () => {
    const { server } = run(20_000, [{ watch: 'oim-a-b' }]);
    expect(server.requests.map(({ verb, options }) => [verb, options])).toEqual([
      ['watch', { resourceVersionMatch: 'NotOlderThan', sendInitialEvents: true, ...bookmarks }],
    ]);
  });

  it('ask for the most recent list in pages, then for a watch from its version', () => {
    const { server } = run(20_000, [{ list: '(p|)' }, { watch: 'o-a-b' }], paged);
    expect(server.requests.map(({ verb, options }) => [verb, options])).toEqual([
      ['list', { limit: 500 }],
      ['watch', { resourceVersion: '5', ...bookmarks }],
    ]);
  });

  it('ask for pages of the size that is set, and merge them', () => {
    const each = run(20, [{ list: '(q|)' }, { list: '(r|)' }, { watch: 'o' }], { ...paged, pageSize: 4 });
    expect(requests(each).slice(0, 2)).toEqual(['list {"limit":4}', 'list {"limit":4,"continue":"more"}']);
    expect(each.said).toContain('0 Replaced 5: a@1 b@2');
  });

  it('relist in pages where the whole is too large for one answer', () => {
    const whole = kubeErrorFromStatus('v1/pods', status(413, 'RequestEntityTooLarge'), 413);
    const tooMuch = Object.assign(whole, { reason: 'TooLarge' });
    const each = run(
      5000,
      [
        { list: '(p|)' },
        { watch: 'ox' },
        { list: '#', error: tooMuch },
        { list: '(q|)' },
        { list: '(r|)' },
        { watch: 'o' },
      ],
      paged,
    );
    expect(requests(each).slice(2)).toEqual([
      'list {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}',
      'list {"limit":500}',
      'list {"limit":500,"continue":"more"}',
      'watch {"resourceVersion":"5"}',
    ]);
  });

  it('list the most recent state where the continue token of a relist has expired', () => {
    const answers = [{ list: '(p|)' }, { watch: 'ox' }, { list: '(q|)' }, { list: '#', error: expired }];
    const each = run(5000, [...answers, { list: '(s|)' }, { watch: 'o' }], paged);
    expect(requests(each).slice(2)).toEqual([
      'list {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}',
      'list {"continue":"more"}',
      'list {"limit":500}',
      'watch {"resourceVersion":"9"}',
    ]);
  });

  it.each([
    ['a cause', { details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } }],
    ['the message of a cause', { details: { causes: [{ message: 'Too large resource version' }] } }],
    ['the message', { message: 'Too large resource version: 20, current: 10' }],
  ])('list the most recent state where a version of the future is told by %s', (_, said) => {
    const error = kubeErrorFromStatus('v1/pods', { ...status(504, 'Timeout', 'too large'), ...said });
    const each = run(5000, [{ list: '(p|)' }, { watch: 'ox' }, { list: '#', error }, { list: '(s|)' }], paged);
    expect(requests(each).slice(2, 4)).toEqual([
      'list {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}',
      'list {"limit":500}',
    ]);
  });

  it('ask a watch to last as long as is set, by chance', () => {
    const watchTimeout = { min: minutes(30), max: minutes(60) };
    const timeouts = [0, 0.5, 0.999].map(
      (chance) =>
        run(5, [{ watch: 'o' }], { watchTimeout, random: () => chance }).server.requests[0]?.options.timeoutSeconds,
    );
    expect(timeouts).toEqual([1800, 2700, 3598]);
  });
});

describe('the end of a watch', () => {
  it('unsubscribes from a watch at its ERROR frame, though the server keeps it open', () => {
    const { server } = run(500, [{ watch: 'om-x---a' }]);
    expect(server.requests[0]?.endedAt).toBe(3);
  });

  it('calls a watch short that was over before it began', () => {
    const each = run(500, [{ list: '(p|)' }, { watch: '|' }], paged);
    expect(interruptions(each)).toEqual(['watching: ShortWatch, attempt 1, retry in 1000']);
    expect(each.server.requests[1]?.endedAt).toBe(0);
  });

  it.each([
    ['o 10ms |', 1],
    ['o 998ms |', 1],
    ['o 999ms |', 0],
    ['o 10ms (k|)', 0],
  ])('calls a watch short that lasted less than a second without a word: %s', (watch, failures) => {
    const each = run(1005, [{ list: '(p|)' }, { watch }, { watch: 'o' }], paged);
    expect(interruptions(each)).toHaveLength(failures);
  });

  it('reopens a watch at the version of the last change, and lists nothing', () => {
    const more: Values = { e: added(buildObject('default/c', '7')), f: added(buildObject('default/d', '8')) };
    const each = run(3000, [{ watch: 'oijme|' }, { watch: 'of' }], {}, more);
    expect(requests(each)[1]).toBe('watch {"resourceVersion":"7"}');
    expect(each.said.at(-1)).toBe('1001 Added d@8');
  });
});

describe('versions', () => {
  it('resume from the newest version, though an older one came last', () => {
    const more: Values = {
      d: deleted(buildObject('default/foo', '54')),
      e: modified(buildObject('default/bar', '55')),
      f: added(buildObject('default/baz', '32')),
    };
    const each = run(2000, [{ watch: 'omdef|' }, { watch: 'o' }], {}, more);
    expect(each.said.slice(4, 7)).toEqual(['2 Deleted foo@54', '3 Updated bar@55', '4 Added baz@32']);
    expect(requests(each)[1]).toBe('watch {"resourceVersion":"55"}');
  });

  it('resume from the last version where versions cannot be compared', () => {
    const more: Values = {
      l: page([], 'v-30'),
      e: modified(buildObject('default/bar', 'v-55')),
      f: added(buildObject('default/baz', 'v-32')),
    };
    const each = run(2000, [{ list: '(l|)' }, { watch: 'oef|' }, { watch: 'o' }], paged, more);
    expect(requests(each)[2]).toBe('watch {"resourceVersion":"v-32"}');
  });

  it('take no version from initial events, of whatever type, but the one of the marker', () => {
    const cut = run(2000, [{ watch: 'oiac#', error: overloaded }, { watch: 'o' }]);
    expect(requests(cut)[1]).toBe('watch {"resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}');
    const whole = run(2000, [{ watch: 'oiacm|' }, { watch: 'o' }]);
    expect(requests(whole)[1]).toBe('watch {"resourceVersion":"5"}');
  });

  it('tell the version with the state, each change and each bookmark', () => {
    const more: Values = {
      e: added(buildObject('default/a', '10')),
      f: modified(buildObject('default/a', '20')),
      g: bookmark('30'),
      h: deleted(buildObject('default/a', '40')),
    };
    marbles(({ cold, flush }) => {
      const server = fakeListerWatcher([{ list: '(p|)' }, { watch: 'oefgh' }], {
        cold: cold as never,
        values: { ...values, ...more },
      });
      const versions: string[] = [];
      const told$ = reflector(server, { random, ...paged });
      const subscription = told$.subscribe((event) => {
        if ('resourceVersion' in event) versions.push(event.resourceVersion);
      });
      asyncScheduler.schedule(() => subscription.unsubscribe(), 100);
      flush();
      expect(versions).toEqual(['5', '10', '20', '30', '40']);
    });
  });
});

describe('failures', () => {
  it('keeps the state through a failed list and a failed watch, and hands on their causes', () => {
    const listFailure = new Error('a list error');
    const watchFailure = new Error('a watch error');
    const more: Values = {
      l: page([], '1'),
      d: added(buildObject('foo', '2')),
      e: added(buildObject('bar', '3')),
      f: deleted(buildObject('foo', '4')),
      g: added(buildObject('qux', '5')),
      h: page([buildObject('bar', '3'), buildObject('qux', '5')], '5'),
      w: added(buildObject('baz', '6')),
    };
    const answers: readonly Answer[] = [
      { list: '(l|)' },
      { watch: 'ode|' },
      { watch: 'ofgx' },
      { list: '#', error: listFailure },
      { list: '(h|)' },
      { watch: '#', error: watchFailure },
      { watch: 'ow' },
    ];
    marbles(({ cold, flush }) => {
      const server = fakeListerWatcher(answers, { cold: cold as never, values: { ...values, ...more } });
      const causes: unknown[] = [];
      const states: string[] = [];
      const observe = (event: CacheEvent<KubernetesObject>): void => {
        if (event.type === 'Interrupted') causes.push(event.error.cause);
      };
      const subscription = reflector(server, { random, ...paged })
        .pipe(
          scan((snapshot, event) => {
            observe(event);
            return reduceSnapshot(snapshot, event);
          }, emptySnapshot()),
        )
        .subscribe((snapshot) => {
          const state = snapshot.keys().toSorted().join(' ');
          if (state !== states.at(-1)) states.push(state);
        });
      asyncScheduler.schedule(() => subscription.unsubscribe(), 60_000);
      flush();
      expect(states).toEqual(['', 'foo', 'bar foo', 'bar', 'bar qux', 'bar baz qux']);
      expect(causes).toEqual([undefined, listFailure, watchFailure]);
      expect(server.requests).toHaveLength(answers.length);
    });
  });

  it('opens a refused watch again with delays that grow to the cap, and never lists all', () => {
    const answers = (index: number): Answer =>
      index === 0 ? { list: '(p|)' } : index === 1 ? { watch: '#', error: refused } : { list: '#', error: refused };
    for (const chance of [0, 0.5, 1]) {
      const each = run(3_600_000, answers, { ...paged, random: () => chance });
      const lists = requests(each).filter((line) => line.startsWith('list'));
      expect(lists.filter((line) => !line.includes('"limit":1,'))).toHaveLength(1);
      for (const [index, delay] of delays(each).slice(10).entries()) {
        // The first requests are a second apart too, as watches have to be.
        expect(delay, `delay ${index}`).toBe(Math.round(3900 * (1 + 0.1 * chance)));
      }
      expect(delays(each).length).toBeGreaterThan(500);
    }
  });

  it.each([
    [5, 31, 62],
    [40, 1763, 3526],
  ])('has waited between its bounds after %i refusals, growing to the cap that is set', (refusals, least, most) => {
    const backoff = { initial: 1, max: 50, factor: 2, jitter: 1 };
    for (const chance of [0, 0.5, 1]) {
      const answers = (index: number): Answer =>
        index < refusals ? { list: '#', error: refused } : index === refusals ? { list: '(p|)' } : { watch: 'o' };
      const each = run(5000, answers, { ...paged, backoff, random: () => chance });
      const replacedAt = Number(each.said.find((line) => line.includes('Replaced'))?.split(' ')[0]);
      expect(replacedAt).toBe(Math.round(least + chance * (most - least)));
      expect(delays(each)).toHaveLength(refusals);
    }
  });

  it('keeps to the backoff that is set', () => {
    const backoff = { initial: 10, factor: 2, max: 100, jitter: 0 };
    const each = run(500, () => ({ list: '#', error: broken }), { ...paged, backoff });
    expect(delays(each).slice(0, 6)).toEqual([10, 20, 40, 80, 100, 100]);
  });

  it('takes one step of the backoff for each 429, as an answer and in the stream', () => {
    const more: Values = { t: errorFrame(429, 'TooManyRequests') };
    const answers: readonly Answer[] = [
      { list: '(p|)' },
      { watch: '#', error: overloaded },
      { watch: '(ot)' },
      { watch: 'o' },
    ];
    const each = run(10_000, answers, paged, more);
    expect(interruptions(each)).toEqual([
      'watching: TooManyRequests, attempt 1, retry in 1000',
      'watching: TooManyRequests, attempt 2, retry in 1600',
    ]);
    expect(requests(each).slice(1)).toEqual(Array.from({ length: 3 }, () => 'watch {"resourceVersion":"5"}'));
  });

  it('lists once and watches five times where four watches get a 429', () => {
    const answers = (index: number): Answer =>
      index === 0 ? { list: '(p|)' } : index < 5 ? { watch: '#', error: overloaded } : { watch: 'o' };
    const verbs = run(60_000, answers, paged).server.requests.map(({ verb }) => verb);
    expect(verbs).toEqual(['list', 'watch', 'watch', 'watch', 'watch', 'watch']);
  });

  describe('of the server', () => {
    const fails: Answer = { watch: 'oy' };
    const verbs = (answers: readonly Answer[]): string =>
      requests(run(200_000, answers, paged))
        .map((line) => line.split(' ')[0])
        .join(' ');

    it('watches twice more at the same version after an internal error in the stream, then lists', () => {
      expect(verbs([{ list: '(p|)' }, fails, fails, fails, { list: '(s|)' }, { watch: 'o' }])).toBe(
        'list watch watch watch list watch',
      );
    });

    it('starts counting anew after a change', () => {
      expect(verbs([{ list: '(p|)' }, fails, fails, { watch: 'oay' }, fails, { watch: 'o' }])).toBe(
        'list watch watch watch watch watch',
      );
    });

    it('does not count failures of the connection, whatever comes between', () => {
      const between: readonly Answer[] = [
        { watch: '#', error: broken },
        { list: '(p|)' },
        { watch: '#', error: overloaded },
        { watch: '#', error: refused },
        { list: '(p|)' },
      ];
      expect(
        verbs([{ list: '(p|)' }, fails, ...between, fails, ...between, fails, { list: '(s|)' }, { watch: 'o' }]),
      ).toBe('list watch watch list watch watch list watch watch list watch watch list watch list watch');
    });

    it('counts internal errors as answers too', () => {
      const answer: Answer = { watch: '#', error: internal };
      expect(verbs([{ list: '(p|)' }, answer, fails, answer, { list: '(s|)' }, { watch: 'o' }])).toBe(
        'list watch watch watch list watch',
      );
    });
  });

  it('lists after an unsafe deletion, whose DELETED frame is an ERROR: the object goes, the others stay', () => {
    const kept = buildObject('default/kept', '1');
    const more: Values = { l: page([kept], '3'), e: added(buildObject('default/corrupt', '4')), f: page([kept], '5') };
    const each = run(5000, [{ list: '(l|)' }, { watch: 'oez' }, { list: '(f|)' }, { watch: 'o' }], paged, more);
    expect(requests(each).slice(2)).toEqual(['list {"limit":500}', 'watch {"resourceVersion":"5"}']);
    expect(each.said).toContain('1000 Replaced 5: kept@1');
  });
});

describe('streaming lists', () => {
  it('is not synced without the marker, nor by a bookmark without it', () => {
    const { said, asked } = run(25_000, [{ watch: 'oijk' }]);
    expect(said).toEqual([
      '0 Requested streaming',
      '0 Opened streaming',
      '10000 Received streaming 2',
      '20000 Received streaming 2',
    ]);
    expect(asked).toHaveLength(1);
  });

  it('lists in pages after any other failure of a streaming list', () => {
    const each = run(5000, [{ watch: '#', error: new Error('dummy error') }, { list: '(p|)' }, { watch: 'o-b' }]);
    expect(requests(each).slice(1)).toEqual(['list {"limit":500}', 'watch {"resourceVersion":"5"}']);
    expect(each.said.at(-1)).toBe('1002 Added b@7');
  });

  it('asks for a streaming list again after a 429, not for pages', () => {
    const busyTwice = (index: number): Answer => (index < 2 ? { watch: '#', error: overloaded } : { watch: 'oim' });
    const each = run(10_000, busyTwice);
    expect(requests(each)).toEqual(
      Array.from({ length: 3 }, () => 'watch {"resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}'),
    );
    expect(each.said).toContain('2602 Replaced 5: a@4');
  });

  it('lists anew after a 410 on the watch that followed', () => {
    const more: Values = { e: added(buildObject('default/c', '6')) };
    const each = run(5000, [{ watch: 'oime|' }, { watch: '#', error: expired }, { watch: 'on' }], {}, more);
    expect(interruptions(each)).toEqual(['watching: Expired, attempt 1, retry in 1000']);
    expect(requests(each).slice(1)).toEqual([
      'watch {"resourceVersion":"6"}',
      'watch {"resourceVersion":"6","resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}',
    ]);
  });

  it('admits each object once, initial or not', () => {
    const seen: string[] = [];
    run(20, [{ watch: 'oijmb' }], { admit: (object) => (seen.push(object.metadata.resourceVersion!), object) });
    expect(seen).toEqual(['4', '3', '7']);
  });

  it.each([
    ['as they came', {}],
    ['admitted', { admit: (object: KubernetesObject) => structuredClone(object) }],
  ])('holds after a streaming list what the server held at its version, the objects %s', (_, options) => {
    const scheduler = new VirtualTimeScheduler(undefined, 10_000);
    const server = new ModelServer(scheduler, []);
    const compared: boolean[] = [];
    const subscription = reflector(server, { scheduler, random, ...options }).subscribe((event) => {
      if (event.type !== 'Replaced') return;
      const truth = server.truth.get(Number(event.resourceVersion))!;
      expect(event.objects.toSorted(byName)).toEqual([...truth.values()].toSorted(byName));
      compared.push(truth.size > 0);
    });
    scheduler.schedule(() => subscription.unsubscribe(), 1000);
    scheduler.flush();
    expect(compared).toEqual([true]);
  });
});

const byName = (one: KubernetesObject, other: KubernetesObject): number =>
  one.metadata.name.localeCompare(other.metadata.name);

describe('subscribers', () => {
  afterEach(() => {
    config.onUnhandledError = null;
  });

  it.each([
    ['a streaming list', {}],
    ['a list', paged],
    ['a streaming list, resynced', { resyncPeriod: 1000 }],
  ])('asks for nothing when unsubscribed at the first word: %s', (_, options) => {
    marbles(({ cold, flush }) => {
      const server = fakeListerWatcher([], { cold: cold as never, values });
      const heard: string[] = [];
      reflector(server, { random, ...options })
        .pipe(take(1))
        .subscribe(({ type }) => heard.push(type));
      flush();
      expect(heard).toEqual(['Requested']);
      expect(server.requests).toEqual([]);
    });
  });

  it.each<[string, SchedulerLike]>([
    ['at once', queueScheduler],
    ['later', asyncScheduler],
  ])('opens one watch and aborts it once, when unsubscribed by its first change, which came %s', (_, scheduler) => {
    marbles(({ flush }) => {
      const calls: string[] = [];
      const frames = [open, initialEventsEnd('5'), added(buildObject('a', '6')), added(buildObject('b', '7'))];
      const server: ListerWatcher<KubernetesObject> = {
        resource: 'v1/pods',
        list: () => NEVER,
        watch: () =>
          defer(() => {
            calls.push('open');
            return concat(scheduled(frames, scheduler), NEVER).pipe(finalize(() => calls.push('abort')));
          }),
      };
      const heard: string[] = [];
      const events$ = reflector(server, { random }).pipe(take(5));
      events$.subscribe(({ type }) => heard.push(type));
      flush();
      expect(heard).toEqual(['Requested', 'Opened', 'Replaced', 'Opened', 'Added']);
      expect(calls).toEqual(['open', 'abort']);
    });
  });

  it('goes on where a subscriber throws at a Sync', () => {
    const reported: unknown[] = [];
    config.onUnhandledError = (error) => reported.push(error);
    marbles(({ cold, flush }) => {
      const server = fakeListerWatcher([{ watch: 'om' }], { cold: cold as never, values });
      let syncs = 0;
      const subscription = reflector(server, { random, resyncPeriod: 10 }).subscribe(({ type }) => {
        if (type === 'Sync') throw new Error(`resync ${(syncs += 1)}`);
      });
      asyncScheduler.schedule(() => subscription.unsubscribe(), 35);
      flush();
      expect(reported).toEqual([new Error('resync 1'), new Error('resync 2'), new Error('resync 3')]);
      expect(server.requests).toHaveLength(1);
    });
  });
});
