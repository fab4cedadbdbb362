import { asyncScheduler, config, defer, NEVER, of, throwError } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { HandlerError, KubeError, type KubernetesObject, type SharedInformerOptions } from 'kuberx';
import { awaitable } from 'kuberx/http';
import {
  added,
  buildObject,
  deleted,
  errorFrame,
  fakeListerWatcher,
  initialEventsEnd,
  modified,
  open,
  page,
  type FakeAnswer,
  type FakeListerWatcher,
} from 'kuberx/testing';
import { CallbackInformer } from '#src/client-node/callback-informer.ts';
import { random } from '../informer/scene.ts';
import { broken, expired, forbidden, internal, overloaded, refused } from '../reflector/failures.ts';

/** `oabm` is a streaming list of a and b at version 5; `p` is the same as a page. */
const values = {
  o: open,
  a: added(buildObject('default/a', '4')),
  b: added(buildObject('default/b', '3')),
  m: initialEventsEnd('5'),
  A: modified(buildObject('default/a', '6')),
  O: modified(buildObject('default/a', '2')),
  d: deleted(buildObject('default/b', '7')),
  c: added(buildObject('default/c', '8')),
  e: added(buildObject('default/a', '9', { metadata: { uid: 'another' } })),
  n: initialEventsEnd('9'),
  x: errorFrame(410, 'Expired'),
  y: errorFrame(500, 'InternalError'),
  p: page([buildObject('default/a', '4'), buildObject('default/b', '3')], '5'),
  q: page([buildObject('default/a', '4')], '5', { continue: 'more' }),
};

interface Scene {
  readonly informer: CallbackInformer<never>;
  readonly server: FakeListerWatcher<KubernetesObject>;
  readonly note: (line: string) => void;
  readonly at: (milliseconds: number, action: () => void) => void;
}

/** Plays a spec in virtual time, and returns what the callbacks were told, with the times. In the end nothing is open. */
function play(
  answers: readonly (string | FakeAnswer<KubernetesObject>)[],
  spec: (scene: Scene) => void,
  options: SharedInformerOptions<KubernetesObject> = {},
): string[] {
  const lines: string[] = [];
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(({ cold, flush }: RunHelpers) => {
    const script = answers.map((answer) => (typeof answer === 'string' ? { watch: answer } : answer));
    const server = fakeListerWatcher(script, { cold: cold as never, values });
    const informer = new CallbackInformer<never>(server, { random, ...options });
    const note = (line: string): void => void lines.push(`${asyncScheduler.now()}: ${line}`);
    for (const verb of ['add', 'update', 'delete'] as const)
      informer.on(verb, ({ metadata }: KubernetesObject) =>
        note(`${verb} ${metadata.name}@${metadata.resourceVersion ?? ''}`),
      );
    informer.on('connect', () => note('connect'));
    informer.on('error', (error: KubeError & { statusCode?: number }) =>
      note(`error ${error.reason} ${error.statusCode ?? ''}`.trim()),
    );
    const at = (milliseconds: number, action: () => void): void => void cold(`${milliseconds}ms x`).subscribe(action);
    spec({ informer, server, note, at });
    flush();
    expect(server.openRequests).toBe(0);
  });
  return lines;
}

const start = ({ informer }: Scene): void => void informer.start();
const stopAt = ({ informer, at }: Scene, milliseconds: number): void => at(milliseconds, () => void informer.stop());
const restart = ({ informer }: Scene): void => {
  void informer.stop();
  void informer.start();
};

function startUntil(milliseconds: number): (scene: Scene) => void {
  return (scene) => {
    start(scene);
    stopAt(scene, milliseconds);
  };
}

const failing = (error: unknown): FakeAnswer<KubernetesObject> => ({ watch: '#', error });

describe('a callback informer', () => {
  it('subscribes once to an Observable that a callback returns, and tells of its failure', () => {
    const reported: string[] = [];
    const spec = (scene: Scene): void => {
      const { informer, note } = scene;
      informer.on('add', () => awaitable(defer(() => (note('sent'), NEVER))) as never);
      informer.on('delete', () => throwError(() => new Error('refused')) as never);
      startUntil(20)(scene);
    };
    const onHandlerError = ({ message }: Error): void => void reported.push(message);
    expect(play(['o-b-m-d'], spec, { onHandlerError })).toEqual([
      '0: connect',
      '4: add b@3',
      '4: sent',
      '6: delete b@7',
    ]);
    expect(reported).toEqual([expect.stringContaining('refused')]);
  });

  it('tells of the connection, then of the objects, then of each change', () => {
    expect(play(['o-ab-m-A-d'], startUntil(20))).toEqual([
      '0: connect',
      '5: add a@4',
      '5: add b@3',
      '7: update a@6',
      '9: delete b@7',
    ]);
  });

  it('asks for nothing before it starts, and not for more by a second start', () => {
    const lines = play(['oam'], (scene) => {
      const { informer, server, at } = scene;
      void informer.stop();
      expect(server.requests).toHaveLength(0);
      start(scene);
      start(scene);
      at(5, () => start(scene));
      at(9, () => expect(server.requests).toHaveLength(1));
      stopAt(scene, 10);
    });
    expect(lines).toEqual(['0: connect', '2: add a@4']);
  });

  it.each([
    ['watch', 'is forbidden', forbidden, 'Forbidden 403'],
    ['watch', 'is asked to wait', overloaded, 'TooManyRequests 429'],
    ['watch', 'fails on the server', internal, 'InternalError 500'],
  ] as const)('tells of a %s that %s, once for each time, and goes on', (_request, _what, error, told) => {
    expect(play(['oam(|)', failing(error), failing(error), 'oA'], startUntil(6000))).toEqual([
      '0: connect',
      '2: add a@4',
      `1000: error ${told}`,
      `2000: error ${told}`,
      '3600: connect',
      '3601: update a@6',
    ]);
  });

  it('tells of a watch that gets no answer, once for each time, and makes sure of its version', () => {
    const answers = ['oam(|)', failing(broken), { list: '#', error: broken }, { list: '(q|)' }, 'oA'];
    expect(play(answers, startUntil(6000))).toEqual([
      '0: connect',
      '2: add a@4',
      '1000: error Network',
      '2000: error Network',
      '3250: connect',
      '3251: update a@6',
    ]);
  });

  it('tells of each list that fails, and goes on, with one connection for a list and its watch', () => {
    const answers = [
      { list: '#', error: refused },
      { list: '#', error: forbidden },
      { list: '-(q|)' },
      { list: '-(p|)' },
      { watch: 'o-A' },
    ];
    expect(play(answers, startUntil(6000), { streaming: false })).toEqual([
      '0: error ConnectionRefused',
      '1000: error Forbidden 403',
      '1801: connect',
      '1802: add a@4',
      '1802: add b@3',
      '1804: update a@6',
    ]);
  });

  it('tells of a connection after each start, though the list of the one before was one', () => {
    const lines = play(
      [{ list: '(p|)' }, { watch: 'o' }],
      (scene) => {
        const { informer, at } = scene;
        const stop = (): void => void informer.stop();
        informer.on('add', stop);
        start(scene);
        at(5, () => {
          informer.off('add', stop);
          start(scene);
        });
        stopAt(scene, 1010);
      },
      { streaming: false },
    );
    expect(lines).toEqual(['0: connect', '0: add a@4', '5: add b@3', '5: connect']);
  });

  it('tells of a connection for a watch that failed after its list', () => {
    const answers = [{ list: '(p|)' }, failing(internal), 'oA|', 'o'];
    expect(play(answers, startUntil(3000), { streaming: false })).toEqual([
      '0: connect',
      '0: add a@4',
      '0: add b@3',
      '0: error InternalError 500',
      '1000: connect',
      '1001: update a@6',
      '2000: connect',
    ]);
  });

  it('does not call it an error that a version is gone, a stream is silent or a watch is short', () => {
    const idle = new KubeError({ reason: 'Idle', resource: 'v1/pods', message: 'silent' });
    // A list of one object makes sure of the version after the silence.
    const lines = play(
      ['oam|', failing(expired), 'o-en|', failing(idle), { list: of(page([], '9')) }, '|', 'o'],
      startUntil(20_000),
    );
    expect(lines.map((line) => line.replace(/^\d+: /, ''))).toEqual([
      ...['connect', 'add a@4'],
      ...['connect', 'delete a@4', 'add a@9'],
      ...['connect', 'connect'],
    ]);
  });

  it('tells of a failure in the stream', () => {
    expect(play(['oam-y', 'o'], startUntil(2000))).toEqual([
      '0: connect',
      '2: add a@4',
      '4: error InternalError 500',
      '1000: connect',
    ]);
  });

  it('drops an older version of an object, and takes another uid for another object', () => {
    expect(play(['oam-A-O-A-e'], startUntil(20))).toEqual([
      '0: connect',
      '2: add a@4',
      '4: update a@6',
      '10: delete a@6',
      '10: add a@9',
    ]);
  });

  it.each([
    ['a request', [{ watch: NEVER }]],
    ['an initial list', ['oa']],
    ['a list', [{ list: '--(p|)' }]],
    ['a later page', [{ list: '(q|)' }, { list: '--(p|)' }]],
    ['a delay', [failing(broken)]],
    ['a pause between watches', ['oam|']],
  ] as const)('sends nothing more after a stop during %s, and tells of nothing', (_when, answers) => {
    const streaming = !answers.some((answer) => typeof answer === 'object' && 'list' in answer);
    let sent = 0;
    const lines = play(
      answers,
      ({ informer, server, note, at }) => {
        void informer.start();
        at(1, () => {
          if (_when !== 'a pause between watches') void informer.stop();
          sent = server.requests.length;
          note('stop');
        });
        at(100, () => void informer.stop());
        at(90_000, () => expect(server.requests).toHaveLength(sent));
      },
      { streaming, pageSize: 1 },
    );
    const after = lines.slice(lines.indexOf('1: stop') + 1);
    expect(after).toEqual(_when === 'a pause between watches' ? ['2: add a@4'] : []);
  });

  it('lists 130,000 objects, of one namespace too, each time in an array of its own', () => {
    const count = 130_000;
    const objects = Array.from({ length: count }, (_, index) => buildObject(`default/c-${index}`, '4'));
    const lines = play(
      [{ list: of(page(objects, '5')) }, { watch: NEVER }],
      (scene) => {
        start(scene);
        const { informer } = scene;
        scene.at(1, () => {
          for (const list of [informer.list(), informer.list('default')]) {
            expect(list).toHaveLength(count);
            (list as never[]).reverse();
          }
          expect(informer.list()).not.toBe(informer.list());
          void informer.stop();
        });
      },
      { streaming: false },
    );
    expect(lines).toHaveLength(count + 1);
  });

  it('goes on from its version when it is started again, and tells of what happened meanwhile', () => {
    const lines = play(['oabm', 'o-Adc'], (scene) => {
      start(scene);
      stopAt(scene, 10);
      scene.at(5000, () => start(scene));
      scene.at(5000, () => expect(scene.server.requests.at(-1)?.options).toMatchObject({ resourceVersion: '5' }));
      stopAt(scene, 5010);
    });
    expect(lines).toEqual([
      ...['0: connect', '3: add a@4', '3: add b@3'],
      ...['5000: connect', '5002: update a@6', '5003: delete b@7', '5004: add c@8'],
    ]);
  });

  it('tells of a failure after a restart too, though it is the same as before', () => {
    const lines = play(['oam(|)', failing(broken), { list: '#', error: broken }], (scene) => {
      start(scene);
      stopAt(scene, 1100);
      scene.at(1200, () => start(scene));
      stopAt(scene, 2100);
    });
    expect(lines).toEqual(['0: connect', '2: add a@4', '1000: error Network', '2000: error Network']);
  });
});

describe('a callback', () => {
  afterEach(() => void (config.onUnhandledError = null));

  it('stops it where it says so: the others hear of this object, and the next start tells the rest', () => {
    const lines = play(['oabm', 'o-d'], (scene) => {
      const { informer, note, at } = scene;
      const stop = (): void => void informer.stop();
      informer.on('add', stop);
      informer.on('add', ({ metadata }: KubernetesObject) => note(`beside ${metadata.name}`));
      start(scene);
      at(10, () => {
        expect(informer.list()).toHaveLength(2);
        start(scene);
      });
      at(1010, () => {
        informer.off('add', stop);
        start(scene);
      });
      stopAt(scene, 1020);
    });
    expect(lines).toEqual([
      ...['0: connect', '3: add a@4', '3: beside a'],
      ...['10: add b@3', '10: beside b'],
      ...['1010: connect', '1012: delete b@7'],
    ]);
  });

  it('hears of one failure once, and gets around no delay, where it stops and starts it in one breath', () => {
    const lines = play([failing(broken), failing(broken), failing(broken), 'oabm'], (scene) => {
      scene.informer.on('error', () => restart(scene));
      start(scene);
      stopAt(scene, 10_000);
    });
    expect(lines).toEqual([
      ...['0: error Network', '1000: error Network', '2250: error Network'],
      ...['3813: connect', '3816: add a@4', '3816: add b@3'],
    ]);
  });

  it('hears of a failure once, and of an object once, where it does so while it is being started', () => {
    const atOnce: FakeAnswer<KubernetesObject> = { list: throwError(() => broken) };
    const listed: FakeAnswer<KubernetesObject> = { list: of(page([buildObject('default/a', '4')], '5')) };
    const toldOf = (verb: 'error' | 'connect', answers: readonly FakeAnswer<KubernetesObject>[]): string[] => {
      let isFirst = true;
      return play(
        answers,
        (scene) => {
          scene.informer.on(verb, () => {
            if (!isFirst) return;
            isFirst = false;
            restart(scene);
          });
          start(scene);
          stopAt(scene, 5000);
        },
        { streaming: false },
      ).map((line) => line.replace(/^\d+: /, ''));
    };
    expect(toldOf('error', [atOnce, listed, { watch: NEVER }]).filter((line) => line.startsWith('error'))).toHaveLength(
      1,
    );
    const told = toldOf('connect', [listed, { watch: NEVER }, { watch: NEVER }, { watch: NEVER }]);
    expect(told.filter((line) => line.startsWith('add'))).toEqual(['add a@4']);
  });

  it('stops and starts it in one breath: nothing is lost, nothing told twice', () => {
    const lines = play(['oabm-A', 'o-d', 'o-d'], (scene) => {
      scene.informer.on('add', () => restart(scene));
      start(scene);
      stopAt(scene, 1020);
    });
    expect(lines.filter((line) => !line.includes('connect'))).toEqual(['3: add a@4', '3: add b@3', '1005: delete b@7']);
  });

  it.each([
    ['connect', '(p|)', 'connect'],
    ['error', '#', 'error Network'],
  ] as const)('for %s stops it', (verb, list, told) => {
    const answer = { list, error: broken };
    const lines = play(
      [answer, answer],
      (scene) => {
        scene.informer.on(verb as 'error', () => void scene.informer.stop());
        start(scene);
        scene.at(5000, () => start(scene));
        stopAt(scene, 90_000);
      },
      { streaming: false },
    );
    expect(lines).toEqual([`0: ${told}`, `5000: ${told}`]);
  });

  it.each([
    ['a list', [], true],
    ['a watch', ['oam(|)'], false],
  ] as const)(
    'for error that stops it, and starts it as soon as that is done, makes it ask no faster: %s',
    (_, first, lists) => {
      const failures = Array.from({ length: 10 }, () => (lists ? { list: '#', error: forbidden } : failing(forbidden)));
      let asked: number[] = [];
      const lines = play(
        [...first, ...failures],
        (scene) => {
          const { informer, server, at } = scene;
          informer.on('error', () => {
            void informer.stop();
            // In virtual time, what `await` is for `await informer.stop()`.
            at(0, () => void informer.start());
          });
          startUntil(10_000)(scene);
          at(10_000, () => (asked = server.requests.map(({ at: time }) => time)));
        },
        { streaming: !lists },
      );
      expect(asked).toEqual(lists ? [0, 800, 2400, 5600] : [0, 1000, 2000, 3600, 6800]);
      const failed = lists ? asked : asked.slice(1);
      expect(lines.filter((line) => line.includes('error'))).toEqual(
        failed.map((time) => `${time}: error Forbidden 403`),
      );
    },
  );

  it('that fails on an object is reported, and keeps nobody else from it', () => {
    const reported: HandlerError<KubernetesObject>[] = [];
    const lines = play(
      ['oabm'],
      (scene) => {
        const { informer, note } = scene;
        informer.on('add', () => {
          throw new Error('not today');
        });
        informer.on('add', ({ metadata }: KubernetesObject) => note(`beside ${metadata.name}`));
        startUntil(10)(scene);
      },
      { onHandlerError: (error) => reported.push(error) },
    );
    expect(lines).toEqual(['0: connect', '3: add a@4', '3: beside a', '3: add b@3', '3: beside b']);
    expect(reported.map(({ message }) => message)).toEqual(
      ['a', 'b'].map((name) => `handling added of default/${name} failed, it is not tried again: not today`),
    );
    expect(reported[0]).toBeInstanceOf(HandlerError);
  });

  it.each(['there is none', 'it fails'])('that fails goes to RxJS where of a handler %s', (how) => {
    const unhandled: string[] = [];
    config.onUnhandledError = (error: Error) => unhandled.push(error.message);
    const onHandlerError = (): void => {
      throw new Error('in the handler');
    };
    const fail = (where: string) => (): void => {
      throw new Error(`in ${where}`);
    };
    const lines = play(
      [{ list: '#', error: broken }, { list: '-(p|)' }, { watch: 'o' }],
      (scene) => {
        scene.informer.on('error', fail('error'));
        scene.informer.on('connect', fail('connect'));
        scene.informer.on('add', fail('add'));
        startUntil(2000)(scene);
      },
      { streaming: false, ...(how === 'it fails' && { onHandlerError }) },
    );
    expect(lines).toEqual(['0: error Network', '1001: connect', '1001: add a@4', '1001: add b@3']);
    const failed = ['a', 'b'].map((name) => `handling added of default/${name} failed, it is not tried again: in add`);
    expect(unhandled).toEqual([
      ...['in error', 'in connect'],
      ...(how === 'it fails' ? ['in the handler', 'in the handler'] : failed),
    ]);
  });
});
