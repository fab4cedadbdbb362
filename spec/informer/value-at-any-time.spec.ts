import { Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  type KubernetesObject,
  mergeInformers,
  type ReadonlyBehaviorSubject,
  seconds,
  store as makeStore,
} from 'kuberx';
import { fifo as makeFifo, realFifo as makeRealFifo } from 'kuberx/queue';
import { mutationOverlay } from 'kuberx/store';
import { buildObject } from 'kuberx/testing';
import { play, type Scene } from './scene.ts';

/** What a late subscriber hears at once. */
function heard(values$: Observable<unknown>): unknown[] {
  const lines: unknown[] = [];
  values$.subscribe({ next: (value) => lines.push(value), complete: () => lines.push('complete') }).unsubscribe();
  return lines;
}

/** The streams that say that they have a value, by name. */
function behaviorsOf(owner: object): [string, ReadonlyBehaviorSubject<unknown>][] {
  return Object.entries(owner).filter(
    (entry): entry is [string, ReadonlyBehaviorSubject<unknown>] =>
      entry[0].endsWith('$') && entry[1] instanceof Observable && 'value' in entry[1],
  );
}

/** An informer that has synced, and whatever is made of it, before and after its end. */
function ended(spec: (scene: Scene & { readonly hasEnded: boolean }) => void): void {
  const end = new AbortController();
  play(
    ['oabm'],
    (scene) => {
      scene.informer.connect();
      scene.at(5, () => spec({ ...scene, hasEnded: false }));
      scene.at(7, () => end.abort());
      scene.at(8, () => spec({ ...scene, hasEnded: true }));
    },
    { signal: end.signal },
  );
}

describe('what has a value at any time', () => {
  it('tells it to a late subscriber of an informer, which completes after its end', () => {
    let seen = 0;
    ended(({ informer, hasEnded }) => {
      const behaviors = behaviorsOf(informer);
      expect(behaviors.map(([name]) => name).sort()).toEqual(['hasSynced$', 'snapshot$', 'status$']);
      for (const [name, behavior$] of behaviors) {
        expect(heard(behavior$), name).toEqual(hasEnded ? [behavior$.value, 'complete'] : [behavior$.value]);
        seen++;
      }
    });
    expect(seen).toBe(6);
  });

  it('tells it to a late subscriber of merged informers', () => {
    let seen = 0;
    ended(({ informer, hasEnded }) => {
      const behaviors = behaviorsOf(mergeInformers({ a: informer, b: informer }));
      expect(behaviors.map(([name]) => name).sort()).toEqual(['hasSynced$', 'snapshot$', 'status$']);
      for (const [name, behavior$] of behaviors) {
        expect(heard(behavior$), name).toEqual(hasEnded ? [behavior$.value, 'complete'] : [behavior$.value]);
        seen++;
      }
    });
    expect(seen).toBe(6);
  });

  it('tells it to a late subscriber of an overlay, of the store and of queues', () => {
    const pod = buildObject('default/a', '1');
    const store = makeStore<KubernetesObject>();
    const [fifo, realFifo] = [makeFifo<KubernetesObject>(), makeRealFifo<KubernetesObject>()];
    for (const sink of [store, fifo, realFifo]) sink.replace([pod], '5');
    for (const queue of [fifo, realFifo]) {
      queue.process(() => []).subscribe();
      queue.close();
      expect(heard(queue.hasSynced$)).toEqual([true]);
    }
    expect(heard(store.snapshot$)).toEqual([store.snapshot$.value]);
    const overlay = mutationOverlay(store);
    expect(heard(overlay.snapshot$)).toEqual([store.snapshot$.value]);
  });

  it('tells it to a late subscriber of a registration, once it has synced and once it is removed', () => {
    const lines: unknown[] = [];
    play(['oabm'], ({ informer, at }) => {
      const registration = informer.addEventHandler({});
      const never = informer.addEventHandler({});
      never.remove();
      lines.push(heard(registration.hasSynced$), heard(never.hasSynced$));
      at(4, () => {
        lines.push(heard(registration.hasSynced$));
        registration.remove();
        lines.push(heard(registration.hasSynced$), registration.hasSynced$.value);
      });
    });
    expect(lines).toEqual([[false], [false, 'complete'], [true, 'complete'], [true, 'complete'], true]);
  });

  it('tells nothing of a state to a late subscriber where there never was one, but that it has ended', () => {
    const end = new AbortController();
    play(
      ['o---'],
      ({ informer, at }) => {
        informer.connect();
        at(2, () => end.abort());
        at(3, () => {
          expect(heard(informer.snapshot$)).toEqual(['complete']);
          expect(heard(informer.hasSynced$)).toEqual([false, 'complete']);
          expect(heard(informer.status$)).toEqual([informer.status$.value, 'complete']);
          expect(informer.status$.value.phase).toBe('stopped');
        });
      },
      { signal: end.signal },
    );
  });

  it('lets an ended informer be read by what waits: observe, selects, waitFor', async () => {
    const waits: Promise<unknown>[] = [];
    ended(({ informer, hasEnded }) => {
      if (!hasEnded) return;
      expect(heard(informer.observe('default/a'))).toEqual([informer.store.getByKey('default/a'), 'complete']);
      expect(heard(informer.select(({ size }) => size))).toEqual([2, 'complete']);
      waits.push(informer.waitFor('default/a', (object) => object !== undefined));
      waits.push(informer.whenSynced());
    });
    expect(waits).toHaveLength(2);
    await expect(waits[0]).resolves.toMatchObject({ metadata: { name: 'a' } });
    await waits[1];
  });

  it('starts nothing where an ended informer is subscribed to', () => {
    play(
      [],
      ({ informer, server, at }) => {
        heard(informer.snapshot$);
        informer.connect();
        at(seconds(1), () => expect(server.requests).toEqual([]));
      },
      { signal: AbortSignal.abort() },
    );
  });
});
