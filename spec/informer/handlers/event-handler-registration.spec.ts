import { concat, config, defer, firstValueFrom, NEVER, Subject, throwError, type Observable } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type EventHandlerRegistration,
  filteringEventHandler,
  type HandlerError,
  InformerEndedError,
  type KubernetesObject,
  type ResourceEventHandler,
  seconds,
} from 'kuberx';
import { awaitable } from 'kuberx/http';
import { added, buildObject, initialEventsEnd, open } from 'kuberx/testing';
import { play, type Scene } from '../scene.ts';

const name = ({ metadata }: KubernetesObject): string => `${metadata.name}@${metadata.resourceVersion ?? ''}`;

/** A handler that notes its calls. `then` is what it returns. */
const noting = (
  note: (line: string) => void,
  who = '',
  then: (object: KubernetesObject) => unknown = () => undefined,
): ResourceEventHandler<KubernetesObject> => ({
  onAdd: (object, isInInitialList) => {
    note(`${who}add ${name(object)}${isInInitialList ? ' initial' : ''}`);
    return then(object);
  },
  onUpdate: (oldObject, object) => {
    note(`${who}update ${name(oldObject)} to ${name(object)}`);
    return then(object);
  },
  onDelete: (object, finalStateUnknown) => {
    note(`${who}delete ${name(object)}${finalStateUnknown ? ' unseen' : ''}`);
    return then(object);
  },
});

/** A promise of virtual time: settled within the frame, without a turn of the event loop. */
function settledBy(trigger$: Observable<unknown>): PromiseLike<undefined> {
  return {
    // Nothing follows from the promise that this is to return.
    then: (resolve: ((value: undefined) => unknown) | null | undefined) => {
      if (resolve) trigger$.subscribe(() => resolve(undefined));
      return settledBy(NEVER) as never;
    },
  };
}

describe('addEventHandler', () => {
  it('holds the informer and calls the handler for what is there and what happens', () => {
    const lines = play(['oabm-A-d-x', 'oAcn'], ({ informer, note, at, server }) => {
      const registration = informer.addEventHandler(noting(note));
      at(seconds(3), () => {
        registration.remove();
        expect(server.openRequests).toBe(0);
      });
    });
    expect(lines).toEqual([
      '3: add a@4 initial',
      '3: add b@3 initial',
      '5: update a@4 to a@6',
      '7: delete b@9',
      '1003: add c@8',
    ]);
  });

  it('gives a late handler what is there, as initial', () => {
    const lines = play(['oabm-A-c'], ({ informer, note, at }) => {
      const first = informer.addEventHandler(noting(note, '1 '));
      at(6, () => {
        expect(first.hasSynced).toBe(true);
        const late = informer.addEventHandler(noting(note, '2 '));
        expect(late.hasSynced).toBe(false);
        at(3, () => {
          expect(late.hasSynced).toBe(true);
          late.remove();
          first.remove();
        });
      });
    });
    expect(lines.filter((line) => line.includes(' 2 '))).toEqual([
      '6: 2 add a@6 initial',
      '6: 2 add b@3 initial',
      '7: 2 add c@8',
    ]);
  });

  it('takes one handler twice for two', () => {
    const lines = play(['om--c'], ({ informer, note, at }) => {
      const handler = noting(note);
      const [one, two] = [informer.addEventHandler(handler), informer.addEventHandler(handler)];
      at(6, () => {
        one.remove();
        two.remove();
      });
    });
    expect(lines).toEqual(['4: add c@8', '4: add c@8']);
  });

  it('leaves out what a handler has no method for', () => {
    const lines = play(['oabm-A-d'], ({ informer, note, at }) => {
      const registration = informer.addEventHandler({ onDelete: (object) => note(`delete ${name(object)}`) });
      at(9, () => registration.remove());
    });
    expect(lines).toEqual(['7: delete b@9']);
  });

  it.each([[undefined], [null], ['onAdd'], [{ onUpdate: 5 }]])('refuses %j, and starts nothing', (handler) => {
    play([], ({ informer, server }) => {
      expect(() => informer.addEventHandler(handler as never)).toThrow(TypeError);
      expect(server.requests).toEqual([]);
    });
  });

  it('waits for what a handler promises, in order, and does not hold up others', () => {
    const lines = play(['oabm-A'], ({ informer, note, at, helpers }) => {
      const slow = informer.addEventHandler(noting(note, 'slow ', () => settledBy(helpers.cold('-----x'))));
      const quick = informer.addEventHandler(noting(note, 'quick '));
      at(30, () => {
        slow.remove();
        quick.remove();
      });
    });
    expect(lines).toEqual([
      '3: slow add a@4 initial',
      '3: quick add a@4 initial',
      '3: quick add b@3 initial',
      '5: quick update a@4 to a@6',
      '8: slow add b@3 initial',
      '13: slow update a@4 to a@6',
    ]);
  });

  it('subscribes once to an Observable that a handler returns, and waits for it', () => {
    const failures: string[] = [];
    const onHandlerError = ({ message }: Error): void => void failures.push(message);
    const spec = ({ informer, note, at, helpers }: Scene): void => {
      function sent(): Observable<unknown> {
        const request$ = defer(() => (note('sent'), helpers.cold('--(x|)')));
        return awaitable(request$);
      }
      const registration = informer.addEventHandler(noting(note, '', sent));
      informer.addEventHandler({ onUpdate: () => throwError(() => new Error('refused')) });
      at(20, () => registration.remove());
    };
    const lines = play(['oabm-A'], spec, { onHandlerError });
    expect(failures).toEqual([expect.stringContaining('refused')]);
    expect(lines).toEqual([
      '3: add a@4 initial',
      '3: sent',
      '5: add b@3 initial',
      '5: sent',
      '7: update a@4 to a@6',
      '7: sent',
    ]);
  });

  it('goes on through any number of calls that are done at once after one that was waited for', async () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `default/p${index}`);
    const list = [open, ...names.map((key) => added(buildObject(key, '1'))), initialEventsEnd('5')];
    let calls = 0;
    let quiet: Promise<void> | undefined;
    play([{ watch: concat(list, NEVER) }], ({ informer, at, helpers }) => {
      const first$ = helpers.cold('-----x');
      const handler = { onAdd: () => (calls++ === 0 ? settledBy(first$) : undefined) };
      const registration = informer.addEventHandler(handler);
      const removed = informer.addEventHandler({ onAdd: () => settledBy(first$) });
      quiet = removed.shutDown();
      at(6, () => {
        expect([calls, registration.hasSynced]).toEqual([names.length, true]);
        registration.remove();
      });
    });
    await quiet;
  });

  it('has synced when the informer has and the handler is done with all of it', () => {
    const lines = play(['o-abm'], ({ informer, note, at, helpers }) => {
      const registration = informer.addEventHandler(noting(note, '', () => settledBy(helpers.cold('---x'))));
      registration.hasSynced$.subscribe({ next: (has) => note(`synced ${has}`), complete: () => note('no more') });
      at(20, () => registration.remove());
    });
    expect(lines).toEqual([
      '0: synced false',
      '4: add a@4 initial',
      '7: add b@3 initial',
      '10: synced true',
      '10: no more',
    ]);
  });

  it('has synced with nothing in the list', () => {
    play(['om'], ({ informer, at }) => {
      const registration = informer.addEventHandler({});
      expect(registration.hasSynced).toBe(false);
      at(2, () => {
        expect(registration.hasSynced).toBe(true);
        registration.remove();
        expect(registration.hasSynced).toBe(true);
      });
    });
  });

  it('drops what waits when it is removed, and lets a call in progress end', async () => {
    let quiet: Promise<void> | undefined;
    const outcome: string[] = [];
    const lines = play(['oabm-A'], ({ informer, note, at, helpers, server }) => {
      const registration = informer.addEventHandler(noting(note, '', () => settledBy(helpers.cold('-----x'))));
      at(6, () => {
        quiet = registration.shutDown().then(() => void outcome.push('quiet'));
        registration.remove();
        note(`open ${server.openRequests}, synced ${registration.hasSynced}`);
      });
    });
    expect(lines).toEqual(['3: add a@4 initial', '6: open 0, synced false']);
    await quiet;
    expect(outcome).toEqual(['quiet']);
  });

  it('does not shut down before the call in progress has ended', async () => {
    const ended$ = new Subject<void>();
    const outcome: string[] = [];
    let shutDown: Promise<void> | undefined;
    play(['oabm'], ({ informer, at }) => {
      const registration = informer.addEventHandler({
        onAdd: () => firstValueFrom(ended$),
      });
      at(5, () => {
        shutDown = registration.shutDown().then(() => void outcome.push('quiet'));
      });
    });
    await new Promise(setImmediate);
    expect(outcome).toEqual([]);
    ended$.next();
    await shutDown;
    expect(outcome).toEqual(['quiet']);
  });

  it('shuts down at once where nothing is in progress: never called, or done', async () => {
    const shutDowns: Promise<void>[] = [];
    play(['oabm'], ({ informer, at }) => {
      shutDowns.push(informer.addEventHandler({}).shutDown());
      const registration = informer.addEventHandler({});
      at(5, () => shutDowns.push(registration.shutDown(), registration.shutDown()));
    });
    await Promise.all(shutDowns);
    expect(shutDowns).toHaveLength(3);
  });

  it('is removed by its signal, before or after', () => {
    const end = new AbortController();
    const lines = play(['oabm-A'], ({ informer, note, at, server }) => {
      informer.addEventHandler(noting(note, 'never '), { signal: AbortSignal.abort() });
      expect(server.requests).toHaveLength(0);
      informer.addEventHandler(noting(note), { signal: end.signal });
      at(4, () => {
        end.abort();
        expect(server.openRequests).toBe(0);
      });
    });
    expect(lines).toEqual(['3: add a@4 initial', '3: add b@3 initial']);
  });

  it.each([
    ['remove', (registration: EventHandlerRegistration) => registration.remove()],
    ['shutDown', (registration: EventHandlerRegistration) => void registration.shutDown()],
    ['its signal', (_: EventHandlerRegistration, end: AbortController) => end.abort()],
  ])('is removed from within its first call, by what was returned before that: %s', (_, remove) => {
    const lines = play(['oabm-A'], ({ informer, note, at, server }) => {
      const add = (who: string): void => {
        const end = new AbortController();
        const registration = informer.addEventHandler(
          {
            onAdd: (object) => {
              note(`${who} add ${name(object)}`);
              remove(registration, end);
            },
          },
          { signal: end.signal },
        );
        note(`${who} is added, ${registration.hasSynced}`);
      };
      add('early');
      const connection = informer.connect();
      at(5, () => {
        add('late');
        connection.unsubscribe();
        expect(server.openRequests).toBe(1);
      });
      at(6, () => expect(server.openRequests).toBe(0));
    });
    expect(lines).toEqual([
      '0: early is added, false',
      '3: early add a@4',
      '5: late is added, false',
      '5: late add a@6',
    ]);
  });

  it('calls a handler of an informer that syncs at once after it was added', () => {
    const lines: string[] = [];
    play([{ watch: concat([open, added(buildObject('default/a', '1')), initialEventsEnd('5')], NEVER) }], (scene) => {
      const registration = scene.informer.addEventHandler({
        onAdd: () => {
          lines.push('called');
          registration.remove();
        },
      });
      expect(scene.server.openRequests).toBe(1);
      lines.push('added');
    });
    expect(lines).toEqual(['added', 'called']);
  });

  it('refuses a handler of an informer that has ended, and ends those that it has', async () => {
    const end = new AbortController();
    const ended: string[] = [];
    const lines = play(
      ['oabm'],
      ({ informer, note, at, helpers }) => {
        const slow = informer.addEventHandler(noting(note, '', () => settledBy(helpers.cold('--x'))));
        slow.hasSynced$.subscribe({ complete: () => note('complete') });
        at(4, () => {
          end.abort();
          expect(() => informer.addEventHandler({})).toThrow(InformerEndedError);
          expect(() => informer.addEventHandler({})).toThrow('the informer of v1/pods has ended; no handler was added');
          void slow.whenSynced().catch((error: unknown) => ended.push(String(error)));
          void slow.shutDown().then(() => ended.push('quiet'));
        });
      },
      { signal: end.signal },
    );
    expect(lines).toEqual(['3: add a@4 initial', '4: complete']);
    await expect.poll(() => ended).toHaveLength(2);
    expect(ended.sort()).toEqual([
      'WaitEndedError: the sync of a handler of v1/pods can no longer happen: its stream has ended',
      'quiet',
    ]);
  });

  describe('that fails', () => {
    afterEach(() => (config.onUnhandledError = null));

    it.each([
      [
        'throws',
        () => {
          throw new Error('no');
        },
      ],
      ['rejects', () => ({ then: (_: unknown, reject: (error: Error) => void) => reject(new Error('no')) })],
    ] as const)('goes on with the next event, and tells, where a handler %s', (_, fail) => {
      const errors: HandlerError<KubernetesObject>[] = [];
      const lines = play(
        ['oabm-A'],
        ({ informer, note, at }) => {
          const bad = informer.addEventHandler(noting(note, 'bad ', fail));
          const good = informer.addEventHandler(noting(note, 'good '));
          at(8, () => {
            expect(bad.hasSynced).toBe(true);
            bad.remove();
            good.remove();
          });
        },
        { onHandlerError: (error) => errors.push(error) },
      );
      expect(lines.filter((line) => line.includes('bad'))).toHaveLength(3);
      expect(lines.filter((line) => line.includes('good'))).toHaveLength(3);
      expect(errors.map(({ message }) => message)).toEqual([
        'handling added of default/a failed, it is not tried again: no',
        'handling added of default/b failed, it is not tried again: no',
        'handling updated of default/a failed, it is not tried again: no',
      ]);
      expect(errors[2]).toMatchObject({ key: 'default/a', event: { type: 'updated' }, cause: new Error('no') });
    });

    it('is reported as RxJS reports what nobody handles, by default and where onHandlerError throws', async () => {
      const unhandled: unknown[] = [];
      config.onUnhandledError = (error) => unhandled.push(error);
      const fail = (): void => {
        throw new Error('no');
      };
      const run = (onHandlerError?: () => void): string[] =>
        play(
          ['oabm'],
          ({ informer, note, at }) => {
            const registration = informer.addEventHandler(noting(note, '', fail));
            at(5, () => registration.remove());
          },
          { onHandlerError },
        );
      expect(run()).toHaveLength(2);
      expect(
        run(() => {
          throw new Error('worse');
        }),
      ).toHaveLength(2);
      await new Promise((resolve) => void setTimeout(resolve));
      expect(unhandled.map(String)).toEqual([
        'HandlerError: handling added of default/a failed, it is not tried again: no',
        'HandlerError: handling added of default/b failed, it is not tried again: no',
        'Error: worse',
        'Error: worse',
      ]);
    });
  });

  it("resyncs each handler at its own period, those without one at the informer's", () => {
    const lines = play(
      ['oam'],
      ({ informer, note, at }) => {
        const registrations = [
          informer.addEventHandler(noting(note, 'default '), {}),
          informer.addEventHandler(noting(note, 'never '), { resyncPeriod: 0 }),
          informer.addEventHandler(noting(note, 'own '), { resyncPeriod: seconds(25) }),
        ];
        at(seconds(29), () => registrations.forEach((each) => each.remove()));
      },
      { resyncPeriod: seconds(10) },
    );
    expect(lines.slice(3)).toEqual([
      '10002: default update a@4 to a@4',
      '20002: default update a@4 to a@4',
      '25002: own update a@4 to a@4',
    ]);
  });

  it('lets no more than one resync of an object wait for a slow handler, and holds up no change behind them', () => {
    const lines = play(
      [{ watch: 'oabm 495ms A' }],
      ({ informer, note, at, helpers }) => {
        const registration = informer.addEventHandler(noting(note, '', () => settledBy(helpers.cold('50ms x'))));
        at(1000, () => registration.remove());
      },
      { resyncPeriod: 5 },
    );
    expect(lines.slice(0, 6)).toEqual([
      '3: add a@4 initial',
      '53: add b@3 initial',
      '103: update a@4 to a@4',
      '153: update b@3 to b@3',
      '203: update a@4 to a@4',
      '253: update b@3 to b@3',
    ]);
    const change = lines.findIndex((line) => line.endsWith('update a@4 to a@6'));
    expect(Number.parseInt(lines[change]!)).toBeLessThanOrEqual(500 + 3 * 50);
    expect(lines.slice(change + 1).filter((line) => line.includes('a@4'))).toEqual([]);
    expect(lines).toHaveLength(1000 / 50);
  });

  it('is told that it can no longer sync, where it is removed before', async () => {
    let waiting: Promise<void> | undefined;
    play(['o--'], ({ informer, at }) => {
      const registration = informer.addEventHandler({});
      waiting = registration.whenSynced();
      waiting.catch(() => undefined);
      at(2, () => registration.remove());
    });
    await expect(waiting).rejects.toThrow('can no longer happen');
  });
});

describe('filteringEventHandler', () => {
  const passing = (scene: Scene, filter: (object: KubernetesObject) => boolean): void => {
    const registration = scene.informer.addEventHandler(filteringEventHandler(filter, noting(scene.note)));
    scene.at(20, () => registration.remove());
  };

  it('takes an update by which an object starts to pass for an addition that is not initial', () => {
    expect(play(['oabm-A'], (scene) => passing(scene, ({ metadata }) => metadata.resourceVersion === '6'))).toEqual([
      '5: add a@6',
    ]);
  });

  it('takes an update by which an object stops passing for a deletion of it as it was', () => {
    expect(play(['oabm-A'], (scene) => passing(scene, ({ metadata }) => metadata.resourceVersion === '4'))).toEqual([
      '3: add a@4 initial',
      '5: delete a@4',
    ]);
  });

  it('passes on an update where both pass, and nothing where neither does', () => {
    const onlyA = ({ metadata }: KubernetesObject): boolean => metadata.name === 'a';
    expect(play(['oabm-A-B-d'], (scene) => passing(scene, onlyA))).toEqual([
      '3: add a@4 initial',
      '5: update a@4 to a@6',
    ]);
  });

  it('asks the filter about deletions too, those found by a relist included', () => {
    const onlyB = ({ metadata }: KubernetesObject): boolean => metadata.name === 'b';
    expect(play(['oabm-d'], (scene) => passing(scene, onlyB))).toEqual(['3: add b@3 initial', '5: delete b@9']);
  });
});
