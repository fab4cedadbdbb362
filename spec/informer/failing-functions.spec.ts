import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject, SharedInformerOptions } from 'kuberx';
import { reported } from '../reported.ts';
import { random, play } from './scene.ts';

type Options = SharedInformerOptions<KubernetesObject, KubernetesObject, 'uid'>;

const no = (): never => {
  throw new Error('no');
};

/** A function that throws at some of its calls. */
function failingAt<A extends unknown[], R>(
  isDue: (call: number) => boolean,
  then: (...args: A) => R,
): (...args: A) => R {
  let call = 0;
  return (...args) => {
    call += 1;
    return isDue(call) ? no() : then(...args);
  };
}

const second = (call: number): boolean => call % 2 === 0;
const quiet = (): void => undefined;
const itself = (_: unknown, object: KubernetesObject): KubernetesObject => object;

// A 410, a watch that the server ends, one that breaks, and one that goes on.
const watches = ['oabm--x', 'oAcn 1s |', 'oB 1s #', 'o 3s k'];

describe('a function of the user that throws', () => {
  it.each<[string, Options]>([
    ['none', {}],
    ['random', { random: no }],
    ['random now and then', { random: failingAt(second, random) }],
    ['intern', { intern: no, onTransformError: quiet }],
    ['intern now and then', { intern: failingAt(second, itself), onTransformError: quiet }],
    ['intern for what has arrived', { intern: failingAt((call) => call > 2, itself), onTransformError: quiet }],
    ['an index', { indexers: { uid: no }, onIndexError: quiet }],
    ['an index and who is told of it', { indexers: { uid: no }, onIndexError: no }],
    [
      'transform now and then',
      {
        transform: failingAt(
          (call) => call === 2,
          (object) => object,
        ),
        onTransformError: no,
      },
    ],
  ])('does not keep an informer from the state of the server: %s', async (_what, options) => {
    const states: unknown[] = [];
    await reported(() =>
      play(
        watches,
        ({ informer, server, at }) => {
          const connection = informer.connect();
          at(40_000, () => {
            states.push(
              informer.lister
                .list()
                .map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion ?? ''}`)
                .toSorted(),
              informer.status$.value.phase,
              server.requests.length,
            );
            connection.unsubscribe();
          });
        },
        options,
      ),
    );
    expect(states).toEqual([['a@6', 'b@7', 'c@8'], 'watching', watches.length]);
  });

  it('is told where nothing can be tried again without it, and is started anew: a scheduler', async () => {
    let isBroken = false;
    const scheduler = {
      now: () => (isBroken ? no() : asyncScheduler.now()),
      schedule: ((...args: Parameters<SchedulerLike['schedule']>) =>
        isBroken ? no() : asyncScheduler.schedule(...args)) as SchedulerLike['schedule'],
    } satisfies SchedulerLike;
    let lines: string[] = [];
    const errors = await reported(() => {
      lines = play(
        watches,
        ({ informer, note, at }) => {
          informer.connect();
          at(3, () => (isBroken = true));
          at(50, () => {
            const { phase, stale, lastError } = informer.status$.value;
            note(`${phase}${stale ? ' stale' : ''}: ${lastError?.message}`);
            isBroken = false;
            const again = informer.connect();
            at(40_000, () => {
              note(`${informer.status$.value.phase} with ${informer.snapshot$.value.size}`);
              again.unsubscribe();
            });
          });
        },
        { scheduler },
      );
    });
    expect(lines).toEqual(['50: stopped stale: v1/pods: no', '40050: watching with 3']);
    expect(errors).toContainEqual(new Error('no'));
  });

  it('is refused where it is none', () => {
    const wrong = { random: 0.5 } as unknown as Options;
    expect(() => play([], quiet, wrong)).toThrow(
      new TypeError('random is of type number; it takes a function. Nothing was started.'),
    );
  });
});
