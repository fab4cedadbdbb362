import { concat, map, merge, NEVER, type Observable, of, Subject, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { type InformerEvent, type KubernetesObject, minutes, seconds, sharedInformer } from 'kuberx';
import {
  added,
  buildObject,
  deleted,
  errorFrame,
  fakeListerWatcher,
  initialEventsEnd,
  marbleLine,
  marbleOptions,
  modified,
  open,
  virtualTime,
} from 'kuberx/testing';

/** What a stream says at once. */
function textOf<T>(source$: Observable<T>, inWords?: (value: T) => string): string {
  const { scheduler } = virtualTime();
  return marbleLine(source$, { scheduler, ...(inWords && { inWords }) }).text;
}

describe('marbleLine', () => {
  it('writes values with the time between them, and the completion', () => {
    const time = virtualTime();
    const words$ = merge(timer(5, time.scheduler), timer(seconds(90), time.scheduler)).pipe(
      map((tick) => `tick ${tick}`),
    );
    const line = marbleLine(words$, time);
    time.advance(minutes(2));
    expect(line.text).toBe('5ms tick 0 1m 29s 995ms (tick 0, |)');
  });

  it('writes what comes at the same time in parentheses, at the subscription too', () => {
    expect(textOf(concat(of('a', 'b'), NEVER))).toBe('(a, b)');
    expect(textOf(of('a'))).toBe('(a, |)');
    expect(textOf(NEVER)).toBe('');
  });

  it('counts from the subscription', () => {
    const time = virtualTime();
    time.advance(500);
    const line = marbleLine(timer(1, time.scheduler), time);
    time.advance(1);
    expect(line.text).toBe('1ms (0, |)');
  });

  it('writes an error with its message', () => {
    expect(textOf(throwError(() => new Error('away')))).toBe('# away');
  });

  it('goes on as the stream does, and ends with its subscription', () => {
    const time = virtualTime();
    const words$ = new Subject<string>();
    const line = marbleLine(words$, time);
    words$.next('a');
    expect(line.text).toBe('a');
    time.advance(10);
    expect(line.text).toBe('a');
    words$.next('b');
    line.unsubscribe();
    words$.next('c');
    expect(line.text).toBe('a 10ms b');
    expect(words$.observed).toBe(false);
  });

  it('writes the events of an informer', () => {
    const time = virtualTime();
    const { scheduler } = time;
    const before = [
      open,
      added(buildObject('default/a', '1')),
      added(buildObject('default/b', '2')),
      initialEventsEnd('2'),
    ];
    const after = [open, added(buildObject('default/a', '4')), initialEventsEnd('5')];
    const frames = [
      modified(buildObject('default/a', '3')),
      deleted(buildObject('default/a', '4')),
      errorFrame(410, 'Expired'),
    ];
    const server = fakeListerWatcher(
      [
        {
          watch: concat(of(...before), ...frames.map((frame) => timer(1000, scheduler).pipe(map(() => frame))), NEVER),
        },
        { watch: concat(of(...after), NEVER) },
      ],
      { scheduler },
    );
    const pods = sharedInformer(server, { ...marbleOptions, scheduler });
    const line = marbleLine(pods.events$, time);
    time.advance(seconds(10));
    expect(line.text).toMatch(/^\(added default\/a, added default\/b\) 1s updated default\/a 1s deleted default\/a /);
    expect(line.text).toMatch(
      /\((added default\/a, deleted default\/b unseen|deleted default\/b unseen, added default\/a)\)$/,
    );
  });

  it('writes objects by key, other values as JSON, and any value in words of the caller', () => {
    const event: InformerEvent<KubernetesObject> = {
      type: 'added',
      object: buildObject('n', '1'),
      isInInitialList: true,
    };
    expect(textOf(of(buildObject('default/a', '1'), event, { phase: 'synced' }, 3, null, undefined))).toBe(
      '(default/a, added n, {"phase":"synced"}, 3, null, undefined, |)',
    );
    expect(textOf(of({ type: 'synced' }))).toBe('(synced, |)');
    expect(textOf(of(1, 2), (value) => `<${value}>`)).toBe('(<1>, <2>, |)');
  });

  it('takes the virtual time of TestScheduler.run', () => {
    new TestScheduler(() => undefined).run(({ cold, flush }) => {
      const line = marbleLine(cold('--a 9ms (b|)'));
      flush();
      expect(line.text).toBe('2ms a 10ms (b, |)');
    });
  });
});
