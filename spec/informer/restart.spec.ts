import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type KubernetesObject, minutes, seconds, type SharedInformerOptions } from 'kuberx';
import type { FakeAnswer } from 'kuberx/testing';
import { broken, busy, expired, forbidden, overloaded, refused } from '../reflector/failures.ts';
import { play, type Scene } from './scene.ts';

type Answer = FakeAnswer<KubernetesObject>;
type Options = SharedInformerOptions<KubernetesObject, KubernetesObject, 'uid'>;

const paged: Options = { streaming: false };
const many = (answer: Answer): Answer[] => Array.from({ length: 100 }, () => answer);
const times = ({ server }: Scene): number[] => server.requests.map(({ at }) => at);

/** Holds the informer for so long, and again after a pause, until a time. */
function comeAndGo({ informer, at }: Scene, held: number, pause: number, until: number): void {
  const come = (elapsed: number): void => {
    if (elapsed >= until) return;
    const connection = informer.connect();
    const again = (): void => come(elapsed + held + pause);
    at(held, () => {
      connection.unsubscribe();
      if (pause > 0) at(pause, again);
      else again();
    });
  };
  come(0);
}

/** The times of the requests of a minute in which `spec` is played. */
function asked(answers: readonly Answer[], options: Options, spec: (scene: Scene) => void): number[] {
  let all: number[] = [];
  play(
    answers,
    (scene) => {
      spec(scene);
      scene.at(minutes(1) + 50, () => (all = times(scene)));
    },
    options,
  );
  return all;
}

describe('a shared informer whose subscribers come and go', () => {
  it.each<[string, readonly Answer[], Options]>([
    ['a watch that is well', [{ watch: 'oabm' }, ...many({ watch: 'o' })], {}],
    ['a streaming list that has no answer', many({ watch: NEVER }), {}],
    ['a list that has no answer', many({ list: NEVER }), paged],
  ])('keeps a second between requests: %s', (_, answers, options) => {
    const all = asked(answers, options, (scene) => comeAndGo(scene, 60, 10, seconds(5)));
    // The first to come back is free.
    expect(all).toEqual([0, 70, 1070, 2070, 3070, 4070]);
  });

  it.each<[string, readonly Answer[], Options]>([
    ['a list that is forbidden', many({ list: '#', error: forbidden }), paged],
    ['a watch that is forbidden', [{ watch: 'oam(|)' }, ...many({ watch: '#', error: forbidden })], {}],
    [
      'a watch that is refused',
      [{ watch: 'oam(|)' }, { watch: '#', error: refused }, ...many({ list: '#', error: refused })],
      {},
    ],
    ['a server that asks to wait', many({ list: '#', error: busy }), paged],
    ['a server that is busy', many({ list: '#', error: overloaded }), paged],
  ])('asks no sooner than one that is held all the time: %s', (_, answers, options) => {
    const held = asked(answers, options, ({ informer, at }) => {
      const connection = informer.connect();
      at(minutes(1) + 20, () => connection.unsubscribe());
    });
    expect(held.length).toBeGreaterThan(5);
    for (const pause of [0, 7]) {
      const all = asked(answers, options, (scene) => comeAndGo(scene, 37, pause, minutes(1)));
      expect(all.length).toBeGreaterThan(held.length - 2);
      // One that is given up before it is answered says nothing of the host: the next may come by a step sooner.
      expect(all.filter((time, index) => time < (held[index] ?? Infinity) - seconds(1))).toEqual([]);
    }
  });

  it('starts at once the first time, and whenever its last request is a second old', () => {
    const all = asked([{ watch: 'oabm' }, { watch: 'o' }, { watch: 'o' }], {}, ({ informer, at }) => {
      for (const [from, to] of [
        [5, 10],
        [1005, 1010],
        [2100, 9000],
      ] as const)
        at(from, () => {
          const connection = informer.connect();
          at(to - from, () => connection.unsubscribe());
        });
    });
    expect(all).toEqual([5, 1005, 2100]);
  });

  it('is free to start again within a second once in 10 s, as React does it, and not more often', () => {
    const all = asked([{ watch: 'oabm' }, ...many({ watch: 'o' })], {}, ({ informer, at }) => {
      for (const from of [0, 5, 10, seconds(12), seconds(12) + 5, seconds(12) + 10])
        at(from, () => {
          const connection = informer.connect();
          at(4, () => connection.unsubscribe());
        });
    });
    expect(all).toEqual([0, 5, seconds(12), seconds(12) + 5]);
  });

  it('tells when the request is due, and has what it has meanwhile', () => {
    const lines = play([{ watch: 'oabm' }, { watch: 'o' }, { watch: 'o' }], ({ informer, at, note, server }) => {
      at(50, () => informer.connect().unsubscribe());
      informer.status$.subscribe(({ phase, stale, retryAt }) =>
        note([phase, stale ? 'stale' : 'fresh', retryAt ?? ''].join(' ').trim()),
      );
      const first = informer.connect();
      at(40, () => first.unsubscribe());
      at(300, () => {
        const second = informer.connect();
        note(`${informer.snapshot$.value.size} objects, ${server.openRequests} open`);
        at(1000, () => second.unsubscribe());
      });
    });
    expect(lines.filter((line) => !/^[03]: /.test(line))).toEqual([
      '40: stopped stale',
      '50: waiting stale 50',
      '50: watching stale',
      '50: stopped stale',
      '300: waiting stale 1050',
      '300: 2 objects, 0 open',
      '1050: watching stale',
      '1050: watching fresh',
      '1300: stopped stale',
    ]);
  });

  it('leaves no timer where the last one goes while it waits', () => {
    const all = asked(many({ watch: NEVER }), {}, ({ informer, at }) => {
      informer.connect().unsubscribe();
      informer.connect().unsubscribe();
      const third = informer.connect();
      at(10, () => third.unsubscribe());
    });
    expect(all).toEqual([0, 0]);
  });

  it('begins the delays anew where it was not asked for anything for two minutes', () => {
    const attempts: string[] = [];
    play(
      many({ list: '#', error: forbidden }),
      ({ informer, at }) => {
        informer.status$.subscribe(({ attempt, retryAt, since }) => {
          if (attempt > 0 && retryAt !== undefined) attempts.push(`${attempt} ${retryAt - since}`);
        });
        const hold = (from: number, milliseconds: number): void =>
          at(from, () => {
            const connection = informer.connect();
            at(milliseconds, () => connection.unsubscribe());
          });
        hold(0, seconds(5));
        hold(seconds(7), 100);
        hold(minutes(3), 100);
      },
      paged,
    );
    expect(attempts).toEqual(['1 800', '2 1600', '3 3200', '4 6400', '1 800']);
  });

  it('makes sure of its version after a longer stop also where the first to come did not stay', () => {
    play([{ watch: 'oabm' }, { list: NEVER }, { list: NEVER }], ({ informer, at, server }) => {
      const hold = (from: number): void =>
        at(from, () => {
          const connection = informer.connect();
          at(10, () => connection.unsubscribe());
        });
      hold(0);
      hold(minutes(2));
      hold(minutes(2) + seconds(1));
      at(minutes(3), () => expect(server.requests.map(({ verb }) => verb)).toEqual(['watch', 'list', 'list']));
    });
  });

  it('lists where its version is gone, though nobody stays from the failure to the list', () => {
    const lines = play([{ watch: 'oabm' }, { watch: 'ox' }, { watch: 'oAcn' }, ...many({ watch: 'o' })], (scene) => {
      const { informer, note, at, server } = scene;
      comeAndGo(scene, 100, 10, seconds(4));
      at(seconds(5), () => {
        note(informer.snapshot$.value.keys().sort().join(' '));
        expect(server.requests.slice(1, 4).map(({ options }) => options)).toMatchObject([
          { resourceVersion: '5' },
          { resourceVersion: '5', resourceVersionMatch: 'NotOlderThan', sendInitialEvents: true },
          { resourceVersion: '25' },
        ]);
        expect(server.requests[3]?.options.sendInitialEvents).toBeUndefined();
      });
    });
    expect(lines).toEqual(['5000: default/a default/c']);
  });

  it('starts anew after it has let go, whatever the last run was about to do', () => {
    play(
      [{ watch: 'oabm-x' }, { watch: 'oAcn' }],
      ({ informer, at, server }) => {
        const first = informer.connect();
        at(10, () => first.unsubscribe());
        at(seconds(3), () => {
          const second = informer.connect();
          at(100, () => {
            expect(server.requests[1]?.options.resourceVersion).toBeUndefined();
            expect(server.requests[1]?.options.sendInitialEvents).toBe(true);
            second.unsubscribe();
          });
        });
      },
      { retain: 0 },
    );
  });

  it('is as slow from within a subscriber that hears of the failure', () => {
    for (const [error, expected] of [
      [forbidden, [0, 1000, 2000, 3600]],
      // A list of one object is to make sure of the version before the watch, and fails too.
      [broken, [0, 1000, 2000, 3250]],
      // The list that follows a list without the version that is gone needs no backoff.
      [expired, [0, 1000, 2000, 3000]],
    ] as const) {
      const all = asked([{ watch: 'oam(|)' }, ...many({ error })], {}, ({ informer, at }) => {
        let connection = informer.connect();
        const status = informer.status$.subscribe(({ attempt }) => {
          if (attempt === 0) return;
          connection.unsubscribe();
          connection = informer.connect();
        });
        at(seconds(10), () => {
          status.unsubscribe();
          connection.unsubscribe();
        });
      });
      expect(all.slice(0, 4)).toEqual(expected);
      expect(all.length).toBeLessThan(13);
    }
  });
});
