import { asyncScheduler, concat, from, map, NEVER, of, take, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { minutes, reflector, seconds } from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import { added, buildObject, fakeListerWatcher, initialEventsEnd, modified, open, page, status } from 'kuberx/testing';
import { broken, busy, expired, forbidden, internal, overloaded, refused, tooLarge, unavailable } from './failures.ts';
import { eventually } from '../eventually.ts';
import { marbles, random, transcript, values } from './marbles.ts';
import { delays, interruptions, paged, requests, run, type Answer, type Answers, type Values } from './run.ts';

const times = ({ asked }: { asked: readonly string[] }): number[] => asked.map((line) => Number(line.split(' ')[0]));
const repeated = (count: number, answer: Answer): Answer[] => Array.from({ length: count }, () => answer);

describe('a reflector after an outage', () => {
  it('relists at once after a 410, whatever the delays had grown to', () => {
    const outage = repeated(12, { list: '#', error: refused });
    const answers: Answers = [
      { list: '(p|)' },
      { watch: 'oa 10s #', error: broken },
      ...outage,
      { list: '(s|)' },
      { watch: '#', error: expired },
      { list: '(s|)' },
      { watch: 'o' },
    ];
    const each = run(minutes(2), answers, paged);
    expect(interruptions(each).at(-1)).toBe('watching: Expired, attempt 14, retry in 1000');
    expect(times(each).at(-2)! - times(each).at(-3)!).toBe(1000);
  });

  it('keeps the brake of a 410 where nothing but 410 has come since the list', () => {
    const each = run(
      seconds(40),
      (index) => (index % 2 === 0 ? { list: '(p|)' } : { watch: '#', error: expired }),
      paged,
    );
    expect(delays(each)).toEqual([1000, 1600, 3200, 6400, 12_800, 25_600]);
  });

  it('does not go round faster where failures come between the list and the 410', () => {
    const round: Answers = [{ list: '(p|)' }, { watch: '#', error: internal }, { watch: '#', error: expired }];
    const each = run(minutes(5), (index) => round[index % 3]!, paged);
    expect(each.asked.filter((line) => line.includes('list')).length).toBeLessThan(15);
  });

  it.each([
    ['429', busy],
    ['503', unavailable],
  ])('waits as long as a %s asks, not as long as the outage has made it', (_, error) => {
    const answers: Answers = [...repeated(12, { list: '#', error: refused }), { list: '#', error }, { list: '(p|)' }];
    const each = run(minutes(2), answers, paged);
    expect(delays(each).at(12)).toBe(error === busy ? 5000 : 800);
  });

  it('lists once at once where changes and 410 go round, and waits longer by and by', () => {
    const answerOf = (index: number): Answer => (index % 2 === 0 ? { list: '(s|)' } : { watch: '(oax)' });
    expect(delays(run(minutes(2), answerOf, paged)).slice(0, 8)).toEqual([
      1000, 1000, 1600, 3200, 6400, 12_800, 25_600, 30_000,
    ]);
  });

  it('lists where a watch ends at once and without a word, however long its head takes', () => {
    const answers: Answers = [
      { list: '(p|)' },
      { watch: 'oa 2s |' },
      { watch: '1500ms (o|)' },
      { list: '(s|)' },
      { watch: 'o' },
    ];
    const each = run(seconds(10), answers, paged);
    expect(interruptions(each)).toEqual(['watching: ShortWatch, attempt 1, retry in 800']);
    expect(requests(each)[3]).toBe('list {"resourceVersion":"6","resourceVersionMatch":"NotOlderThan"}');
  });

  it('does not take a head that was held back for a watch that ended at once', () => {
    const answers: Answers = [
      { list: '(p|)' },
      { watch: 'oa 2s |' },
      { watch: '240s (o|)' },
      { list: '(s|)' },
      { watch: 'o' },
    ];
    expect(interruptions(run(minutes(6), answers, paged))).toEqual([]);
  });

  it('asks a server no sooner than a second after, whatever it asks for', () => {
    const hasty = kubeErrorFromStatus('v1/pods', status(429, 'TooManyRequests'), 429, 1);
    expect(delays(run(seconds(4), () => ({ list: '#', error: hasty }), paged))).toEqual([1000, 1000, 1000, 1000]);
  });

  it('takes a server at its word ten times in eleven, and waits longer by and by at the eleventh', () => {
    const soon = kubeErrorFromStatus('v1/pods', status(429, 'TooManyRequests'), 429, 1000);
    const each = run(minutes(5), () => ({ list: '#', error: soon }), paged);
    expect(delays(each).slice(0, 35)).toEqual([
      ...Array<number>(10).fill(1000),
      ...[1000, ...Array<number>(10).fill(1000)],
      ...[1600, ...Array<number>(10).fill(1000)],
      ...[3200, 1000, 1000],
    ]);
  });

  it('agrees within 5 s after refusals, however long, with less than 20 requests a minute', () => {
    for (const chance of [0, 0.5, 1]) {
      for (const outage of [seconds(40), seconds(100), minutes(20)]) {
        marbles((helpers) => {
          const answerOf = (at: number): Answer => (at < outage ? { list: '#', error: refused } : { list: '(p|)' });
          const server = fakeListerWatcher(({ at, verb }) => (verb === 'watch' ? { watch: 'o' } : answerOf(at)), {
            cold: helpers.cold as never,
            values,
          });
          const events$ = reflector(server, { ...paged, random: () => chance });
          const said = transcript(helpers, events$, outage + seconds(10), () => asyncScheduler.now());
          const replacedAt = Number(said.find((line) => line.includes('Replaced'))?.split(' ')[0]);
          expect(replacedAt - outage).toBeLessThan(5000);
          const at = server.requests.map((request) => request.at);
          for (const start of at)
            expect(at.filter((time) => time >= start && time < start + minutes(1)).length).toBeLessThan(20);
        });
      }
    }
  });
});

describe('a backoff of 0', () => {
  it('leaves the event loop to others between requests that fail at once', async () => {
    let requests = 0;
    const failing = fakeListerWatcher(() => {
      requests += 1;
      if (requests > 1000) throw new Error('it loops');
      return { list: throwError(() => refused) };
    });
    const subscription = reflector(failing, { ...paged, backoff: { initial: 0, max: 0 } }).subscribe();
    await eventually(() => expect(requests).toBeGreaterThan(2));
    subscription.unsubscribe();
    expect(requests).toBeLessThan(1000);
  });
});

describe('the brake of a host', () => {
  it('is one for all reflectors that ask it, and the first answer everybody’s', () => {
    marbles((helpers) => {
      const outage = seconds(100);
      const at: number[] = [];
      const unanswered: number[] = [];
      const said: string[][] = [];
      const subscriptions = Array.from({ length: 60 }, (_, index) => {
        const server = fakeListerWatcher(
          (request) => {
            at.push(request.at);
            if (request.at >= outage) return request.verb === 'list' ? { list: '(p|)' } : { watch: 'o' };
            unanswered.push(request.at);
            return request.verb === 'list' ? { list: '#', error: refused } : { watch: '#', error: refused };
          },
          { cold: helpers.cold as never, values, resource: `v1/r${index}` },
        );
        const lines: string[] = [];
        said.push(lines);
        const shared = Object.assign(server, { host: 'https://brake.example:6443' });
        return reflector(shared, { ...paged, random: () => 0.5 }).subscribe((event) =>
          lines.push(`${asyncScheduler.now()} ${event.type}`),
        );
      });
      helpers.cold(`${outage + seconds(10)}ms x`).subscribe(() => subscriptions.forEach((each) => each.unsubscribe()));
      helpers.flush();
      const first = at.find((time) => time >= outage)!;
      expect(first - outage).toBeLessThan(5000);
      for (const lines of said) {
        expect(lines.some((line) => line.endsWith(' Interrupted'))).toBe(true);
        expect(lines.some((line) => line === `${first} Replaced`)).toBe(true);
      }
      for (const start of unanswered)
        expect(unanswered.filter((time) => time >= start && time < start + minutes(1)).length).toBeLessThan(20);
    });
  });

  it('does not slow down the others where one request alone gets no answer, nor let that one loop', () => {
    marbles((helpers) => {
      const host = 'https://half.example:6443';
      const well = fakeListerWatcher(({ verb }) => (verb === 'list' ? { list: '(p|)' } : { watch: 'o 2s (a|)' }), {
        cold: helpers.cold as never,
        values,
      });
      const ill = fakeListerWatcher(() => ({ list: '#', error: broken }), {
        cold: helpers.cold as never,
      });
      const subscriptions = [well, ill].map((each) =>
        reflector(Object.assign(each, { host }), { ...paged, random }).subscribe(),
      );
      helpers.cold('60s x').subscribe(() => subscriptions.forEach((each) => each.unsubscribe()));
      helpers.flush();
      expect(well.requests.length).toBeGreaterThan(27);
      expect(ill.requests.length).toBeLessThan(20);
    });
  });

  it('lets the first request through at once after a break, and the others when it is answered', () => {
    marbles((helpers) => {
      const asked: string[] = [];
      const subscriptions = ['a', 'b', 'c'].map((name) => {
        const server = fakeListerWatcher(
          ({ at, verb }, index) => {
            asked.push(`${at} ${name} ${verb}`);
            if (verb === 'list') return { list: index === 0 ? '(p|)' : '5ms (p|)' };
            return at < seconds(5) ? { watch: `o ${seconds(10) - at - 1}ms #`, error: broken } : { watch: '20ms o' };
          },
          { cold: helpers.cold as never, values },
        );
        return reflector(Object.assign(server, { host: 'https://break.example' }), { ...paged, random }).subscribe();
      });
      helpers.cold('20s x').subscribe(() => subscriptions.forEach((each) => each.unsubscribe()));
      helpers.flush();
      expect(asked.filter((line) => Number(line.split(' ')[0]) > 5000)).toEqual([
        '10000 a list',
        '10005 a watch',
        '10025 b list',
        '10025 c list',
        '10030 b watch',
        '10030 c watch',
      ]);
    });
  });
});

describe('a paged list with failures in between', () => {
  const more: Values = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [
      'ABCDEFGHIJ'[index]!,
      page([buildObject(`default/p${index}`, '5')], '5', index < 9 ? { continue: `after ${index}` } : {}),
    ]),
  );

  it('asks for the failed page again, and loses none that came', () => {
    const answers: Answers = [
      { list: '(A|)' },
      { list: '(B|)' },
      { list: '#', error: busy },
      { list: '(C|)' },
      { list: '#', error: unavailable },
      { list: '#', error: unavailable },
      ...'D E F G H I J'.split(' ').map((letter) => ({ list: `(${letter}|)` })),
      { watch: 'o' },
    ];
    const each = run(seconds(30), answers, paged, more);
    expect(requests(each)).toHaveLength(14);
    expect(requests(each)[3]).toBe('list {"limit":500,"continue":"after 1"}');
    expect(interruptions(each)).toEqual([
      'listing: TooManyRequests, attempt 1, retry in 5000',
      'listing: ServiceUnavailable, attempt 1, retry in 800',
      'listing: ServiceUnavailable, attempt 2, retry in 1600',
    ]);
    expect(each.said.find((line) => line.includes('Replaced'))).toBe(
      `7400 Replaced 5: ${Array.from({ length: 10 }, (_, index) => `p${index}@5`).join(' ')}`,
    );
  });

  it('syncs 60 pages of which every tenth request is refused with Retry-After, with 66 requests', () => {
    let came = 0;
    const each = run(
      minutes(2),
      (index) => {
        if (index % 10 === 9 && came < 60) return { list: '#', error: busy };
        if (came === 60) return { watch: 'o' };
        came += 1;
        const next = came < 60 ? { continue: `after ${came}` } : {};
        return { list: of(page([buildObject(`default/p${came}`, '5')], '5', next)) };
      },
      paged,
    );
    expect(each.asked.filter((line) => line.includes('list'))).toHaveLength(66);
    expect(each.said.filter((line) => line.includes('Replaced'))).toHaveLength(1);
  });

  it('waits for a host that does not answer, as its brake says', () => {
    const answers: Answers = [
      { list: '(A|)' },
      ...repeated(3, { list: '#', error: refused }),
      { list: '(J|)' },
      { watch: 'o' },
    ];
    const each = run(seconds(30), answers, paged, more);
    expect(delays(each)).toEqual([1000, 1250, 1563]);
    expect(each.said).toContain('3813 Replaced 5: p0@5 p9@5');
  });

  it.each([
    ['is forbidden', forbidden],
    ['has lost its version', tooLarge],
  ])('starts anew where a page %s', (_, error) => {
    const answers: Answers = [{ list: '(A|)' }, { list: '#', error }, { list: '(J|)' }, { watch: 'o' }];
    const each = run(seconds(30), answers, paged, more);
    expect(requests(each)[2]).toBe('list {"limit":500}');
    expect(each.said.some((line) => line.endsWith(' Replaced 5: p9@5'))).toBe(true);
  });

  it('gives the list up where no page comes for 5 minutes', () => {
    const each = run(
      minutes(7),
      (index) => (index === 0 ? { list: '(A|)' } : { list: '#', error: overloaded }),
      paged,
      more,
    );
    const pages = requests(each).filter((line) => line.includes('continue'));
    expect(pages.length).toBeGreaterThan(5);
    expect(
      requests(each)
        .slice(1)
        .find((line) => !line.includes('continue')),
    ).toBe('list {"limit":500}');
  });
});

describe('a streaming list', () => {
  it('is given up 30 s after its last object where changes come but no marker, and is not asked for again', () => {
    const changes$ = timer(0, seconds(5)).pipe(map((count) => modified(buildObject('default/a', String(10 + count)))));
    const answers: Answers = [
      {
        watch: concat(
          from([open, added(buildObject('default/a', '4')), added(buildObject('default/b', '3'))]),
          changes$,
        ),
      },
      { list: '(s|)' },
      { watch: 'o 5s x' },
      { list: '(s|)' },
      { watch: 'o' },
    ];
    const each = run(minutes(1), answers);
    expect(each.said.slice(0, 2)).toEqual(['0 Requested streaming', '0 Opened streaming']);
    expect(each.said.filter((line) => line.includes('streaming')).length).toBeGreaterThan(3);
    expect(interruptions(each)[0]).toBe('streaming: MarkerMissing, attempt 1, retry in 800');
    expect(times(each)[1]).toBe(30_800);
    expect(requests(each).filter((line) => line.includes('sendInitialEvents'))).toHaveLength(1);
  });

  it('takes any time while objects of its initial state come, longer than it was asked to last', () => {
    const frames$ = timer(0, seconds(20)).pipe(
      take(41),
      map((index) => (index < 40 ? added(buildObject(`default/p${100 + index}`, '4')) : initialEventsEnd('5'))),
    );
    const whole$ = concat(of(open), frames$, NEVER);
    marbles((helpers) => {
      const server = fakeListerWatcher((_, index) => ({ watch: index === 0 ? 'o 20s i 20s j 199999ms |' : whole$ }), {
        cold: helpers.cold as never,
        values,
      });
      const said = transcript(helpers, reflector(server, { random, markerDeadline: minutes(4) }), minutes(20), () =>
        asyncScheduler.now(),
      );
      expect(server.requests.map(({ options }) => options.timeoutSeconds)).toEqual([240, 960]);
      expect(said.filter((line) => line.includes('Interrupted'))).toEqual([
        expect.stringContaining('Interrupted streaming: Timeout, attempt 1, retry in 800'),
      ]);
      expect(said.filter((line) => line.includes('Replaced'))).toHaveLength(1);
    });
  });
});

describe('two servers behind one address', () => {
  it('does not watch in silence from a version that the server does not have yet, once the connection has changed', () => {
    const answers: Answers = [
      { list: '(p|)' },
      { watch: 'oa 10s #', error: broken },
      { list: '#', error: tooLarge },
      { list: '(s|)' },
      { list: '#', error: tooLarge },
      { list: '(s|)' },
      { list: '(s|)' },
      { watch: 'o' },
    ];
    const each = run(seconds(30), answers, paged);
    expect(interruptions(each)).toEqual([
      'watching: Network, attempt 1, retry in 0',
      'watching: Timeout, attempt 2, retry in 1000',
      'watching: Timeout, attempt 3, retry in 1000',
    ]);
    expect(requests(each).slice(2)).toEqual([
      'list {"limit":1,"resourceVersion":"6","resourceVersionMatch":"NotOlderThan"}',
      'list {"limit":500}',
      'list {"limit":1,"resourceVersion":"9","resourceVersionMatch":"NotOlderThan"}',
      'list {"limit":500}',
      'list {"limit":1,"resourceVersion":"9","resourceVersionMatch":"NotOlderThan"}',
      'watch {"resourceVersion":"9"}',
    ]);
  });

  it('does not wait for a verification that takes long', () => {
    const answers: Answers = [
      { list: '(p|)' },
      { watch: 'oa 10s #', error: broken },
      { list: NEVER },
      { watch: 'o-c' },
    ];
    const each = run(seconds(30), answers, paged);
    expect(each.said.at(-1)).toMatch(/Deleted a@8$/);
  });
});
