import { getEventListeners } from 'node:events';
import { concat, NEVER, type Unsubscribable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { inWords, play, values, withoutTime } from './scene.ts';

describe('sharedInformer', () => {
  describe('its end', () => {
    it('ends for good with its signal, even if somebody holds it', () => {
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
      'completes its status with its signal, after the last one: %s',
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

    it('completes its status after what is being told, where that is what aborts its signal', () => {
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

    it('leaves no listener on its signal where its status is watched no more', () => {
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

    it.each(['while it is held', 'in its grace period'])('ends at once with its signal, %s', (when) => {
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

    it('takes in nothing more when its signal is aborted at something that a request says at once', () => {
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

    it('is let go by a signal of connect, also one that was aborted before', () => {
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
  });
});
