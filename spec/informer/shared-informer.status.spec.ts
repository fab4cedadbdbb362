import { delay, distinctUntilChanged, filter, map, of, skip, take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type InformerStatus, seconds } from 'kuberx';
import { buildObject, page } from 'kuberx/testing';
import { play, withoutTime } from './scene.ts';

describe('sharedInformer', () => {
  describe('its status', () => {
    const inShort = ({ phase, since, stale, attempt, retryAt, progress, lastError }: InformerStatus): string =>
      [
        phase,
        `since ${since}`,
        ...(stale ? ['stale'] : []),
        ...(progress ? [`${progress.received} received`] : []),
        ...(attempt ? [`attempt ${attempt}: ${lastError?.reason ?? ''}`] : []),
        ...(retryAt === undefined ? [] : [`retry at ${retryAt}`]),
      ].join(', ');

    it('tells each step of its life, and what went wrong', () => {
      const refused = { watch: '-#', error: new Error('refused') };
      const listed = page([buildObject('default/a', '6')], '25');
      const lines = play(['-o-abm--A---x', refused, { list: of(listed) }, '-o---'], (scene) => {
        const { informer, note, at } = scene;
        const status = informer.status$.subscribe((each) => note(inShort(each)));
        const connection = informer.connect();
        at(seconds(5), () => connection.unsubscribe());
        at(seconds(6), () => status.unsubscribe());
      });
      expect(lines).toEqual([
        '0: idle, since 0',
        '0: waiting, since 0, retry at 0',
        '0: streaming, since 0, 0 received',
        '5: streaming, since 0, 0 received',
        '5: watching, since 5',
        '12: waiting, since 12, stale, attempt 1: Expired, retry at 1000',
        '1000: streaming, since 1000, stale, 0 received, attempt 1: Expired',
        '1001: waiting, since 1001, stale, attempt 2: Unknown, retry at 1801',
        '1801: listing, since 1801, stale, 0 received, attempt 2: Unknown',
        '1801: listing, since 1801, stale, 1 received, attempt 2: Unknown',
        '1801: listing, since 1801, 1 received',
        '2000: watching, since 2000',
        '5000: stopped, since 5000, stale',
      ]);
    });

    it('tells that a resumed state is stale until its watch is open', () => {
      const lines = play(['oabm', '--o---'], (scene) => {
        const { informer, note, at } = scene;
        const first = informer.connect();
        at(4, () => first.unsubscribe());
        at(1010, () => {
          const status = informer.status$.subscribe((each) => note(inShort(each)));
          const second = informer.connect();
          at(5, () => {
            second.unsubscribe();
            status.unsubscribe();
          });
        });
      });
      expect(lines).toEqual([
        '1010: stopped, since 4, stale',
        '1010: waiting, since 1010, stale, retry at 1010',
        '1010: watching, since 1010, stale',
        '1012: watching, since 1010',
        '1015: stopped, since 1015, stale',
      ]);
    });

    describe('while a watch that has ended is reopened', () => {
      const timesStale = (...[answers, options]: [Parameters<typeof play>[0], Parameters<typeof play>[2]?]): string[] =>
        play(
          answers,
          ({ informer, note, at }) => {
            const stale$ = informer.status$.pipe(
              map(({ stale }) => stale),
              distinctUntilChanged(),
              skip(1),
            );
            const status = stale$.subscribe((stale) => note(stale ? 'stale' : 'up to date'));
            const connection = informer.connect();
            at(seconds(220), () => {
              status.unsubscribe();
              connection.unsubscribe();
            });
          },
          options,
        );

      it('is not stale where that is done at once', () => {
        expect(timesStale(['oabm 5s |', 'o 5s k 5s |', '-A 5s |', '900ms o'])).toEqual([]);
      });

      it('is stale from a second without an answer on, until there is one', () => {
        expect(timesStale(['oabm 5s |', '3s o 2s (k|)', '1500ms B'])).toEqual([
          '6004: stale',
          '8004: up to date',
          '11005: stale',
          '11505: up to date',
        ]);
      });

      it('is stale as well where the watch after a list is not answered', () => {
        const listed = page([buildObject('default/a', '6')], '25');
        expect(timesStale([{ list: of(listed) }, '900ms o'], { streaming: false })).toEqual([]);
        expect(timesStale([{ list: of(listed) }, '2s o'], { streaming: false })).toEqual([
          '1000: stale',
          '2000: up to date',
        ]);
      });

      it('is stale where it takes long to make sure that the server still has the version', () => {
        const late$ = of(page([buildObject('default/a', '6')], '25')).pipe(delay(seconds(5)));
        expect(timesStale(['oam 99s |', 'o 99s |', { list: late$ }, 'o'])).toEqual([
          '199004: stale',
          '203004: up to date',
        ]);
      });

      it('is silent where it is stopped meanwhile', () => {
        const lines = play(['oabm', '5s o'], ({ informer, note, at }) => {
          const first = informer.connect();
          at(10, () => first.unsubscribe());
          at(1010, () => {
            const second = informer.connect();
            const status = informer.status$.subscribe(({ phase }) => note(phase));
            at(500, () => second.unsubscribe());
            at(9000, () => status.unsubscribe());
          });
        });
        expect(withoutTime(lines)).toEqual(['watching', 'stopped']);
      });
    });

    it.each([
      ['its first state', 1, 'oabm-A'],
      ['a change', 3, 'oabm-A'],
    ])('is stopped where the last subscriber leaves at %s', (_, count, watch) => {
      play([watch], ({ informer, at }) => {
        informer.events$.pipe(take(count)).subscribe();
        at(10, () => expect(informer.status$.value).toMatchObject({ phase: 'stopped', stale: true, synced: true }));
      });
    });

    it('says nothing of changes and bookmarks, whose version is in the snapshot', () => {
      const lines = play(['oabm-A-k-Bdc'], ({ informer, note, at }) => {
        const connection = informer.snapshot$.subscribe(({ resourceVersion }) => note(`version ${resourceVersion}`));
        at(4, () => informer.status$.subscribe(({ phase }) => note(phase)));
        at(20, () => connection.unsubscribe());
      });
      expect(lines).toEqual([
        '3: version 5',
        '4: watching',
        '5: version 6',
        '7: version 20',
        '9: version 20',
        '10: version 20',
        '11: version 20',
        '20: stopped',
      ]);
    });

    it('tells its status in one order to everyone, also what a subscriber causes by it', () => {
      const lines = play(['oabm', 'o'], ({ informer, note, at }) => {
        const stopped$ = informer.status$.pipe(filter(({ phase }) => phase === 'stopped'));
        stopped$.pipe(take(1)).subscribe(() => {
          const again = informer.connect();
          at(seconds(2), () => again.unsubscribe());
        });
        const status = informer.status$.subscribe(({ phase }) => note(phase));
        const first = informer.connect();
        at(5, () => first.unsubscribe());
        at(1009, () => status.unsubscribe());
      });
      expect(withoutTime(lines).slice(-4)).toEqual(['stopped', 'waiting', 'watching', 'watching']);
    });

    it('starts again from within a subscriber that hears of its stop', () => {
      const lines = play(['oabm', 'o-A'], ({ informer, note, at, server }) => {
        let again: { unsubscribe: () => void } | undefined;
        const status = informer.status$.pipe(filter(({ phase }) => phase === 'stopped')).subscribe(() => {
          if (again === undefined) again = informer.connect();
        });
        const first = informer.connect();
        at(5, () => {
          first.unsubscribe();
          note(`open ${server.openRequests}`);
        });
        at(1020, () => {
          again?.unsubscribe();
          status.unsubscribe();
          note(`open ${server.openRequests}, requests ${server.requests.length}`);
        });
      });
      expect(lines).toEqual(['5: open 1', '1020: open 0, requests 2']);
    });
  });
});
