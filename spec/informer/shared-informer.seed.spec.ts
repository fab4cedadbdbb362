import type { V1Pod } from '@kubernetes/client-node';
import { of } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  type InformerStatus,
  type KubernetesObject,
  minutes,
  type Raw,
  seconds,
  type Seed,
  sharedInformer,
  view,
} from 'kuberx';
import { buildObject, fakeListerWatcher, page } from 'kuberx/testing';
import { apiServer } from 'kuberx/testing/apiserver';
import { fetchHttpClient, listWatch } from 'kuberx/http';
import { eventually } from '../eventually.ts';
import { expired, tooLarge } from '../reflector/failures.ts';
import { listen, play, type Scene } from './scene.ts';

const a = buildObject('default/a', '4');
const b = buildObject('default/b', '3');
const seed: Seed<KubernetesObject> = { objects: [a, b], resourceVersion: '5' };
const inShort = ({ phase, synced, stale, updates }: InformerStatus): string =>
  [phase, ...(synced ? ['synced'] : []), ...(stale ? ['stale'] : []), ...(updates ? [updates] : [])].join(', ');
const asked = ({ server }: Scene): string[] =>
  server.requests.map(({ verb, options: { resourceVersion, resourceVersionMatch, limit } }) =>
    [
      verb,
      resourceVersion ?? 'any',
      ...(resourceVersionMatch ? [resourceVersionMatch] : []),
      ...(limit ? [`limit ${limit}`] : []),
    ].join(' '),
  );

describe('sharedInformer with a seed', () => {
  it('has the state at once, complete and stale, and asks for nothing', async () => {
    const server = fakeListerWatcher([]);
    const informer = sharedInformer(server, { seed, indexers: { name: ({ metadata }) => [metadata.name] } });
    expect(informer.snapshot$.value).toMatchObject({ size: 2, synced: true, resourceVersion: '5' });
    expect(informer.snapshot$.value.byIndex('name', 'a')).toEqual([a]);
    expect(informer.hasSynced$.value).toBe(true);
    expect(inShort(informer.status$.value)).toBe('stopped, synced, stale');
    expect(informer.lister.get('default/b')).toBe(b);
    await informer.whenSynced();
    expect(server.requests).toEqual([]);
  });

  it('watches from its version without a list, and is stale until the watch is open', () => {
    const lines = play(
      ['--o--A-c'],
      (scene) => {
        const { informer, note, at } = scene;
        informer.status$.subscribe((status) => note(inShort(status)));
        const events = listen(scene);
        at(20, () => {
          events.unsubscribe();
          note(asked(scene).join());
        });
      },
      { seed },
    );
    expect(lines).toEqual([
      '0: stopped, synced, stale',
      '0: added a@4 initial',
      '0: added b@3 initial',
      '0: synced',
      '0: waiting, synced, stale',
      '0: watching, synced, stale',
      '2: watching, synced, watched',
      '5: updated a@4 to a@6',
      '7: added c@8',
      '20: stopped, synced, stale, watched',
      '20: watch 5',
    ]);
  });

  it.each([
    ['on the request', { watch: '#', error: expired }],
    ['in the stream', { watch: 'ox' }],
  ])('lists where the version is gone %s, and shows the difference without an empty state between', (_, gone) => {
    const listed = page([buildObject('default/a', '4'), buildObject('default/c', '8')], '25');
    const lines = play(
      [gone, { list: of(listed) }, 'o'],
      (scene) => {
        const { informer, at, note } = scene;
        const sizes = informer.snapshot$.subscribe(({ size }) => note(`${size} objects`));
        const events = listen(scene);
        at(seconds(3), () => {
          events.unsubscribe();
          sizes.unsubscribe();
          note(asked(scene).join());
        });
      },
      { seed, streaming: false },
    );
    expect(lines.map((line) => line.replace(/^\d+: /, ''))).toEqual([
      '2 objects',
      'added a@4 initial',
      'added b@3 initial',
      'synced',
      '2 objects',
      'deleted b@3 unseen',
      'added c@8',
      'watch 5,list 5 NotOlderThan,watch 25',
    ]);
  });

  it.each<[string, number, string]>([
    ['is watched without a word where it is younger than a minute', seconds(59), 'watch 5'],
    ['is verified by a list of one object where it is older', minutes(1), 'list 5 NotOlderThan limit 1,watch 5'],
  ])('whose time is given %s', (_, age, requests) => {
    const [line] = play(
      age < minutes(1) ? ['o'] : [{ list: of(page([a], '5')) }, 'o'],
      (scene) => {
        const connection = scene.informer.connect();
        scene.at(10, () => {
          connection.unsubscribe();
          scene.note(asked(scene).join());
        });
      },
      { seed: { ...seed, asOf: -age } },
    );
    expect(line).toBe(`10: ${requests}`);
  });

  it('lists the most recent state where an old seed is of a version that the server never had', () => {
    const lines = play(
      [
        { list: '#', error: tooLarge },
        { list: of(page([buildObject('default/a', '1')], '2')) },
        { list: of(page([], '2')) },
        'o',
      ],
      (scene) => {
        const connection = scene.informer.connect();
        scene.at(seconds(20), () => {
          const objects = scene.informer.snapshot$.value.list();
          scene.note(objects.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion ?? ''}`).join());
          connection.unsubscribe();
        });
      },
      { seed: { ...seed, asOf: -minutes(5) }, streaming: false },
    );
    expect(lines).toEqual(['20000: a@1']);
  });

  it('finds a version of the future without a time when its silent watch ends', () => {
    const lines = play(
      [
        { watch: 'o 290s |' },
        { list: '#', error: tooLarge },
        { list: of(page([buildObject('default/a', '1')], '2')) },
        { list: of(page([], '2')) },
        'o',
      ],
      (scene) => {
        const connection = scene.informer.connect();
        scene.at(minutes(5), () => {
          scene.note(scene.informer.snapshot$.value.keys().join());
          scene.note(asked(scene).slice(0, 3).join());
          connection.unsubscribe();
        });
      },
      { seed, streaming: false },
    );
    expect(lines).toEqual(['300000: default/a', '300000: watch 5,list 5 NotOlderThan limit 1,list any limit 500']);
  });

  it('goes on from where it stopped, not from its seed, and drops it when nobody holds it for the retain time', () => {
    const lines = play(
      ['oA', 'o', 'oabm'],
      (scene) => {
        const { informer, at, note } = scene;
        const first = informer.connect();
        at(10, () => first.unsubscribe());
        at(2000, () => {
          const second = informer.connect();
          at(10, () => second.unsubscribe());
        });
        at(seconds(30), () => {
          note(inShort(informer.status$.value));
          const third = informer.connect();
          at(10, () => {
            third.unsubscribe();
            note(asked(scene).join());
          });
        });
      },
      { seed, retain: seconds(10) },
    );
    expect(lines).toEqual(['30000: idle', '30010: watch 5,watch 6,watch any NotOlderThan']);
  });

  it('stores the objects as they are: not transformed again, frozen, and with a key of __proto__ as data', () => {
    const transform = vi.fn((object: KubernetesObject) => object);
    const config = {
      ...buildObject('default/config', '4'),
      data: JSON.parse('{"__proto__":{"polluted":"yes"},"a":"b"}') as object,
    };
    const informer = sharedInformer(fakeListerWatcher([]), {
      seed: { objects: [config], resourceVersion: '5' },
      transform,
    });
    const stored = informer.snapshot$.value.getByKey('default/config') as typeof config;
    expect(transform).not.toHaveBeenCalled();
    expect(Object.isFrozen(stored.data)).toBe(true);
    expect(Object.keys(stored.data)).toEqual(['__proto__', 'a']);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect((stored.data as { polluted?: string }).polluted).toBeUndefined();
  });

  it('reports an index function that fails for an object of the seed, and keeps the object', () => {
    const onIndexError = vi.fn();
    const indexers = {
      name: ({ metadata }: KubernetesObject) => (metadata.name === 'a' ? (undefined as never) : ['b']),
    };
    const informer = sharedInformer(fakeListerWatcher([]), { seed, indexers, onIndexError });
    expect(informer.snapshot$.value.size).toBe(2);
    expect(onIndexError).toHaveBeenCalledOnce();
    expect(informer.status$.value.objectErrors).toBe(1);
  });

  it('gives a view its rows at once', () => {
    const informer = sharedInformer(fakeListerWatcher([]), { seed });
    const rows = view(informer, { orderBy: [{ key: ({ metadata }) => metadata.name, desc: true }] }).rows$.value;
    expect(rows).toMatchObject({ length: 2, synced: true });
    expect([...rows]).toEqual([b, a]);
  });

  it('sends one watch and no list to a server that has its version, and sees what came meanwhile', async () => {
    await using server = await apiServer();
    for (const name of ['a', 'b', 'c']) server.create('v1/pods', { metadata: { namespace: 'default', name } });
    const pages = listWatch(fetchHttpClient({ server: server.url }), 'v1/pods');
    const rendering = sharedInformer(pages);
    await rendering.whenSynced();
    const { value } = rendering.snapshot$;
    const text = JSON.stringify({ objects: value.list(), resourceVersion: value.resourceVersion });
    server.delete('v1/pods', 'default/b');
    const before = server.requests.length;

    const hydrated = sharedInformer(pages, { seed: JSON.parse(text) as Seed<Raw<V1Pod>> });
    expect(hydrated.snapshot$.value.size).toBe(3);
    const connection = hydrated.connect();
    await eventually(() => expect(hydrated.snapshot$.value.keys().sort()).toEqual(['default/a', 'default/c']));
    expect(server.requests.slice(before).map(({ verb }) => verb)).toEqual(['watch']);
    expect(hydrated.status$.value).toMatchObject({ stale: false, updates: 'watched' });
    connection.unsubscribe();
  });
});
