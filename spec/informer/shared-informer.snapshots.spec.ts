import { type Unsubscribable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { play } from './scene.ts';

describe('sharedInformer', () => {
  describe('its snapshots', () => {
    it('are complete ones only, the current one first', () => {
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

    it('are the same value for as long as nothing happens', () => {
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

    it('are selected from, by equality', () => {
      const lines = play(['oabm-A-d-c'], ({ informer, note, at }) => {
        const subscriptions = [
          informer.select((snapshot) => snapshot.size).subscribe((size) => note(`size ${size}`)),
          informer
            .select(
              (snapshot) => snapshot.keys().sort(),
              (a, b) => a.join() === b.join(),
            )
            .subscribe((keys) => note(keys.join(' '))),
          informer.observe('default/b').subscribe((object) => note(`b ${object?.metadata.resourceVersion ?? 'gone'}`)),
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

    it('get indexes at any time', () => {
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
    it('turns once, also with nothing in the list', () => {
      const lines = play(['o--m-c'], ({ informer, note, at }) => {
        const subscription = informer.hasSynced$.subscribe((hasSynced) => note(String(hasSynced)));
        at(9, () => {
          informer.hasSynced$.subscribe((hasSynced) => note(`late ${hasSynced}`)).unsubscribe();
          subscription.unsubscribe();
        });
      });
      expect(lines).toEqual(['0: false', '3: true', '9: late true']);
    });

    it('is waited for by a promise that holds it, and gives up by its signal', async () => {
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
});
