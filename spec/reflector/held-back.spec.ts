import { EMPTY, Observable, type Observer, Subject, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { type KubernetesObject, type ListerWatcher, type ListOptions, reflector, type WatchOptions } from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import { added, bookmark, buildObject, initialEventsEnd, open, page, status } from 'kuberx/testing';
import type { Held } from '#src/protocol/hold-reason.ts';
import { inWords, random } from './marbles.ts';

type Script = (asked: string, held: Held, observer: Observer<never>) => void;

/** What a reflector says, each with its time, where `watch` and `list` answer each request by its number. */
function play(milliseconds: number, script: { list?: Script; watch: readonly Script[] }, nudged$?: Observable<void>) {
  const said: string[] = [];
  const asked: string[] = [];
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    function answer(words: string, held: Held, play: Script | undefined): Observable<never> {
      asked.push(`${scheduler.now()} ${words}`);
      return new Observable((observer) => play?.(words, held, observer));
    }
    let watches = 0;
    const listerWatcher: ListerWatcher<KubernetesObject> = {
      resource: 'v1/pods',
      nudged$,
      list({ resourceVersion = '' }: ListOptions, _alive?: unknown, held?: Held): Observable<never> {
        return answer(`list ${resourceVersion}`, held!, script.list);
      },
      watch({ resourceVersion = '' }: WatchOptions, held?: Held): Observable<never> {
        return answer(`watch ${resourceVersion}`, held!, script.watch[watches++]);
      },
    };
    const subscription = reflector(listerWatcher, { random }).subscribe((event) =>
      said.push(`${scheduler.now()} ${inWords(event)}`),
    );
    timer(milliseconds).subscribe(() => subscription.unsubscribe());
    flush();
  });
  return { said, asked };
}

const later = (milliseconds: number, action: () => void): void => void timer(milliseconds).subscribe(action);
const put = (observer: Observer<never>, ...frames: unknown[]): void => {
  for (const frame of frames) observer.next(frame as never);
};
const synced: Script = (_asked, held, observer) => {
  put(observer, open, added(buildObject('default/a', '4')), initialEventsEnd('5'));
  later(2_000, () => {
    held('hidden');
    observer.complete();
  });
};

describe('a request that is held back', () => {
  it('is told with its reason, and again as requested when it is sent', () => {
    const { said } = play(10_000, {
      watch: [
        (_asked, held, observer) => {
          held('turn');
          later(3_000, () => held('hidden'));
          later(5_000, () => {
            held();
            put(observer, open, initialEventsEnd('5'));
          });
        },
      ],
    });
    expect(said).toEqual([
      '0 Requested streaming',
      '0 HeldBack streaming: turn',
      '3000 HeldBack streaming: hidden',
      '5000 Requested streaming',
      '5000 Opened streaming',
      '5000 Replaced 5: ',
      '5000 Opened watching',
    ]);
  });

  it('has no deadline for as long as it is held, and all of it afterwards', () => {
    const hour = 3_600_000;
    const { said } = play(hour + 60_000, {
      watch: [
        (_asked, held) => {
          held('signed out');
          later(hour, () => held());
        },
      ],
    });
    expect(said.slice(0, 3)).toEqual([
      '0 Requested streaming',
      '0 HeldBack streaming: signed out',
      `${hour} Requested streaming`,
    ]);
    expect(said[3]).toMatch(new RegExp(`^${hour + 30_000} Interrupted streaming: MarkerMissing`));
  });

  it('may be a list, which takes any time as well', () => {
    const hour = 3_600_000;
    const forbidden = kubeErrorFromStatus('v1/pods', status(403, 'Forbidden'), 403);
    const { said } = play(hour + 1, {
      watch: [(_asked, _held, observer) => observer.error(forbidden)],
      list: (_asked, held, observer) => {
        held('offline');
        later(hour, () => {
          held();
          put(observer, page([buildObject('default/a', '1')], '5'));
          observer.complete();
        });
      },
    });
    expect(said.slice(1)).toEqual([
      '0 Interrupted streaming: Forbidden, attempt 1, retry in 0',
      '0 Requested listing',
      '0 HeldBack listing: offline',
      `${hour} Requested listing`,
      `${hour} Received listing 1`,
      `${hour} Replaced 5: a@1`,
      `${hour} Requested watching`,
    ]);
  });

  it('counts as ended at once only by the second after it was sent', () => {
    const { said } = play(20_000, {
      watch: [
        synced,
        (_asked, held, observer) => {
          held('turn');
          later(10_000, () => {
            held();
            observer.complete();
          });
        },
      ],
    });
    expect(said.join()).toMatch(/,12000 Requested watching,12000 Interrupted watching: ShortWatch/);
  });
});

describe('a stream that is given back', () => {
  it('is asked for again from its version, and nothing else is asked for', () => {
    const givenBack: Script = (_asked, held, observer) => {
      put(observer, open);
      later(5_000, () => {
        held('asleep');
        observer.complete();
      });
    };
    const { said, asked } = play(16_000, { watch: [synced, givenBack, givenBack, givenBack] });
    expect(asked).toEqual(['0 watch ', '2000 watch 5', '7000 watch 5', '12000 watch 5']);
    expect(said.slice(4, 8)).toEqual([
      '2000 HeldBack watching: hidden',
      '2000 Requested watching',
      '2000 Opened watching',
      '7000 HeldBack watching: asleep',
    ]);
    expect(said.join()).not.toMatch(/Interrupted/);
  });

  it('is a streaming list again where it was one that had not ended', () => {
    const { said, asked } = play(5_000, {
      watch: [
        (_asked, held, observer) => {
          put(observer, open, added(buildObject('default/a', '4')));
          later(2_000, () => {
            held('asleep');
            observer.complete();
          });
        },
        synced,
      ],
    });
    expect(asked).toEqual(['0 watch ', '2000 watch ', '4000 watch 5']);
    expect(said.slice(2, 5)).toEqual([
      '2000 HeldBack streaming: asleep',
      '2000 Requested streaming',
      '2000 Opened streaming',
    ]);
  });

  it('says nothing of progress while it is held, though it was open', () => {
    const { said } = play(70_000, {
      watch: [
        (_asked, held, observer) => {
          put(observer, open, initialEventsEnd('5'), bookmark('6'));
          later(2_000, () => held('asleep'));
        },
      ],
    });
    expect(said.at(-1)).toBe('2000 HeldBack watching: asleep');
  });
});

describe('a nudge', () => {
  const failing: Script = (_asked, _held, observer) =>
    observer.error(
      kubeErrorFromStatus('v1/pods', { ...status(403, 'Forbidden'), details: { retryAfterSeconds: 60 } }, 403),
    );

  it('ends the wait after a failure, but for the second between two watches', () => {
    const nudged$ = new Subject<void>();
    const { asked } = play(
      70_000,
      {
        watch: [
          (asked, held, observer) => {
            later(20_200, () => nudged$.next());
            later(20_300, () => nudged$.next());
            failing(asked, held, observer);
          },
          failing,
          failing,
        ],
        list: failing,
      },
      nudged$,
    );
    expect(asked.slice(0, 4)).toEqual(['0 watch ', '0 list ', '20200 watch ', '20200 list ']);
    expect(asked[4]).toMatch(/^21200 watch/);
    expect(nudged$.observed).toBe(false);
  });

  it('ends nothing where the stream of nudges ends', () => {
    const { asked } = play(50_000, { watch: [failing], list: failing }, EMPTY);
    expect(asked).toEqual(['0 watch ', '0 list ']);
  });
});
