import { asyncScheduler, interval, last, map, NEVER, of, take, tap, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  type KubernetesObject,
  type ListerWatcher,
  type ListPage,
  minutes,
  reflector,
  type ReflectorOptions,
} from 'kuberx';
import { buildObject, fakeListerWatcher, page, type FakeAnswer } from 'kuberx/testing';
import {
  broken,
  busy,
  expired,
  forbidden,
  garbage,
  internal,
  refusal,
  refused,
  tooLarge,
  unavailable,
  unreadable,
} from './failures.ts';
import { inWords, marbles, random, transcript, values, words } from './marbles.ts';
import { delays, interruptions, paged, requests, run, type Answer, type Answers, type Values } from './run.ts';

describe('reflector', () => {
  describe('initial state', () => {
    it('emits one Replaced for a streaming list, at its marker, then changes', () => {
      const { said, asked } = run(20, [{ watch: '-o-i-j-m-a-b-c' }]);
      expect(said).toEqual([
        '0 Requested streaming',
        '1 Opened streaming',
        '7 Replaced 5: a@4 b@3',
        '7 Opened watching',
        '9 Updated a@6',
        '11 Added b@7',
        '13 Deleted a@8',
      ]);
      expect(asked).toEqual(['0 watch {"resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}']);
    });

    it('folds changes and deletions that come before the marker', () => {
      const { said } = run(20, [{ watch: 'oijacm' }]);
      expect(said.at(2)).toBe('5 Replaced 5: b@3');
    });

    it('emits an empty Replaced for an empty streaming list', () => {
      expect(run(5, [{ watch: 'om' }]).said.slice(2)).toEqual(['1 Replaced 5: ', '1 Opened watching']);
    });

    it('ignores plain bookmarks before the marker', () => {
      expect(run(5, [{ watch: 'okim' }]).said.slice(2)).toEqual(['3 Replaced 5: a@4', '3 Opened watching']);
    });

    it('lists, then watches from the version of the list', () => {
      const { said, asked } = run(20, [{ list: '--(p|)' }, { watch: '-o-b' }], paged);
      expect(said).toEqual([
        '0 Requested listing',
        '2 Received listing 2',
        '2 Replaced 5: a@1 b@2',
        '2 Requested watching',
        '3 Opened watching',
        '5 Added b@7',
      ]);
      expect(asked).toEqual(['0 list {"limit":500}', '2 watch {"resourceVersion":"5"}']);
    });

    it('asks for page after page with the token alone, and replaces once', () => {
      const { said, asked } = run(20, [{ list: '-(q|)' }, { list: '--(r|)' }, { watch: 'o' }], paged);
      expect(said.slice(0, 4)).toEqual([
        '0 Requested listing',
        '1 Received listing 1 of 2',
        '3 Received listing 2',
        '3 Replaced 5: a@1 b@2',
      ]);
      expect(asked.slice(0, 2)).toEqual(['0 list {"limit":500}', '1 list {"limit":500,"continue":"more"}']);
    });

    it('refuses a page that names itself as the next one', () => {
      const { said } = run(20, [{ list: '-(q|)' }, { list: '-(q|)' }], paged);
      expect(said.at(-1)).toBe('2 Interrupted listing: Malformed, attempt 1, retry in 800');
    });

    it('refuses pages that go round in a circle', () => {
      const more: Values = { f: page([], '5', { continue: 'even' }), g: page([], '5', { continue: 'odd' }) };
      const { said } = run(20, [{ list: '-(f|)' }, { list: '-(g|)' }, { list: '-(f|)' }], paged, more);
      expect(said.at(-1)).toBe('3 Interrupted listing: Malformed, attempt 1, retry in 800');
    });

    it('gives up a list that has too many objects, and drops what came', () => {
      const next = (index: number): ListPage<KubernetesObject> =>
        page([buildObject(`default/p${index}`, '5')], '5', { continue: `after ${index}` });
      const endless = (index: number) => ({ list: timer(1000).pipe(map(() => next(index))) }) satisfies Answer;
      const each = run(12_500, endless, { ...paged, maxListObjects: 10 });
      expect(each.said).toContain('11000 Interrupted listing: TooLarge, attempt 1, retry in 800');
      expect(each.said.at(-1)).toBe('11800 Requested listing');
      expect(each.said.some((line) => line.includes('Replaced'))).toBe(false);
      const streamed = run(5, [{ watch: 'oij' }], { maxListObjects: 1 });
      expect(interruptions(streamed)).toEqual(['streaming: TooLarge, attempt 1, retry in 800']);
    });

    it('gives up a list whose pages are empty for ever', () => {
      const empty = (index: number) => ({ list: of(page([], '5', { continue: `after ${index}` })) }) satisfies Answer;
      const each = run(700, empty, paged);
      expect(interruptions(each)).toEqual(['listing: Malformed, attempt 1, retry in 800']);
      expect(each.asked).toHaveLength(1001);
    });

    it('takes any time for a list that makes progress', () => {
      const next = (index: number): ListPage<KubernetesObject> =>
        page([buildObject(`default/p${index}`, '5')], '5', index < 9 ? { continue: `after ${index}` } : {});
      const part = (index: number) => ({ list: timer(minutes(4)).pipe(map(() => next(index))) }) satisfies Answer;
      const slow = (index: number): Answer => (index < 10 ? part(index) : { watch: 'o' });
      const each = run(minutes(41), slow, paged);
      expect(interruptions(each)).toEqual([]);
      expect(each.said.some((line) => line.startsWith(`${minutes(40)} Replaced 5`))).toBe(true);
    });

    it('takes any time for a page of which parts come', () => {
      const parts: ListerWatcher<KubernetesObject> = {
        resource: 'v1/pods',
        list: (_, alive) =>
          interval(minutes(4)).pipe(
            tap(alive),
            take(10),
            last(),
            map(() => values.p),
          ),
        watch: () => NEVER,
      };
      marbles((helpers) => {
        const said = transcript(helpers, reflector(parts, { random, ...paged }), minutes(41), () =>
          asyncScheduler.now(),
        );
        expect(said).toContain(`${minutes(40)} Replaced 5: a@1 b@2`);
        expect(said.some((line) => line.includes('Interrupted'))).toBe(false);
      });
    });

    it('gives up a page of which nothing comes', () => {
      const each = run(minutes(6), [{ list: NEVER }, { list: NEVER }], paged);
      expect(interruptions(each)).toEqual(['listing: Idle, attempt 1, retry in 0']);
    });

    it('passes objects through admit as they arrive', () => {
      const arrived: string[] = [];
      const admit = (object: KubernetesObject): KubernetesObject => {
        arrived.push(object.metadata.name);
        return object;
      };
      run(20, [{ watch: 'oijmab' }], { admit });
      expect(arrived).toEqual(['a', 'b', 'a', 'b']);
    });
  });

  describe('fallback', () => {
    it('lists in pages at once where a streaming list is refused, and keeps a second between watch requests', () => {
      const { said, asked } = run(1500, [{ watch: '--#', error: refusal }, { list: '-(p|)' }, { watch: 'o' }]);
      expect(said).toEqual([
        '0 Requested streaming',
        '2 Requested listing',
        '3 Received listing 2',
        '3 Replaced 5: a@1 b@2',
        '1000 Requested watching',
        '1000 Opened watching',
      ]);
      expect(asked.slice(1)).toEqual(['2 list {"limit":500}', '1000 watch {"resourceVersion":"5"}']);
    });

    it('does not ask again for an hour', () => {
      const answers: Answers = [
        { watch: '#', error: refusal },
        { list: '(p|)' },
        { watch: `o 3590s #`, error: expired },
        { list: '(p|)' },
        { watch: 'o 100s #', error: expired },
        { watch: 'om' },
      ];
      const { asked } = run(3_800_000, answers, { watchTimeout: { min: 7_200_000, max: 7_200_000 } });
      expect(asked.map((line) => line.split(' ')[1])).toEqual(['watch', 'list', 'watch', 'list', 'watch', 'watch']);
      expect(asked[3]).toContain('{"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}');
      expect(asked[5]).toContain('sendInitialEvents');
    });

    it('lists in pages for this cycle where the stream is cut before its marker, without a hot loop', () => {
      const { said, asked } = run(3000, [{ watch: 'oi|' }, { list: '(p|)' }, { watch: 'o' }]);
      expect(said).toEqual([
        '0 Requested streaming',
        '0 Opened streaming',
        '2 Interrupted streaming: StreamCut, attempt 1, retry in 800',
        '802 Requested listing',
        '802 Received listing 2',
        '802 Replaced 5: a@1 b@2',
        '1000 Requested watching',
        '1000 Opened watching',
      ]);
      expect(asked).toHaveLength(3);
    });

    it('tries a streaming list again in the next cycle', () => {
      const { asked } = run(5000, [{ watch: 'oi|' }, { list: '(p|)' }, { watch: 'ox' }, { watch: 'om' }]);
      expect(asked.at(3)).toContain('"sendInitialEvents":true');
    });

    it('streams again where the network cut the stream before its marker, and lists in pages after the next cut', () => {
      const cut = { watch: 'o 2s ij-#', error: broken };
      const { said, asked } = run(20_000, [
        cut,
        cut,
        { list: '(s|)' },
        { watch: 'o-ax' },
        cut,
        cut,
        { list: '(s|)' },
        { watch: 'o' },
      ]);
      expect(asked.map((line) => line.split(' ')[1])).toEqual([
        ...['watch', 'watch', 'list', 'watch'],
        ...['watch', 'watch', 'list', 'watch'],
      ]);
      expect(
        said.filter((line) => line.includes('Interrupted streaming')).map((line) => line.split(', ').at(-1)),
      ).toEqual(['retry in 0', 'retry in 800', 'retry in 0', 'retry in 800']);
      expect(said.filter((line) => line.includes('Replaced')).map((line) => line.replace(/^\d+ /, ''))).toEqual([
        'Replaced 9: a@8',
        'Replaced 9: a@8',
      ]);
    });

    it('gives up a stream that is silent before its marker, after the deadline', () => {
      const { said } = run(40_000, [{ watch: 'oi' }, { list: '(p|)' }, { watch: 'o' }]);
      expect(said.slice(2, 7)).toEqual([
        '10000 Received streaming 1',
        '20000 Received streaming 1',
        '30000 Received streaming 1',
        '30001 Interrupted streaming: MarkerMissing, attempt 1, retry in 800',
        '30801 Requested listing',
      ]);
    });

    it('lists at once where streaming is forbidden, and retries the forbidden watch without listing again', () => {
      const answers = (index: number): FakeAnswer<KubernetesObject> =>
        index === 1 ? { list: '(p|)' } : { watch: '#', error: forbidden };
      const { said, asked } = run(10_000, answers);
      expect(said.slice(0, 5)).toEqual([
        '0 Requested streaming',
        '0 Interrupted streaming: Forbidden, attempt 1, retry in 0',
        '0 Requested listing',
        '0 Received listing 2',
        '0 Replaced 5: a@1 b@2',
      ]);
      expect(asked.slice(2)).toEqual([
        '1000 watch {"resourceVersion":"5"}',
        '2000 watch {"resourceVersion":"5"}',
        '3600 watch {"resourceVersion":"5"}',
        '6800 watch {"resourceVersion":"5"}',
      ]);
      expect(asked.filter((line) => line.includes('list'))).toHaveLength(1);
      expect(
        said.filter((line) => line.includes('Interrupted watching')).map((line) => line.replace(/^\d+ /, '')),
      ).toEqual([
        'Interrupted watching: Forbidden, attempt 2, retry in 1000',
        'Interrupted watching: Forbidden, attempt 3, retry in 1600',
        'Interrupted watching: Forbidden, attempt 4, retry in 3200',
        'Interrupted watching: Forbidden, attempt 5, retry in 6400',
      ]);
    });
  });

  describe('410 and versions of the future', () => {
    it('relists not older than the last version after a 410 in the stream', () => {
      const { said, asked } = run(5000, [{ watch: 'oimax' }, { watch: 'on' }]);
      expect(said.slice(5)).toEqual([
        '4 Interrupted watching: Expired, attempt 1, retry in 996',
        '1000 Requested streaming',
        '1000 Opened streaming',
        '1001 Replaced 9: ',
        '1001 Opened watching',
      ]);
      expect(asked[1]).toBe(
        '1000 watch {"resourceVersion":"6","resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}',
      );
    });

    it('relists after a 410 on the watch request', () => {
      const { said, asked } = run(
        3000,
        [{ list: '(p|)' }, { watch: '#', error: expired }, { list: '(s|)' }, { watch: 'o' }],
        paged,
      );
      expect(said.at(4)).toBe('0 Interrupted watching: Expired, attempt 1, retry in 1000');
      expect(asked[2]).toBe('1000 list {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}');
      expect(said).toContain('1000 Replaced 9: a@8');
    });

    it('lists the most recent state at once where the list says 410', () => {
      const { asked, said } = run(
        5000,
        [
          { list: '(p|)' },
          { watch: '#', error: expired },
          { list: '-#', error: expired },
          { list: '(s|)' },
          { watch: 'o' },
        ],
        paged,
      );
      expect(asked.slice(2, 4)).toEqual([
        '1000 list {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}',
        '1001 list {"limit":500}',
      ]);
      expect(said).toContain('1001 Interrupted listing: Expired, attempt 2, retry in 0');
    });

    it('does not go back to a relist that is older than asked for, but lists the most recent state at once', () => {
      const more: Values = { f: page([], '4') };
      const { asked, said } = run(
        5000,
        [
          { list: '(p|)' },
          { watch: '#', error: expired },
          { list: '-(f|)' },
          { list: '(s|)' },
          { list: '(s|)' },
          { watch: 'o' },
        ],
        paged,
        more,
      );
      expect(said).toContain('1001 Interrupted listing: Stale, attempt 2, retry in 0');
      expect(asked[3]).toBe('1001 list {"limit":500}');
      expect(said.filter((line) => line.includes('Replaced'))).toEqual([
        '0 Replaced 5: a@1 b@2',
        '1001 Replaced 9: a@8',
      ]);
    });

    it('does not go back to a streaming list that is older than asked for either', () => {
      const { asked, said } = run(5000, [{ watch: 'on#', error: expired }, { watch: 'oim' }, { watch: 'on' }]);
      expect(said).toContain('1002 Interrupted streaming: Stale, attempt 2, retry in 998');
      expect(asked[2]).toBe('2000 watch {"resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}');
      expect(said.filter((line) => line.includes('Replaced'))).toEqual(['1 Replaced 9: ', '2001 Replaced 9: ']);
    });

    it('believes the most recent state that is older, as of a storage that was restored', () => {
      const more: Values = { f: page([], '4') };
      const { said, asked } = run(
        5000,
        [
          ...[{ list: '(p|)' }, { watch: '#', error: expired }, { list: '(f|)' }, { list: '(f|)' }],
          ...[{ list: '(f|)' }, { watch: 'o' }],
        ],
        paged,
        more,
      );
      expect(said).toContain('1000 Replaced 4: ');
      // A server that lags may have listed what its own watch does not know yet.
      expect(asked[4]).toBe('1000 list {"limit":1,"resourceVersion":"4","resourceVersionMatch":"NotOlderThan"}');
      expect(asked[5]).toBe('1000 watch {"resourceVersion":"4"}');
    });

    it('gives up a version that the server cannot read, as one that came in the place of another', () => {
      const answers: Answers = [
        { list: '(p|)' },
        { watch: 'o 2s #', error: internal },
        { watch: '#', error: internal },
        { watch: '#', error: internal },
        { list: '#', error: unreadable },
        { list: '(s|)' },
        { watch: 'o' },
      ];
      const { asked, said } = run(60_000, answers, paged);
      expect(asked[4]).toMatch(/list \{"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"\}$/);
      expect(said).toContainEqual(expect.stringMatching(/listing: BadRequest, attempt 4, retry in 6400$/));
      expect(asked[5]).toMatch(/list \{"limit":500\}$/);
    });

    it('takes a version that cannot be compared for good', () => {
      const more: Values = { f: page([], 'other-4') };
      const { said } = run(
        5000,
        [{ list: '(p|)' }, { watch: '#', error: expired }, { list: '(f|)' }, { watch: 'o' }],
        paged,
        more,
      );
      expect(said).toContain('1000 Replaced other-4: ');
    });

    it('streams the most recent state where a streaming relist says 410 or too large', () => {
      for (const error of [expired, tooLarge]) {
        const { asked } = run(5000, [{ watch: 'om#', error: expired }, { watch: '#', error }, { watch: 'on' }]);
        expect(asked.slice(1)).toEqual([
          '1000 watch {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}',
          '2000 watch {"resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}',
        ]);
      }
    });

    it('starts over with one whole list where a continue token has expired, and mixes nothing in', () => {
      const { asked, said } = run(
        3000,
        [{ list: '-(q|)' }, { list: '-#', error: expired }, { list: '-(s|)' }, { watch: 'o' }],
        paged,
      );
      expect(asked.slice(0, 3)).toEqual([
        '0 list {"limit":500}',
        '1 list {"limit":500,"continue":"more"}',
        '2 list {}',
      ]);
      expect(said.filter((line) => line.includes('Replaced'))).toEqual(['3 Replaced 9: a@8']);
    });

    it('does so as well where a streaming list was refused before', () => {
      const answers: Answers = [
        { watch: '#', error: refusal },
        { list: '-(q|)' },
        { list: '-#', error: expired },
        { list: '-(s|)' },
        { watch: 'o' },
      ];
      expect(run(3000, answers).asked[3]).toBe('2 list {}');
    });

    it('lists the most recent state at once where the version is one of the future', () => {
      const { asked } = run(
        5000,
        [
          { list: '(p|)' },
          { watch: '#', error: expired },
          { list: '-#', error: tooLarge },
          { list: '(s|)' },
          { list: '(s|)' },
          { watch: 'o' },
        ],
        paged,
      );
      expect(asked[3]).toBe('1001 list {"limit":500}');
    });

    it('doubts a version after two quiet watches, and finds out that it is one of the future', () => {
      const answers: Answers = [
        { list: '(p|)' },
        { watch: 'o 200s |' },
        { watch: 'o 200s |' },
        { list: '#', error: tooLarge },
        { list: '(s|)' },
        { list: '(s|)' },
        { watch: 'o' },
      ];
      const { asked, said } = run(500_000, answers, paged);
      expect(asked[3]).toMatch(/list \{"limit":1,"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"\}$/);
      expect(asked[4]).toMatch(/list \{"limit":500\}$/);
      expect(said.find((line) => line.includes('Interrupted'))).toMatch(/watching: Timeout, attempt 1, retry in 1000$/);
    });

    it('doubts a version as well where the server, asked for it, has only an older one', () => {
      const more: Values = { f: page([], '4') };
      const answers: Answers = [
        { list: '(p|)' },
        { watch: 'o 200s |' },
        { watch: 'o 200s |' },
        { list: '(f|)' },
        { list: '(s|)' },
        { list: '(s|)' },
        { watch: 'o' },
      ];
      const each = run(500_000, answers, paged, more);
      expect(interruptions(each)).toEqual(['watching: Stale, attempt 1, retry in 1000']);
      expect(requests(each)[4]).toBe('list {"limit":500}');
    });

    it('goes on watching where the version in doubt is good, or the list is not allowed', () => {
      for (const answer of [{ list: '(p|)' }, { list: '#', error: forbidden }]) {
        const answers: Answers = [
          { list: '(p|)' },
          { watch: 'o 200s |' },
          { watch: 'o 200s |' },
          answer,
          { watch: 'o-a' },
        ];
        expect(run(420_000, answers, paged).said.at(-1)).toMatch(/Updated a@6$/);
      }
    });
  });

  describe('ends of a watch', () => {
    it('resumes from the last change or bookmark after a clean end', () => {
      const { asked, said } = run(9000, [{ watch: 'oimak 5s |' }, { watch: 'o-(c|)' }, { watch: 'o' }]);
      expect(asked.slice(1)).toEqual(['5005 watch {"resourceVersion":"20"}', '6005 watch {"resourceVersion":"20"}']);
      expect(said.some((line) => line.includes('Interrupted'))).toBe(false);
    });

    it('keeps a second between watches that end at once after an event: no hot loop', () => {
      const { asked } = run(10_000, (index) => ({ watch: index === 0 ? 'om|' : '(oa|)' }));
      expect(asked).toHaveLength(10);
    });

    it('relists after a watch that ends at once and empty: the version may be gone', () => {
      const { said } = run(8000, [{ watch: 'om 2s |' }, { watch: 'o|' }, { watch: 'on' }]);
      expect(said.slice(4)).toEqual([
        '2002 Requested watching',
        '2002 Opened watching',
        '2003 Interrupted watching: ShortWatch, attempt 1, retry in 999',
        '3002 Requested streaming',
        '3002 Opened streaming',
        '3003 Replaced 9: ',
        '3003 Opened watching',
      ]);
    });

    it('watches once more where that version was just listed, and keeps its brake where every watch ends so', () => {
      const each = run(60_000, (index) => (index % 3 === 0 ? { list: '(p|)' } : { watch: 'o|' }), paged);
      expect(requests(each).slice(0, 4)).toEqual([
        'list {"limit":500}',
        'watch {"resourceVersion":"5"}',
        'watch {"resourceVersion":"5"}',
        'list {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}',
      ]);
      expect(delays(each)).toEqual([999, 1600, 3200, 6400, 12_800, 25_600, 30_000]);
    });

    it('verifies the version after a broken connection, watches from it, and never lists all', () => {
      const each = run(60_000, (index) => {
        if (index === 0) return { watch: 'om 2s #', error: broken };
        return index % 2 === 1 ? { list: '(p|)' } : { watch: 'o 2s #', error: broken };
      });
      expect(each.asked.length).toBeGreaterThan(40);
      expect(new Set(requests(each).slice(1))).toEqual(
        new Set([
          'list {"limit":1,"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}',
          'watch {"resourceVersion":"5"}',
        ]),
      );
    });

    it('reopens a watch within 250 ms that lived a second and broke, however often, and begins its count anew', () => {
      const cut = (index: number): Answer => {
        if (index === 0) return { watch: 'om 49s #', error: broken };
        return index % 2 === 1 ? { list: '(p|)' } : { watch: 'o 50s #', error: broken };
      };
      const each = run(180_000, cut, { random: () => 1 });
      expect(interruptions(each)).toEqual(Array(3).fill('watching: Network, attempt 1, retry in 250'));
      expect(each.asked.map((line) => line.split(' ')[0])).toEqual([
        '0',
        '49252',
        '49252',
        '99503',
        '99503',
        '149754',
        '149754',
      ]);
    });

    it('is not faster where it breaks within a second', () => {
      const cut = (index: number): Answer =>
        index === 0 ? { watch: 'om|' } : index % 2 === 0 ? { list: '(p|)' } : { watch: 'o 900ms #', error: broken };
      expect(delays(run(60_000, cut))).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000]);
    });

    it('reopens a watch that is silent beyond its timeout and the margin', () => {
      const { said, asked } = run(260_000, [{ watch: 'oma' }, { list: '(s|)' }, { watch: 'o' }]);
      expect(said).toContain('250002 Interrupted watching: Idle, attempt 1, retry in 0');
      expect(asked[2]).toBe('250002 watch {"resourceVersion":"6"}');
    });

    it('does not call a watch idle that speaks now and then', () => {
      const { said } = run(800_000, [{ watch: 'om 200s a 200s k 200s c' }]);
      expect(said.some((line) => line.includes('Interrupted'))).toBe(false);
    });

    it('asks for a timeout between 240 and 290 s', () => {
      const timeouts = [0, 0.5, 0.999].map(
        (chance) => run(5, [{ watch: 'o' }], { random: () => chance }).server.requests[0]?.options.timeoutSeconds,
      );
      expect(timeouts).toEqual([240, 265, 289]);
    });
  });

  describe('failures', () => {
    it('retries a refused connection with delays that grow to the cap', () => {
      const { asked } = run(20_000, () => ({ watch: '#', error: refused }));
      expect(asked.map((line) => Number(line.split(' ')[0]))).toEqual([
        0, 1000, 2250, 3813, 5766, 8207, 11_259, 15_074, 18_974,
      ]);
      const { asked: paging } = run(minutes(1), () => ({ list: '#', error: refused }), paged);
      expect(paging.length).toBeLessThan(20);
    });

    it('waits for Retry-After where it is longer, and repeats the same request', () => {
      const { said, asked } = run(8000, [{ list: '#', error: busy }, { list: '(p|)' }, { watch: 'o' }], paged);
      expect(said[1]).toBe('0 Interrupted listing: TooManyRequests, attempt 1, retry in 5000');
      expect(asked[1]).toBe('5000 list {"limit":500}');
    });

    it('retries the watch, not the list, after 429 and 503 on the watch', () => {
      const { asked } = run(20_000, [
        { watch: 'om 3s #', error: unavailable },
        { watch: '#', error: busy },
        { watch: 'o' },
      ]);
      expect(asked.slice(1)).toEqual(['3802 watch {"resourceVersion":"5"}', '8802 watch {"resourceVersion":"5"}']);
    });

    it('keeps its delays where chance is not a number', () => {
      const { said } = run(5000, () => ({ list: '#', error: unavailable }), { ...paged, random: () => NaN });
      expect(said.filter((line) => line.includes('Interrupted'))).toHaveLength(3);
    });

    it('goes on where the name of the host cannot be had', () => {
      marbles(({ cold, flush }) => {
        const server = {
          resource: 'v1/pods',
          get host(): string {
            throw new TypeError('no host');
          },
          list: () => throwError(() => unavailable),
          watch: () => NEVER,
        } satisfies ListerWatcher<KubernetesObject>;
        const said: string[] = [];
        const subscription = reflector(server, { ...paged, random }).subscribe((event) => said.push(inWords(event)));
        cold('5s x').subscribe(() => subscription.unsubscribe());
        flush();
        expect(said.filter((line) => line.includes('Interrupted'))).toHaveLength(3);
      });
    });

    it('shows a forbidden list and keeps trying with growing delays', () => {
      const { said } = run(5000, () => ({ list: '#', error: forbidden }), paged);
      expect(said.filter((line) => line.includes('Interrupted'))).toEqual([
        '0 Interrupted listing: Forbidden, attempt 1, retry in 800',
        '800 Interrupted listing: Forbidden, attempt 2, retry in 1600',
        '2400 Interrupted listing: Forbidden, attempt 3, retry in 3200',
      ]);
    });

    it('resumes after a garbage frame, and relists when it comes again and again', () => {
      const { asked } = run(20_000, (index) =>
        index === 0
          ? { watch: 'om-#', error: garbage }
          : index === 3
            ? { watch: 'on' }
            : { watch: 'o#', error: garbage },
      );
      expect(asked.slice(1).map((line) => line.replace(/^\d+ /, ''))).toEqual([
        'watch {"resourceVersion":"5"}',
        'watch {"resourceVersion":"5"}',
        'watch {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}',
      ]);
    });

    it('reports an ERROR frame of any code, and relists when it repeats', () => {
      const { said, asked } = run(20_000, [{ watch: 'omy' }, { watch: 'oy' }, { watch: 'oy' }, { watch: 'on' }]);
      expect(said.filter((line) => line.includes('InternalError'))).toHaveLength(3);
      expect(asked.at(3)).toContain('sendInitialEvents');
    });

    it('turns what is not a KubeError into one', () => {
      const { said } = run(100, [{ list: '#', error: new TypeError('x is not a function') }], paged);
      expect(said[1]).toBe('0 Interrupted listing: Unknown, attempt 1, retry in 800');
    });

    it('resets the delay on a change or a bookmark, not on a list', () => {
      const answers = (index: number): FakeAnswer<KubernetesObject> => {
        if (index % 2 === 1) return { list: '(s|)' };
        return { watch: index === 0 ? 'om#' : index === 6 ? 'oa#' : '#', error: broken };
      };
      const attempts = run(20_000, answers)
        .said.filter((line) => line.includes('Interrupted'))
        .map((line) => /attempt (\d+)/.exec(line)?.[1]);
      expect(attempts.slice(0, 6)).toEqual(['1', '2', '3', '1', '2', '3']);
    });

    it('does not reset the delay on list after list', () => {
      const answers = (index: number): FakeAnswer<KubernetesObject> =>
        index % 2 === 0 ? { list: '(p|)' } : { watch: '#', error: expired };
      const delays = run(40_000, answers, paged)
        .said.filter((line) => line.includes('Interrupted'))
        .map((line) => Number(line.split(' ').at(-1)));
      expect(delays).toEqual([1000, 1600, 3200, 6400, 12_800, 25_600]);
    });

    it('resets the delay once a watch has been open for a minute', () => {
      const answers = (index: number): FakeAnswer<KubernetesObject> => {
        if (index % 2 === 1) return { list: '(s|)' };
        return { watch: index === 0 ? 'om#' : index === 6 ? 'o 61s #' : '#', error: broken };
      };
      const attempts = run(80_000, answers)
        .said.filter((line) => line.includes('Interrupted'))
        .map((line) => /attempt (\d+)/.exec(line)?.[1]);
      expect(attempts.slice(0, 5)).toEqual(['1', '2', '3', '1', '2']);
    });
  });

  describe('an open stream', () => {
    it('is told of once, and again when a watch has been open for a minute', () => {
      const { said } = run(70_000, [{ list: '(p|)' }, { watch: '200ms o 5s o 5s a' }], paged);
      expect(said.slice(3)).toEqual([
        '0 Requested watching',
        '200 Opened watching',
        '10202 Updated a@6',
        '60200 Settled',
      ]);
    });

    it('is told of with each part of a streaming list, and as it becomes a watch', () => {
      const { said } = run(70_000, [{ watch: '-o-ij-m' }], { pageSize: 1 });
      expect(said).toEqual([
        '0 Requested streaming',
        '1 Opened streaming',
        '3 Received streaming 1',
        '4 Received streaming 2',
        '6 Replaced 5: a@4 b@3',
        '6 Opened watching',
        '60006 Settled',
      ]);
    });

    it.each([
      [
        'a watch',
        (index: number, verb: string): FakeAnswer<KubernetesObject> =>
          verb === 'list' ? { list: '(p|)' } : { watch: index === 0 ? 'om#' : 'o-#', error: broken },
      ],
      ['a streaming list', (): FakeAnswer<KubernetesObject> => ({ watch: 'o-#', error: busy })],
    ])('does not reset the delay, as no more than the start of %s', (_, answers) => {
      const attempts = run(60_000, answers)
        .said.filter((line) => line.includes('Interrupted'))
        .map((line) => /attempt (\d+)/.exec(line)?.[1]);
      expect(attempts.slice(0, 5)).toEqual(['1', '2', '3', '4', '5']);
    });

    it('is not taken for a request: the second until the next one has begun before', () => {
      const { asked } = run(3000, [{ watch: '500ms o 300ms (m|)' }, { watch: 'o' }]);
      expect(asked[1]).toBe('1000 watch {"resourceVersion":"5"}');
    });
  });

  describe('subscriptions', () => {
    it.each([
      ['streaming', 5, [{ watch: 'oi' }], {}],
      ['listing', 5, [{ list: '---' }], paged],
      ['between pages', 5, [{ list: '-(q|)' }, { list: '---' }], paged],
      ['watching', 50, [{ watch: 'om' }], {}],
      ['waiting to retry', 500, [{ watch: '#', error: refused }], {}],
      ['waiting to reopen', 500, [{ watch: 'om|' }], {}],
      ['waiting between a refused stream and its watch', 500, [{ watch: '#', error: refusal }, { list: '(p|)' }], {}],
    ] satisfies [string, number, Answers, ReflectorOptions<KubernetesObject>][])(
      'leave nothing behind when unsubscribed while %s',
      (_, milliseconds, answers, options) => {
        marbles((helpers) => {
          const server = fakeListerWatcher(answers, { cold: helpers.cold as never, values });
          let events = 0;
          const subscription = reflector(server, { random, resyncPeriod: 100, ...options }).subscribe(
            () => (events += 1),
          );
          helpers.cold(`${milliseconds}ms x`).subscribe(() => {
            subscription.unsubscribe();
            expect(server.openRequests).toBe(0);
            events = 0;
          });
          // A timer that was left would go on for ever, and end the run with a request or an event.
          helpers.flush();
          expect(events).toBe(0);
          expect(server.requests).toHaveLength(answers.length);
        });
      },
    );

    it('run one reflector for each subscriber', () => {
      marbles(({ cold, expectObservable }) => {
        const server = fakeListerWatcher([{ watch: '--o---m' }, { watch: '---o--m' }], { cold: cold as never, values });
        const events$ = reflector(server, { random }).pipe(words());
        const expected = { s: 'Requested streaming', o: 'Opened streaming', r: 'Replaced 5: ', w: 'Opened watching' };
        expectObservable(events$, '^------!').toBe('s-o---(rw)', expected);
        expectObservable(events$, '^------!').toBe('s--o--(rw)', expected);
      });
    });
  });

  it('emits Sync on a timer armed by the first Replaced, through relists and interruptions', () => {
    const { said } = run(3500, [{ watch: '-om-#', error: expired }, { watch: 'on' }], { resyncPeriod: 1000 });
    expect(said.filter((line) => line.endsWith('Sync'))).toEqual(['1002 Sync', '2002 Sync', '3002 Sync']);
  });

  it.each([
    [{ resyncPeriod: -1 }, /resync period is -1/],
    [{ resyncPeriod: NaN }, /resync period is NaN/],
    [{ pageSize: 0 }, /pageSize is 0/],
    [{ pageSize: 1e300 }, /pageSize is 1e\+300/],
    [{ markerDeadline: -5 }, /markerDeadline is -5/],
    [{ maxListObjects: -5 }, /maxListObjects is -5/],
    [{ maxListObjects: NaN }, /maxListObjects is NaN/],
    [{ watchTimeout: { min: 10_000, max: 5000 } }, /watchTimeout is 10000 to 5000/],
    [{ watchTimeout: { min: 10_000, max: 1e300 } }, /watchTimeout is 10000 to 1e\+300/],
    [{ backoff: { factor: 0 } }, /backoff.factor is 0/],
  ] as [ReflectorOptions<KubernetesObject>, RegExp][])('refuses %j at once', (options, message) => {
    expect(() => reflector(fakeListerWatcher([]), options)).toThrow(RangeError);
    expect(() => reflector(fakeListerWatcher([]), options)).toThrow(message);
  });

  it('takes a period longer than any timer', () => {
    const { said } = run(2 ** 31 + 5000, [{ watch: 'om' }], {
      resyncPeriod: 2 ** 31,
      watchTimeout: { min: 2 ** 33, max: 2 ** 33 },
    });
    expect(said.filter((line) => line.endsWith('Sync'))).toEqual([`${2 ** 31 + 1} Sync`]);
  });
});
