import { filter, finalize, NEVER, take, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError, minutes, seconds } from 'kuberx';
import { listen, play, type Scene, withoutTime } from './scene.ts';

describe('sharedInformer', () => {
  describe('its life', () => {
    it('starts with the first subscriber, shares one watch, and stops with the last', () => {
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

    it('is not started by reading, nor by its status', () => {
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
      ['observe', ({ informer }: Scene) => informer.observe('default/a').subscribe()],
      ['connect', ({ informer }: Scene) => informer.connect()],
    ])('is started by %s, once for all, and stopped with it', (_, use) => {
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

    it('goes on through a gap between subscribers that is shorter than its grace period', () => {
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

    it('keeps what it has, to read, and resumes from its version', () => {
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

    it('makes sure, after a longer stop, that the server still has the version that it kept', () => {
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

    it('lists where the version that it kept has expired, and tells the difference', () => {
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

    it('lets go of what it has after the retain time, and starts anew', () => {
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

    it('lets go at once without a retain time, and keeps the indexes', () => {
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

    it('goes on for who comes back while the event is delivered at which the last one left', () => {
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

    it('starts again for who comes while its request is torn down', () => {
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

    it('keeps what it has for who holds it, though its end was held off for a moment', () => {
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

    it('tells that it runs where letting go has made it start again', () => {
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
    ])('refuses %j before anything is sent', (options, message) => {
      expect(() => play([], () => undefined, options as never)).toThrow(message);
    });
  });
});
