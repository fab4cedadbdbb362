import { asyncScheduler, type Observable, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  CacheSyncError,
  conflateByKey,
  KubeError,
  type KubernetesObject,
  type MergedInformer,
  type MergedSnapshot,
  mergeInformers,
  seconds,
  type SharedInformer,
  sharedInformer,
} from 'kuberx';
import {
  added,
  buildObject,
  deleted,
  fakeListerWatcher,
  type FakeListerWatcher,
  initialEventsEnd,
  modified,
  open,
} from 'kuberx/testing';
import { inWords, random } from '../scene.ts';

type Part = 'blue' | 'green';

/** What the letters of watches stand for. Both parts have an object `default/a`. */
const values = {
  o: open,
  a: added(buildObject('default/a', '1', { metadata: { uid: 'blue a', labels: { app: 'web' } } })),
  b: added(buildObject('default/b', '2', { metadata: { labels: { app: 'db' } } })),
  g: added(buildObject('default/a', '3', { metadata: { uid: 'green a', labels: { app: 'web' } } })),
  m: initialEventsEnd('5'),
  A: modified(buildObject('default/a', '6', { metadata: { uid: 'blue a', labels: { app: 'web' } } })),
  B: deleted(buildObject('default/b', '7')),
  G: modified(buildObject('default/a', '8', { metadata: { uid: 'green a', labels: { app: 'db' } } })),
};

interface Scene {
  readonly merged: MergedInformer<KubernetesObject, 'app', Part>;
  readonly blue: SharedInformer<KubernetesObject, 'app'>;
  readonly green: SharedInformer<KubernetesObject, 'app'>;
  readonly servers: Readonly<Record<Part, FakeListerWatcher<KubernetesObject>>>;
  readonly note: (line: string) => void;
  readonly at: (milliseconds: number, action: () => void) => void;
  /** Ends an informer for good. */
  readonly end: (part: Part) => void;
}

/** Plays a spec against two informers whose watches these marbles answer. `403` is forbidden, as lists are. */
function play(answers: Readonly<Record<Part, string>>, spec: (scene: Scene) => void): string[] {
  const lines: string[] = [];
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ cold, flush }) => {
    const serverOf = (part: Part): FakeListerWatcher<KubernetesObject> => {
      const error = new KubeError({ reason: 'Forbidden', resource: part, message: 'not for you', code: 403 });
      const forbidden$ = throwError(() => error);
      return fakeListerWatcher(
        ({ verb }) => {
          if (verb === 'list') return { list: forbidden$ };
          return { watch: answers[part] === '403' ? forbidden$ : answers[part] };
        },
        { cold: cold as never, values, resource: `v1/pods in ${part}` },
      );
    };
    const servers = { blue: serverOf('blue'), green: serverOf('green') };
    const ends = { blue: new AbortController(), green: new AbortController() };
    const indexers = { app: ({ metadata }: KubernetesObject) => [metadata.labels?.['app'] ?? ''] };
    const blue = sharedInformer(servers.blue, { random, indexers, signal: ends.blue.signal });
    const green = sharedInformer(servers.green, { random, indexers, signal: ends.green.signal });
    spec({
      merged: mergeInformers({ blue, green }),
      blue,
      green,
      servers,
      note: (line) => void lines.push(`${asyncScheduler.now()}: ${line}`),
      at: (milliseconds, action) => void cold(`${milliseconds}ms x`).subscribe(action),
      end: (part) => ends[part].abort(),
    });
    flush();
    expect([servers.blue.openRequests, servers.green.openRequests]).toEqual([0, 0]);
  });
  return lines;
}

const named = (snapshot: MergedSnapshot<KubernetesObject, 'app', Part>): string =>
  snapshot
    .list()
    .map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)
    .join(' ');

describe('mergeInformers', () => {
  it('has the state of all parts as a value, from when the first is complete', () => {
    const lines = play({ blue: 'o-abm-AB--', green: 'o----gm---G-' }, ({ merged, note, at }) => {
      note(`${merged.snapshot$.value.size} objects, synced ${merged.snapshot$.value.synced}`);
      const subscription = merged.snapshot$.subscribe((snapshot) => {
        expect(snapshot).toBe(merged.snapshot$.value);
        note(`${named(snapshot)}, ${snapshot.size} objects, synced ${snapshot.synced}`);
      });
      at(20, () => subscription.unsubscribe());
    });
    expect(lines).toEqual([
      '0: 0 objects, synced false',
      '4: a@1 b@2, 2 objects, synced false',
      '6: a@6 b@2, 2 objects, synced false',
      '6: a@6 b@2 a@3, 3 objects, synced true',
      '7: a@6 a@3, 2 objects, synced true',
      '10: a@6 a@8, 2 objects, synced true',
    ]);
  });

  it('hands out the events of each part in order, each with its own initial list', () => {
    const lines = play({ blue: 'o-abm-AB--', green: 'o----gm---G-' }, ({ merged, note, at }) => {
      const subscription = merged.events$.subscribe((event) => note(`${event.part} ${inWords(event)}`));
      at(8, () => merged.events$.subscribe((event) => note(`late ${event.part} ${inWords(event)}`)).unsubscribe());
      at(20, () => subscription.unsubscribe());
    });
    expect(lines).toEqual([
      '4: blue added a@1 initial',
      '4: blue added b@2 initial',
      '6: blue updated a@1 to a@6',
      '6: green added a@3 initial',
      '7: blue deleted b@7',
      '8: late blue added a@6 initial',
      '8: late green added a@3 initial',
      '10: green updated a@3 to a@8',
    ]);
  });

  it('neither stops nor delays the others where one is forbidden for ever', () => {
    const lines = play({ blue: 'o-abm-AB--', green: '403' }, ({ merged, servers, note, at }) => {
      const subscription = merged.events$.subscribe((event) => note(`${event.part} ${inWords(event)}`));
      subscription.add(merged.hasSynced$.subscribe((hasSynced) => note(`synced ${hasSynced}`)));
      at(seconds(100), () => {
        const { blue, green } = Object.fromEntries(merged.status$.value);
        note(`blue ${blue?.phase}, ${blue?.lastError?.reason}; green ${green?.phase}, ${green?.lastError?.reason}`);
        expect(merged.snapshot$.value.parts.get('green')).toMatchObject({ synced: false, size: 0 });
        expect(servers.green.requests.length).toBeGreaterThan(5);
        expect(servers.blue.requests).toHaveLength(1);
        subscription.unsubscribe();
      });
    });
    expect(lines).toEqual([
      '0: synced false',
      '4: blue added a@1 initial',
      '4: blue added b@2 initial',
      '6: blue updated a@1 to a@6',
      '7: blue deleted b@7',
      '100000: blue watching, undefined; green waiting, Forbidden',
    ]);
  });

  it('is synced when all parts are', () => {
    const lines = play({ blue: 'o-abm---', green: 'o----gm-' }, ({ merged, note, at }) => {
      const subscription = merged.hasSynced$.subscribe((hasSynced) => note(`synced ${hasSynced}`));
      expect(merged.hasSynced$.value).toBe(false);
      at(20, () => {
        expect(merged.hasSynced$.value).toBe(true);
        subscription.unsubscribe();
        expect(merged.hasSynced$.value).toBe(true);
      });
    });
    expect(lines).toEqual(['0: synced false', '6: synced true']);
  });

  it('starts and stops with its subscribers, and leaves a part running that somebody else holds', () => {
    play({ blue: 'o-abm----', green: 'o----gm--' }, ({ merged, servers, blue, at }) => {
      const open = (): number[] => [servers.blue.openRequests, servers.green.openRequests];
      merged.status$.subscribe().unsubscribe();
      expect([merged.snapshot$.value.size, merged.hasSynced$.value]).toEqual([0, false]);
      expect([...open(), servers.blue.requests.length]).toEqual([0, 0, 0]);
      const streams: Observable<unknown>[] = [merged.snapshot$, merged.events$, merged.hasSynced$];
      const subscriptions = streams.map((stream$) => stream$.subscribe());
      at(10, () => {
        expect([...open(), servers.blue.requests.length]).toEqual([1, 1, 1]);
        const held = blue.connect();
        for (const subscription of subscriptions) subscription.unsubscribe();
        expect(open()).toEqual([1, 0]);
        held.unsubscribe();
        expect(open()).toEqual([0, 0]);
        expect(merged.snapshot$.value.size).toBe(3);
      });
    });
  });

  it('keeps the identity of what has not changed, for every reader at any time', () => {
    play({ blue: 'o-abm-A---', green: 'o----gm--' }, ({ merged, at }) => {
      const before = merged.snapshot$.value;
      expect(merged.snapshot$.value).toBe(before);
      expect(merged.status$.value).toBe(merged.status$.value);
      const heard: unknown[] = [];
      const subscription = merged.snapshot$.subscribe((snapshot) => heard.push(snapshot));
      at(20, () => {
        const { value } = merged.snapshot$;
        expect(value).not.toBe(before);
        expect(merged.snapshot$.getValue()).toBe(value);
        expect(heard).toHaveLength(3);
        merged.snapshot$.subscribe((snapshot) => heard.push(snapshot)).unsubscribe();
        expect(heard.slice(2)).toEqual([value, value]);
        expect(heard[3]).toBe(value);
        expect(value.list()).toBe(value.list());
        expect(value.byIndex('app', 'web')).toBe(value.byIndex('app', 'web'));
        expect(() => (value.list() as unknown[]).push('x')).toThrow(TypeError);
        expect(() => (value.byIndex('app', 'web') as unknown[]).push('x')).toThrow(TypeError);
        subscription.unsubscribe();
      });
    });
  });

  it('finds objects by key and by index in each part, or in all', () => {
    play({ blue: 'o-abm-----', green: 'o----gm---G-' }, ({ merged, at }) => {
      const subscription = merged.snapshot$.subscribe();
      at(8, () => {
        const { value } = merged.snapshot$;
        const uid = (object: KubernetesObject | undefined): string | undefined => object?.metadata.uid;
        expect(uid(value.getByKey('default/a'))).toBe('blue a');
        expect(uid(value.getByKey('default/a', 'green'))).toBe('green a');
        expect(value.getByKey('default/b', 'green')).toBe(undefined);
        expect(value.getByKey('default/c')).toBe(undefined);
        expect(value.byIndex('app', 'web').map(uid)).toEqual(['blue a', 'green a']);
        expect(value.byIndex('app', 'db').map(uid)).toEqual(['uid of default/b']);
        expect(value.byIndex('app', 'none')).toEqual([]);
        expect(() => value.byIndex('none' as 'app', 'web')).toThrow('none');
        expect([...value.sizes('app')]).toEqual([
          ['web', 2],
          ['db', 1],
        ]);
        const ofOnePart = value.byIndex('app', 'db');
        at(8, () => {
          expect(merged.snapshot$.value.byIndex('app', 'db')).toHaveLength(2);
          expect(value.byIndex('app', 'db')).toBe(ofOnePart);
          subscription.unsubscribe();
        });
      });
    });
  });

  it('goes on where a part has ended, and completes when all have', () => {
    const lines = play({ blue: 'o-abm-A--', green: 'o----gm---G-' }, ({ merged, note, at, end }) => {
      merged.events$.subscribe({
        next: (event) => note(`${event.part} ${inWords(event)}`),
        complete: () => note('complete'),
      });
      at(5, () => end('blue'));
      at(11, () => end('green'));
    });
    expect(lines).toEqual([
      '4: blue added a@1 initial',
      '4: blue added b@2 initial',
      '6: green added a@3 initial',
      '10: green updated a@3 to a@8',
      '11: complete',
    ]);
  });

  it('lets events of parts with the same keys be conflated apart', () => {
    const lines = play({ blue: 'o-abm-A--', green: 'o----gm---G-' }, ({ merged, note, at }) => {
      const subscription = merged.events$
        .pipe(
          conflateByKey((event) => {
            expectTypeOf(event.part).toEqualTypeOf<Part>();
            note(`${event.part} ${inWords(event)}`);
            return [];
          }),
        )
        .subscribe();
      at(20, () => subscription.unsubscribe());
    });
    expect(lines).toContain('6: green added a@3 initial');
    expect(lines).toContain('10: green updated a@3 to a@8');
  });

  it('is empty, synced and silent without parts', async () => {
    const merged = mergeInformers({});
    const heard: unknown[] = [];
    merged.snapshot$.subscribe({
      next: ({ size, synced }) => heard.push(size, synced),
      complete: () => heard.push('end'),
    });
    merged.hasSynced$.subscribe((hasSynced) => heard.push(hasSynced));
    merged.events$.subscribe({ complete: () => heard.push('end') });
    expect(heard).toEqual([0, true, true]);
    expect(merged.snapshot$.value.list()).toEqual([]);
    expect(Object.isFrozen(merged.snapshot$.value.list())).toBe(true);
    expect(merged.status$.value.size).toBe(0);
    expect(merged.snapshot$.value).toBe(merged.snapshot$.value);
    await merged.whenSynced();
  });

  it('says which parts it waits for', async () => {
    const informers = { blue: sharedInformer(fakeListerWatcher([])), green: sharedInformer(fakeListerWatcher([])) };
    const merged = mergeInformers(informers);
    expect(merged.resource).toBe('v1/pods of blue, v1/pods of green');
    const error: unknown = await merged
      .whenSynced({ signal: AbortSignal.abort('enough') })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CacheSyncError);
    expect(error).toMatchObject({ message: 'not synced: v1/pods of blue, v1/pods of green; enough', cause: 'enough' });
  });

  it.each([
    [null, 'takes an object of informers'],
    [{ blue: {} }, 'the part blue is none'],
    [{ blue: null }, 'the part blue is none'],
    [{ blue: sharedInformer(fakeListerWatcher([])), green: 'v1/pods' }, 'the part green is none'],
  ])('refuses what has no informers, and names the part', (given, message) => {
    expect(() => mergeInformers(given as never)).toThrow(TypeError);
    expect(() => mergeInformers(given as never)).toThrow(message);
  });

  it('hands out maps that nobody can change', () => {
    const merged = mergeInformers({ blue: sharedInformer(fakeListerWatcher([])) });
    const maps: readonly ReadonlyMap<string, unknown>[] = [
      merged.parts,
      merged.status$.value,
      merged.snapshot$.value.parts,
    ];
    for (const map of maps) {
      expect(() => (map as Map<string, unknown>).clear()).toThrow(TypeError);
      expect(() => (map as Map<string, unknown>).set('red', 1)).toThrow(TypeError);
      expect(() => (map as Map<string, unknown>).delete('blue')).toThrow(TypeError);
      expect([...map.keys()]).toEqual(['blue']);
    }
  });
});
