import { compileFunction } from 'node:vm';
import * as rxjs from 'rxjs';
import { concat, ignoreElements, merge, NEVER, Observable, repeat, Subject, take, takeWhile } from 'rxjs';
import { describe, expect, it } from 'vitest';
import * as kuberx from 'kuberx';
import type { KubernetesObject, WatchFrame } from 'kuberx';
import * as http from 'kuberx/http';
import * as testing from 'kuberx/testing';
import { brokenReflectors, type BrokenReflector } from './broken-reflectors.ts';
import { marbles, words } from './marbles.ts';
import { marbleSpec } from './marble-spec.ts';
import { eventsOf, play, sequences, type Failure, type Promised } from './play.ts';

const modules: Readonly<Record<string, object>> = {
  rxjs,
  vitest: { expect, it: (_: string, body: () => void): void => body() },
  kuberx,
  'kuberx/http': http,
  'kuberx/testing': testing,
  './marbles.ts': { marbles, words },
};

/** Runs a printed spec as it stands, its imports included, on another reflector. */
function run(source: string, broken: BrokenReflector): void {
  const body = source.replaceAll(/^import (.*) from '(.*)';$/gm, "const $1 = modules['$2'];");
  expect(body).not.toContain('import');
  const reflector = (...args: Parameters<typeof eventsOf> extends [unknown, ...infer Rest] ? Rest : never): unknown =>
    eventsOf(broken, ...args);
  const compiled = compileFunction(body, ['modules']) as (modules: Readonly<Record<string, object>>) => void;
  compiled({ ...modules, kuberx: { ...kuberx, reflector } });
}

/** Every failure of a broken reflector in every sequence up to a length. */
const failuresOf = (broken: BrokenReflector, length: number): Failure[] =>
  Array.from({ length: length + 1 }, (_, each) => Array.from(sequences(each), (sequence) => play(sequence, broken)))
    .flat()
    .filter((failure) => failure !== undefined);

type Frames$ = Observable<WatchFrame<KubernetesObject>>;

/** A reflector that treats its watches in its own way. */
function watching(treat: (frames$: Frames$) => Frames$): BrokenReflector {
  const broken: BrokenReflector = {
    listerWatcher: (server) => ({
      resource: server.resource,
      list: (options) => server.list(options),
      watch: (options) => treat(server.watch(options)),
    }),
  };
  return broken;
}

/** Reflectors that break the other promises, so that each has a spec that asks for it. */
const otherwiseBroken: readonly (readonly [string, BrokenReflector, Promised])[] = [
  ['ends at a failure', { events: takeWhile(({ type }) => type !== 'Interrupted') }, 'state'],
  ['hears nothing after the first state', { events: (events$) => concat(events$.pipe(take(2)), NEVER) }, 'agreement'],
  ['opens a second watch', watching((frames$) => merge(frames$, frames$.pipe(ignoreElements()))), 'single flight'],
  ['reopens a watch at once', watching((frames$) => concat(frames$, frames$.pipe(ignoreElements()))), 'watch interval'],
  [
    'asks for a page while the last one is open',
    {
      listerWatcher: (server) => ({
        resource: server.resource,
        list: (options) =>
          new Observable((subscriber) => {
            server.list(options).subscribe({
              next: (page) => {
                subscriber.next(page);
                subscriber.complete();
              },
              error: (error: unknown) => subscriber.error(error),
            });
          }),
        watch: (options) => server.watch(options),
      }),
    },
    'single flight',
  ],
  [
    'lists again and again',
    {
      listerWatcher: (server) => ({
        resource: server.resource,
        list: (options) => server.list(options).pipe(repeat(60)),
        watch: (options) => server.watch(options),
      }),
    },
    'few requests',
  ],
  [
    'aborts no request',
    watching((frames$) => {
      const heard$ = new Subject<WatchFrame<KubernetesObject>>();
      return new Observable((subscriber) => {
        const forwarded = heard$.subscribe(subscriber);
        frames$.subscribe(heard$);
        return forwarded;
      });
    }),
    'nothing left',
  ],
];

describe('a failure, printed as a spec', () => {
  /** Prints each, and runs it on what it was printed for and on the real one. */
  function check(failures: readonly Failure[], broken: BrokenReflector): void {
    expect(failures).not.toHaveLength(0);
    for (const source of failures.map(marbleSpec)) {
      expect(() => run(source, broken), source).toThrow();
      expect(() => run(source, {}), source).not.toThrow();
    }
  }

  it.each(Object.entries(brokenReflectors))('fails for a reflector that %s, and passes for the real one', (_, broken) =>
    check(failuresOf(broken, 2), broken),
  );

  it.each(otherwiseBroken)('fails for one that %s, and passes for the real one', (_, broken, promised) => {
    const failures = failuresOf(broken, 2);
    check(
      failures.filter(({ breaches: [first] }) => first.promised === promised),
      broken,
    );
  });

  it('reads like the specs beside it', () => {
    const [failure] = failuresOf(brokenReflectors['resumes from nothing']!, 1);
    expect(marbleSpec(failure!)).toMatchInlineSnapshot(`
      "import { filter } from 'rxjs';
      import { expect, it } from 'vitest';
      import { reflector } from 'kuberx';
      import { added, buildObject, fakeListerWatcher, initialEventsEnd, open } from 'kuberx/testing';
      import { marbles, words } from './marbles.ts';

      // At 265130 ms: it watched from undefined where it was at 14.
      it('keeps its promises through nothing', () => {
        marbles(({ cold, expectObservable, flush }) => {
          const values = {
            a: open,
            b: added(buildObject('default/p0', '13')),
            c: initialEventsEnd('14'),
          };
          const answers = [
            { watch: '5ms (abc) 264995ms |' },
            { watch: '-' },
          ];
          const server = fakeListerWatcher(answers, { cold, values });
          const events$ = reflector(server, { random: () => 0.5 }).pipe(
            filter((event) => 'resourceVersion' in event),
            words(),
          );
          expectObservable(events$, '^ 265130ms !').toBe('5ms a', {
            a: 'Replaced 14: p0@13',
          });
          flush();
          expect(server.requests.slice(0, 2)).toMatchObject([
            { verb: 'watch' },
            { verb: 'watch', options: { resourceVersion: '14' } },
          ]);
        });
      });
      "
    `);
  });
});
