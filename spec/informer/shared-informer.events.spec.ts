import { config, take } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { inWords, listen, play, withoutTime } from './scene.ts';

describe('sharedInformer', () => {
  describe('its events', () => {
    it('mark the end of the initial list, also of an empty one, and only once', () => {
      expect(
        play(['om--c-x', 'on'], (scene) => {
          const subscription = listen(scene);
          scene.at(seconds(3), () => subscription.unsubscribe());
        }),
      ).toEqual(['1: synced', '4: added c@8', '1001: deleted c@8 unseen']);
    });

    it('give a late subscriber the state, then every change after it', () => {
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

    it('give the same to everyone who subscribes while an event is delivered: no gap, no repeat', () => {
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

    it('hold back what a subscriber causes while it gets its initial list', () => {
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

    it('have the object of an event in the snapshot when a subscriber sees it', () => {
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

    it('take a new uid under an old key for a deletion and an addition', () => {
      const lines = play(['oabm-e'], (scene) => {
        const subscription = listen(scene);
        scene.at(9, () => subscription.unsubscribe());
      });
      expect(lines.slice(3)).toEqual(['5: deleted a@4 unseen', '5: added a@10']);
    });

    it('tell a relist as its difference, deletions first, and none of it as initial', () => {
      const lines = play(['oabm-x', 'oAcn'], (scene) => {
        const subscription = listen(scene);
        scene.at(seconds(3), () => subscription.unsubscribe());
      });
      expect(withoutTime(lines).slice(3)).toEqual(['deleted b@3 unseen', 'updated a@4 to a@6', 'added c@8']);
    });

    it('stop in the middle of a list where its subscriber does', () => {
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

    it('repeat the state for those who ask for resyncs, at their own periods and nobody else', () => {
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

    it('refuse a negative resync period', () => {
      play([], ({ informer }) => {
        expect(() => informer.events({ resyncPeriod: -1 })).toThrow(RangeError);
        expect(() => informer.addEventHandler({}, { resyncPeriod: -1 })).toThrow(RangeError);
      });
    });

    afterEach(() => (config.onUnhandledError = null));

    it('goes on for the others, and for the one that throws, where a subscriber throws', () => {
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
  });
});
