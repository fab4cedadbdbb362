import { getEventListeners } from 'node:events';
import {
  concat,
  config,
  delay,
  distinctUntilChanged,
  filter,
  finalize,
  map,
  NEVER,
  of,
  skip,
  take,
  throwError,
  type Unsubscribable,
} from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { KubeError, minutes, seconds, type InformerStatus } from 'kuberx';
import { buildObject, page } from 'kuberx/testing';
import { inWords, play, type Scene, values } from './scene.ts';

const listen = ({ informer, note }: Scene, who = ''): { unsubscribe: () => void } =>
  informer.events({ withSynced: true }).subscribe((event) => note(who + inWords(event)));

const withoutTime = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/^\d+: /, ''));

describe('sharedInformer', () => {
  describe('its life', () => {
    it('should start with the first subscriber, share one watch, and stop with the last', () => {
      const lines = play(['o-abm-A---'], (scene) => {
        const { at, server, note } = scene;
        note(`requests ${server.requests.length}`);
        const first = listen(scene, '1 ');
        at(5, () => {
          const second = listen(scene, '2 ');
          at(3, () => first.unsubscribe());
          at(4, () => {
            note(`requests ${server.requests.length}, open ${server.openRequests}`);
            second.unsubscribe();
            note(`open ${server.openRequests}`);
          });
        });
      });
      expect(lines).toEqual([
        '0: requests 0',
        '4: 1 added a@4 initial',
        '4: 1 added b@3 initial',
        '4: 1 synced',
        '5: 2 added a@4 initial',
        '5: 2 added b@3 initial',
        '5: 2 synced',
        '6: 1 updated a@4 to a@6',
        '6: 2 updated a@4 to a@6',
        '9: requests 1, open 1',
        '9: open 0',
      ]);
    });

    it('should not be started by reading, nor by its status', () => {
      play([], ({ informer, server, at }) => {
        const status = informer.status$.subscribe();
        expect(informer.snapshot$.value).toMatchObject({ size: 0, synced: false, resourceVersion: undefined });
        expect(informer.hasSynced$.value).toBe(false);
        expect(informer.lister.list()).toEqual([]);
        expect(informer.store.byIndex('uid', 'x')).toEqual([]);
        at(10, () => status.unsubscribe());
        at(20, () => expect(server.requests).toEqual([]));
      });
    });

    it.each([
      ['snapshot$', ({ informer }: Scene) => informer.snapshot$.subscribe()],
      ['commits$', ({ informer }: Scene) => informer.commits$.subscribe()],
      ['events$', ({ informer }: Scene) => informer.events$.subscribe()],
      ['hasSynced$', ({ informer }: Scene) => informer.hasSynced$.subscribe()],
      ['object$', ({ informer }: Scene) => informer.object$('default/a').subscribe()],
      ['connect', ({ informer }: Scene) => informer.connect()],
      ['start', ({ informer }: Scene) => informer.start()],
    ])('should be started by %s, once for all, and stopped with it', (_, use) => {
      play(['oabm----'], (scene) => {
        const { at, server } = scene;
        const [one, two] = [use(scene), use(scene)];
        at(4, () => {
          one.unsubscribe();
          one.unsubscribe();
          expect(server.requests).toHaveLength(1);
          expect(server.openRequests).toBe(1);
          two.unsubscribe();
          expect(server.openRequests).toBe(0);
        });
      });
    });

    it('should go on through a gap between subscribers that is shorter than its grace period', () => {
      const gracePeriod = 10;
      const lines = play(
        ['oabm------------------', 'o---------'],
        (scene) => {
          const { at, server, note } = scene;
          const count = (): void => note(`requests ${server.requests.length}, open ${server.openRequests}`);
          const first = scene.informer.connect();
          at(4, () => first.unsubscribe());
          at(13, () => {
            const second = scene.informer.connect();
            at(2, () => second.unsubscribe());
          });
          at(14, count);
          at(24, count);
          at(26, count);
        },
        { gracePeriod },
      );
      expect(lines).toEqual(['14: requests 1, open 1', '24: requests 1, open 1', '26: requests 1, open 0']);
    });

    it('should keep what it has, to read, and resume from its version', () => {
      const lines = play(['oabm-A', 'o--B'], (scene) => {
        const { at, informer, server, note } = scene;
        const first = listen(scene, '1 ');
        at(6, () => first.unsubscribe());
        at(1100, () => {
          note(`${informer.snapshot$.value.size} at ${informer.snapshot$.value.resourceVersion ?? ''}`);
          note(`stale ${informer.status$.value.stale}`);
          const second = listen(scene, '2 ');
          at(5, () => second.unsubscribe());
        });
        at(1110, () => expect(server.requests[1]).toMatchObject({ verb: 'watch', options: { resourceVersion: '6' } }));
        at(1110, () => expect(server.requests[1]?.options.sendInitialEvents).toBeUndefined());
      });
      expect(lines).toEqual([
        '3: 1 added a@4 initial',
        '3: 1 added b@3 initial',
        '3: 1 synced',
        '5: 1 updated a@4 to a@6',
        '1100: 2 at 6',
        '1100: stale true',
        '1100: 2 added a@6 initial',
        '1100: 2 added b@3 initial',
        '1100: 2 synced',
        '1103: 2 updated b@3 to b@7',
      ]);
    });

    it('should make sure, after a longer stop, that the server still has the version that it kept', () => {
      const behind = { code: 504, reason: 'Timeout', causes: [{ reason: 'ResourceVersionTooLarge' }] } as const;
      const tooLarge = new KubeError({
        reason: 'Timeout',
        resource: 'v1/pods',
        message: 'Too large resource version',
        status: { status: 'Failure', code: behind.code, details: { causes: behind.causes } },
      });
      const lines = play(['oabm', { list: throwError(() => tooLarge) }, 'ob3'], (scene) => {
        const { at, server } = scene;
        const first = listen(scene, '1 ');
        at(4, () => first.unsubscribe());
        at(minutes(2), () => {
          const second = listen(scene, '2 ');
          at(seconds(5), () => second.unsubscribe());
        });
        at(minutes(3), () => {
          expect(server.requests[1]).toMatchObject({ verb: 'list', options: { limit: 1, resourceVersion: '5' } });
          expect(server.requests[2]).toMatchObject({ verb: 'watch', options: { sendInitialEvents: true } });
          expect(server.requests[2]?.options.resourceVersion).toBeUndefined();
        });
      });
      // A storage that was restored is believed, though its version is older.
      expect(withoutTime(lines).slice(-1)).toEqual(['2 deleted a@4 unseen']);
    });

    it('should list where the version that it kept has expired, and tell the difference', () => {
      const lines = play(['oabm', 'ox', 'oAcn'], (scene) => {
        const first = listen(scene, '1 ');
        scene.at(4, () => first.unsubscribe());
        scene.at(10, () => {
          const second = listen(scene, '2 ');
          scene.at(seconds(3), () => second.unsubscribe());
        });
        scene.at(seconds(4), () => {
          expect(scene.server.requests[2]?.options).toMatchObject({ resourceVersion: '5', sendInitialEvents: true });
        });
      });
      expect(withoutTime(lines).slice(6)).toEqual(['2 deleted b@3 unseen', '2 updated a@4 to a@6', '2 added c@8']);
    });

    it('should let go of what it has after the retain time, and start anew', () => {
      const retain = 50;
      const lines = play(
        ['oabm', 'obm'],
        (scene) => {
          const { at, informer, note, server } = scene;
          const first = listen(scene, '1 ');
          const has = (): void =>
            note(`${informer.snapshot$.value.size} ${informer.status$.value.phase} ${informer.hasSynced$.value}`);
          at(10, () => first.unsubscribe());
          at(59, has);
          at(61, has);
          at(1070, () => {
            const second = listen(scene, '2 ');
            at(5, () => second.unsubscribe());
          });
          at(1090, () => expect(server.requests[1]?.options.sendInitialEvents).toBe(true));
        },
        { retain },
      );
      expect(lines.slice(3)).toEqual([
        '59: 2 stopped true',
        '61: 0 idle false',
        '1072: 2 added b@3 initial',
        '1072: 2 synced',
      ]);
    });

    it('should let go at once without a retain time, and keep the indexes', () => {
      play(
        ['oabm', 'obm'],
        ({ informer, at }) => {
          const first = informer.connect();
          at(5, () => {
            first.unsubscribe();
            expect(informer.snapshot$.value).toMatchObject({ size: 0, synced: false });
            expect(informer.store.byIndex('uid', 'uid of default/a')).toEqual([]);
            const second = informer.connect();
            at(seconds(1), () => {
              expect(informer.store.byIndex('uid', 'uid of default/b')).toHaveLength(1);
              second.unsubscribe();
            });
          });
        },
        { retain: 0 },
      );
    });

    it('should end for good with its signal, whoever holds it', () => {
      const end = new AbortController();
      const lines = play(
        ['oabm-A'],
        (scene) => {
          const { informer, note, at, server } = scene;
          informer.events$.subscribe({ complete: () => note('events$ complete') });
          informer.snapshot$.subscribe({ complete: () => note('snapshot$ complete') });
          informer.connect().add(() => note('connection over'));
          at(4, () => {
            end.abort();
            note(`open ${server.openRequests}, ${informer.snapshot$.value.size} left`);
            informer.events$.subscribe({ next: () => note('never'), complete: () => note('complete at once') });
            expect(informer.connect().closed).toBe(true);
          });
          at(20, () => expect(server.requests).toHaveLength(1));
        },
        { signal: end.signal },
      );
      expect(lines).toEqual([
        '4: events$ complete',
        '4: snapshot$ complete',
        '4: connection over',
        '4: open 0, 2 left',
        '4: complete at once',
      ]);
    });

    it.each(['while it is held', 'in its grace period', 'after it has stopped', 'before it was started'])(
      'should complete its status with its signal, after the last one: %s',
      (when) => {
        const end = new AbortController();
        const lines = play(
          ['oabm'],
          ({ informer, note, at }) => {
            const watchStatus = (): Unsubscribable =>
              informer.status$.subscribe({ next: ({ phase }) => note(phase), complete: () => note('complete') });
            const held = when === 'before it was started' ? undefined : informer.connect();
            at(4, () => {
              if (when === 'in its grace period' || when === 'after it has stopped') held?.unsubscribe();
              at(when === 'after it has stopped' ? 30 : 0, () => {
                watchStatus();
                watchStatus();
                end.abort();
                note(informer.status$.value.phase);
                watchStatus();
                expect(informer.status$.getValue()).toBe(informer.status$.value);
              });
            });
          },
          { signal: end.signal, gracePeriod: 20 },
        );
        const first = { 'before it was started': 'idle', 'after it has stopped': 'stopped' }[when] ?? 'watching';
        const last = first === 'watching' ? ['stopped', 'stopped'] : [];
        expect(withoutTime(lines)).toEqual([
          ...[first, first, ...last, 'complete', 'complete'],
          ...[first === 'watching' ? 'stopped' : first, first === 'watching' ? 'stopped' : first, 'complete'],
        ]);
      },
    );

    it('should complete its status after what is being told, where that is what aborts its signal', () => {
      const end = new AbortController();
      const lines = play(
        ['oabm'],
        ({ informer, note }) => {
          const status = (who: string, action: () => void): Unsubscribable =>
            informer.status$.subscribe({
              next: ({ phase }) => {
                note(`${who} ${phase}`);
                if (phase === 'streaming') action();
              },
              complete: () => note(`${who} complete`),
            });
          status('1', () => end.abort());
          status('2', () => undefined);
          informer.connect();
        },
        { signal: end.signal },
      );
      expect(withoutTime(lines)).toEqual([
        ...['1 idle', '2 idle', '1 waiting', '2 waiting', '1 streaming', '2 streaming'],
        ...['1 stopped', '2 stopped', '1 complete', '2 complete'],
      ]);
    });

    it('should leave no listener on its signal where its status is watched no more', () => {
      const end = new AbortController();
      play(
        [],
        ({ informer }) => {
          const before = getEventListeners(end.signal, 'abort').length;
          const status = informer.status$.subscribe();
          expect(getEventListeners(end.signal, 'abort').length).toBeLessThanOrEqual(before + 1);
          status.unsubscribe();
          expect(getEventListeners(end.signal, 'abort')).toHaveLength(before);
        },
        { signal: end.signal },
      );
    });

    it.each(['while it is held', 'in its grace period'])('should end at once with its signal, %s', (when) => {
      const end = new AbortController();
      play(
        ['oabm'],
        ({ informer, at, server }) => {
          const held = informer.connect();
          at(4, () => {
            if (when === 'in its grace period') held.unsubscribe();
            expect(server.openRequests).toBe(1);
            end.abort();
            expect(server.openRequests).toBe(0);
            expect(informer.status$.value).toMatchObject({ phase: 'stopped', stale: true });
            expect(informer.snapshot$.value.size).toBe(2);
          });
        },
        { signal: end.signal, gracePeriod: Infinity },
      );
    });

    it('should take in nothing more when its signal is aborted at something that a request says at once', () => {
      const end = new AbortController();
      const frames = [values.o, values.a, values.m, values.A, values.c];
      const lines = play(
        [{ watch: concat(frames, NEVER) }],
        ({ informer, note }) => {
          informer.events$.subscribe({
            next: (event) => {
              note(inWords(event));
              if (event.type === 'updated') end.abort();
            },
            complete: () => note('complete'),
          });
          note(`${informer.status$.value.phase} with ${informer.snapshot$.value.size}`);
        },
        { signal: end.signal },
      );
      expect(withoutTime(lines)).toEqual(['added a@4 initial', 'updated a@4 to a@6', 'complete', 'stopped with 1']);
    });

    it('should go on for who comes back while the event is delivered at which the last one left', () => {
      const lines = play(
        ['oabm-A', '-c'],
        (scene) => {
          const { informer, at, server } = scene;
          const first = informer.events$.subscribe((event) => {
            if (event.type !== 'updated') return;
            first.unsubscribe();
            const second = listen(scene);
            at(seconds(1), () => second.unsubscribe());
          });
          at(1020, () => expect(server.requests[1]?.options).toMatchObject({ resourceVersion: '6' }));
        },
        { retain: 0 },
      );
      expect(withoutTime(lines)).toEqual(['added a@6 initial', 'added b@3 initial', 'synced', 'added c@8']);
    });

    it('should start again for who comes while its request is torn down', () => {
      let tornDown = (): void => undefined;
      play([{ watch: NEVER.pipe(finalize(() => tornDown())) }, 'oabm'], ({ informer, at, server }) => {
        tornDown = () => {
          const held = informer.connect();
          at(1010, () => held.unsubscribe());
        };
        informer.connect().unsubscribe();
        at(1005, () => {
          expect(server.requests).toHaveLength(2);
          expect(informer.status$.value).toMatchObject({ phase: 'watching', synced: true });
        });
      });
    });

    it('should keep what it has for who holds it, though its end was held off for a moment', () => {
      const retain = 500;
      play(
        ['oabm', 'o', 'o'],
        ({ informer, at }) => {
          informer.status$
            .pipe(
              filter(({ phase }) => phase === 'stopped'),
              take(1),
            )
            .subscribe(() => informer.connect().unsubscribe());
          const first = informer.connect();
          at(10, () => {
            first.unsubscribe();
            const second = informer.connect();
            at(seconds(1), () => {
              expect(informer.status$.value).toMatchObject({ phase: 'watching', synced: true });
              expect(informer.snapshot$.value.size).toBe(2);
              second.unsubscribe();
            });
          });
        },
        { retain },
      );
    });

    it('should tell that it runs where letting go has made it start again', () => {
      play(
        ['oabm', 'o-abm'],
        ({ informer, at }) => {
          const first = informer.connect();
          at(5, () => {
            const empty$ = informer.store.snapshot$.pipe(filter(({ synced }) => !synced));
            empty$.pipe(take(1)).subscribe(() => {
              const second = informer.connect();
              expect(informer.status$.value).toMatchObject({ phase: 'streaming', synced: false, stale: false });
              at(10, () => second.unsubscribe());
            });
            first.unsubscribe();
            expect(informer.status$.value).toMatchObject({ phase: 'streaming', synced: false });
          });
        },
        { retain: 0 },
      );
    });

    it('should be let go by a signal of connect, also one that was aborted before', () => {
      play(['oabm-A'], ({ informer, at, server }) => {
        expect(informer.connect({ signal: AbortSignal.abort() }).closed).toBe(true);
        expect(server.requests).toHaveLength(0);
        const end = new AbortController();
        informer.connect({ signal: end.signal });
        at(4, () => {
          expect(server.openRequests).toBe(1);
          end.abort();
          expect(server.openRequests).toBe(0);
        });
      });
    });

    it.each([
      [{ gracePeriod: -1 }, /gracePeriod is -1/],
      [{ retain: Number.NaN }, /retain is NaN/],
      [{ resyncPeriod: -5 }, /resyncPeriod is -5/],
      [{ pageSize: 0 }, /pageSize is 0/],
      [{ transform: 'x' }, /transform is of type string; it takes a function/],
      [{ onHandlerError: null }, /onHandlerError is null/],
      [{ onTransformError: {} }, /onTransformError is of type object/],
      [{ onRefusedObjects: {} }, /onRefusedObjects is of type object/],
      [{ onIndexError: 5 }, /onIndexError is of type number/],
      [{ indexers: { uid: 'metadata.uid' } }, /the function of index uid is none; this changed nothing/],
    ])('should refuse %j before anything is sent', (options, message) => {
      expect(() => play([], () => undefined, options as never)).toThrow(message);
    });
  });

  describe('its events', () => {
    it('should mark the end of the initial list, also of an empty one, and only once', () => {
      expect(
        play(['om--c-x', 'on'], (scene) => {
          const subscription = listen(scene);
          scene.at(seconds(3), () => subscription.unsubscribe());
        }),
      ).toEqual(['1: synced', '4: added c@8', '1001: deleted c@8 unseen']);
    });

    it('should give a late subscriber the state, then every change after it', () => {
      const lines = play(['oabm-A-d-c'], (scene) => {
        const first = listen(scene, '1 ');
        scene.at(7, () => {
          const late = listen(scene, '2 ');
          scene.at(4, () => {
            late.unsubscribe();
            first.unsubscribe();
          });
        });
      });
      expect(lines.filter((line) => line.includes(' 2 '))).toEqual([
        '7: 2 added a@6 initial',
        '7: 2 synced',
        '9: 2 added c@8',
      ]);
    });

    it('should give the same to whoever subscribes while an event is delivered: no gap, no repeat', () => {
      const lines = play(['oabm-A-c'], (scene) => {
        const { informer, note, at } = scene;
        let late: { unsubscribe: () => void } | undefined;
        const first = informer.events$.subscribe((event) => {
          note(`1 ${inWords(event)}`);
          if (event.type === 'updated') late = listen(scene, '2 ');
        });
        const third = listen(scene, '3 ');
        at(8, () => {
          late?.unsubscribe();
          first.unsubscribe();
          third.unsubscribe();
        });
      });
      expect(lines.filter((line) => line.includes(' 2 '))).toEqual([
        '5: 2 added a@6 initial',
        '5: 2 added b@3 initial',
        '5: 2 synced',
        '7: 2 added c@8',
      ]);
      expect(lines.filter((line) => line.includes(' 3 '))).toHaveLength(5);
    });

    it('should hold back what a subscriber causes while it gets its initial list', () => {
      const lines = play(['oabm-'], (scene) => {
        const { informer, note, at } = scene;
        const connection = informer.connect();
        at(5, () => {
          // A subscriber that adds an index is one that writes.
          const subscription = informer.events({ withSynced: true }).subscribe((event) => {
            if (event.type === 'added' && event.object.metadata.name === 'a') {
              informer.addIndexers({ name: ({ metadata }) => [metadata.name] });
            }
            note(`${inWords(event)}, indexes: ${Object.keys(informer.store.getIndexers()).join(' ')}`);
          });
          note(`then ${Object.keys(informer.store.getIndexers()).join(' ')}`);
          subscription.unsubscribe();
          connection.unsubscribe();
        });
      });
      expect(lines).toEqual([
        '5: added a@4 initial, indexes: uid',
        '5: added b@3 initial, indexes: uid',
        '5: synced, indexes: uid',
        '5: then uid name',
      ]);
    });

    it('should have the object of an event in the snapshot when a subscriber sees it', () => {
      let seen = 0;
      play(['oabm-A-d-c-e'], ({ informer, at }) => {
        const check = informer.events$.subscribe((event) => {
          const { namespace, name } = event.object.metadata;
          const stored = informer.snapshot$.value.getByKey(`${namespace ?? ''}/${name}`);
          if (event.type !== 'deleted') expect(stored).toBe(event.object);
          else expect(stored?.metadata.uid).not.toBe(event.object.metadata.uid);
          seen++;
        });
        at(20, () => check.unsubscribe());
      });
      expect(seen).toBe(7);
    });

    it('should take a new uid under an old key for a deletion and an addition', () => {
      const lines = play(['oabm-e'], (scene) => {
        const subscription = listen(scene);
        scene.at(9, () => subscription.unsubscribe());
      });
      expect(lines.slice(3)).toEqual(['5: deleted a@4 unseen', '5: added a@10']);
    });

    it('should tell a relist as its difference, deletions first, and none of it as initial', () => {
      const lines = play(['oabm-x', 'oAcn'], (scene) => {
        const subscription = listen(scene);
        scene.at(seconds(3), () => subscription.unsubscribe());
      });
      expect(withoutTime(lines).slice(3)).toEqual(['deleted b@3 unseen', 'updated a@4 to a@6', 'added c@8']);
    });

    it('should stop in the middle of a list where its subscriber does', () => {
      const lines = play(['oabm--'], ({ informer, note, at }) => {
        const connection = informer.connect();
        informer.events$.pipe(take(1)).subscribe((event) => note(inWords(event)));
        at(5, () => {
          informer.events$.pipe(take(1)).subscribe((event) => note(inWords(event)));
          connection.unsubscribe();
        });
      });
      expect(lines).toEqual(['3: added a@4 initial', '5: added a@4 initial']);
    });

    it('should repeat the state for those who ask for resyncs, at their own periods and nobody else', () => {
      const lines = play(['oam'], (scene) => {
        const { informer, note, at } = scene;
        const subscriptions = [
          informer.events$.subscribe((event) => note(`1 ${inWords(event)}`)),
          informer.events({ resyncPeriod: seconds(20) }).subscribe((event) => note(`2 ${inWords(event)}`)),
          informer.events({ resyncPeriod: seconds(30) }).subscribe((event) => {
            if (event.type === 'updated') expect(event.object).toBe(event.oldObject);
            note(`3 ${inWords(event)}`);
          }),
        ];
        at(seconds(59), () => subscriptions.forEach((each) => each.unsubscribe()));
      });
      expect(lines).toEqual([
        '2: 1 added a@4 initial',
        '2: 2 added a@4 initial',
        '2: 3 added a@4 initial',
        '20002: 2 updated a@4 to a@4',
        '30002: 3 updated a@4 to a@4',
        '40002: 2 updated a@4 to a@4',
      ]);
    });

    it('should refuse a negative resync period', () => {
      play([], ({ informer }) => {
        expect(() => informer.events({ resyncPeriod: -1 })).toThrow(RangeError);
        expect(() => informer.addEventHandler({}, { resyncPeriod: -1 })).toThrow(RangeError);
      });
    });
  });

  describe('its snapshots', () => {
    it('should be complete ones only, the current one first', () => {
      const lines = play(['o-abm-A-x', 'oAcn'], ({ informer, note, at }) => {
        const show = (): Unsubscribable =>
          informer.snapshot$.subscribe(({ size, synced }) => note(`${size} ${synced}`));
        const first = show();
        at(7, () => {
          const late = show();
          at(seconds(3), () => {
            first.unsubscribe();
            late.unsubscribe();
          });
        });
      });
      expect(lines).toEqual(['4: 2 true', '6: 2 true', '7: 2 true', '1003: 2 true', '1003: 2 true']);
    });

    it('should be the same value for as long as nothing happens', () => {
      play(['oabm--k-A'], ({ informer, at }) => {
        const empty = informer.snapshot$.value;
        const connection = informer.connect();
        expect(informer.snapshot$.getValue()).toBe(empty);
        at(4, () => {
          const { value } = informer.snapshot$;
          expect(value).not.toBe(empty);
          expect(informer.snapshot$.value).toBe(value);
          connection.unsubscribe();
          expect(informer.snapshot$.value).toBe(value);
        });
      });
    });

    it('should be selected from, by equality', () => {
      const lines = play(['oabm-A-d-c'], ({ informer, note, at }) => {
        const subscriptions = [
          informer.select((snapshot) => snapshot.size).subscribe((size) => note(`size ${size}`)),
          informer
            .select(
              (snapshot) => snapshot.keys().sort(),
              (a, b) => a.join() === b.join(),
            )
            .subscribe((keys) => note(keys.join(' '))),
          informer.object$('default/b').subscribe((object) => note(`b ${object?.metadata.resourceVersion ?? 'gone'}`)),
        ];
        at(12, () => subscriptions.forEach((each) => each.unsubscribe()));
      });
      expect(lines).toEqual([
        '3: size 2',
        '3: default/a default/b',
        '3: b 3',
        '7: size 1',
        '7: default/a',
        '7: b gone',
        '9: size 2',
        '9: default/a default/c',
      ]);
    });

    it('should get indexes at any time', () => {
      play(['oabm-A'], ({ informer, at }) => {
        const named = informer.addIndexers({ name: ({ metadata }) => [metadata.name] });
        const connection = named.connect();
        at(6, () => {
          expect(named.store.byIndex('name', 'a')).toHaveLength(1);
          const more = named.addIndexers({ first: ({ metadata }) => [metadata.name.slice(0, 1)] });
          expect(more.snapshot$.value.indexKeys('first', 'b')).toEqual(['default/b']);
          expect(() => more.addIndexers({ name: () => [] })).toThrow(/there is an index name already/);
          connection.unsubscribe();
        });
      });
    });
  });

  describe('whether it has synced', () => {
    it('should turn once, also with nothing in the list', () => {
      const lines = play(['o--m-c'], ({ informer, note, at }) => {
        const subscription = informer.hasSynced$.subscribe((hasSynced) => note(String(hasSynced)));
        at(9, () => {
          informer.hasSynced$.subscribe((hasSynced) => note(`late ${hasSynced}`)).unsubscribe();
          subscription.unsubscribe();
        });
      });
      expect(lines).toEqual(['0: false', '3: true', '9: late true']);
    });

    it('should be waited for by a promise that holds it, and gives up by its signal', async () => {
      const outcomes: Promise<string>[] = [];
      const give = new AbortController();
      play(['o-abm----'], ({ informer, at, server }) => {
        const outcome = (promise: Promise<void>): void =>
          void outcomes.push(
            promise.then(
              () => 'synced',
              (error: unknown) => String(error),
            ),
          );
        outcome(informer.whenSynced());
        outcome(informer.whenSynced({ signal: give.signal }));
        outcome(informer.whenSynced({ signal: AbortSignal.abort(new Error('never wanted')) }));
        at(2, () => {
          expect(server.openRequests).toBe(1);
          give.abort(new Error('given up'));
        });
        at(5, () => {
          expect(server.openRequests).toBe(0);
          outcome(informer.whenSynced());
        });
        at(7, () => expect(server.requests).toHaveLength(1));
      });
      expect(await Promise.all(outcomes)).toEqual(['synced', 'Error: given up', 'Error: never wanted', 'synced']);
    });
  });

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

    it('should tell each step of its life, and what went wrong', () => {
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

    it('should tell that a resumed state is stale until its watch is open', () => {
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

      it('should not be stale where that is done at once', () => {
        expect(timesStale(['oabm 5s |', 'o 5s k 5s |', '-A 5s |', '900ms o'])).toEqual([]);
      });

      it('should be stale from a second without an answer on, until there is one', () => {
        expect(timesStale(['oabm 5s |', '3s o 2s (k|)', '1500ms B'])).toEqual([
          '6004: stale',
          '8004: up to date',
          '11005: stale',
          '11505: up to date',
        ]);
      });

      it('should be stale as well where the watch after a list is not answered', () => {
        const listed = page([buildObject('default/a', '6')], '25');
        expect(timesStale([{ list: of(listed) }, '900ms o'], { streaming: false })).toEqual([]);
        expect(timesStale([{ list: of(listed) }, '2s o'], { streaming: false })).toEqual([
          '1000: stale',
          '2000: up to date',
        ]);
      });

      it('should be stale where it takes long to make sure that the server still has the version', () => {
        const late$ = of(page([buildObject('default/a', '6')], '25')).pipe(delay(seconds(5)));
        expect(timesStale(['oam 99s |', 'o 99s |', { list: late$ }, 'o'])).toEqual([
          '199004: stale',
          '203004: up to date',
        ]);
      });

      it('should be silent where it is stopped meanwhile', () => {
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
    ])('should be stopped where the last subscriber leaves at %s', (_, count, watch) => {
      play([watch], ({ informer, at }) => {
        informer.events$.pipe(take(count)).subscribe();
        at(10, () => expect(informer.status$.value).toMatchObject({ phase: 'stopped', stale: true, synced: true }));
      });
    });

    it('should say nothing of changes and bookmarks, whose version is in the snapshot', () => {
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
  });

  describe('isolation', () => {
    afterEach(() => (config.onUnhandledError = null));

    it('should go on for the others, and for the one that throws, where a subscriber throws', () => {
      const unhandled: unknown[] = [];
      config.onUnhandledError = (error) => unhandled.push(error);
      const lines = play(['oabm-A-c'], (scene) => {
        const { informer, note, at } = scene;
        const bad = informer.events$.subscribe((event) => {
          note(`bad ${inWords(event)}`);
          throw new Error('a subscriber that throws');
        });
        const good = informer.events$.subscribe((event) => note(`good ${inWords(event)}`));
        at(9, () => {
          bad.unsubscribe();
          good.unsubscribe();
        });
      });
      expect(lines.filter((line) => line.includes('good'))).toHaveLength(4);
      expect(lines.filter((line) => line.includes('bad'))).toHaveLength(4);
    });

    it('should tell its status in one order to everyone, also what a subscriber causes by it', () => {
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

    it('should start again from within a subscriber that hears of its stop', () => {
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
