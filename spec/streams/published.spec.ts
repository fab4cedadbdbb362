import { BehaviorSubject, Observable, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { published, type ReadonlyBehaviorSubject, type Source } from 'kuberx';
import { PublicationClock } from '#src/streams/publication-clock.ts';
import { publishedBy } from '#src/streams/published.ts';
import { eventually } from '../eventually.ts';
import { reported } from '../reported.ts';

function scene() {
  const scheduler = new VirtualTimeScheduler();
  const clock = new PublicationClock({ turn: scheduler, timer: scheduler, frame: undefined, period: 16 });
  const at = (time: number, action: () => void): void => void scheduler.schedule(action, time);
  return { scheduler, clock, at };
}

describe('published', () => {
  it('changes its value with the clock, and calls back then', () => {
    const { scheduler, clock, at } = scene();
    const source$ = new BehaviorSubject(0);
    const shown$ = publishedBy(clock, source$);
    const seen: string[] = [];
    const stop = shown$.onChange(() => seen.push(`${scheduler.frame}: ${shown$.value}`));
    shown$.subscribe((value) => seen.push(`${scheduler.frame}: got ${value}`));
    for (const [time, value] of [
      [1, 1],
      [2, 2],
      [3, 3],
      [40, 4],
    ] as const)
      at(time, () => source$.next(value));
    at(2, () => seen.push(`still ${shown$.getValue()}`));
    at(50, stop);
    at(60, () => source$.next(5));
    scheduler.flush();
    expect(seen).toEqual([
      '0: got 0',
      '1: 1',
      '1: got 1',
      'still 1',
      '17: 3',
      '17: got 3',
      '40: 4',
      '40: got 4',
      '60: got 5',
    ]);
  });

  it('shows two sources at one moment', () => {
    const { scheduler, clock, at } = scene();
    const [a$, b$] = [new BehaviorSubject(0), new BehaviorSubject(0)];
    const both = [publishedBy(clock, a$), publishedBy(clock, b$)];
    const seen: string[] = [];
    for (const each$ of both) each$.onChange(() => seen.push(both.map(({ value }) => value).join(' ')));
    for (const time of [1, 5, 20, 30]) {
      at(time, () => {
        a$.next(time);
        b$.next(time);
      });
    }
    scheduler.flush();
    expect(seen).toEqual(['1 1', '1 1', '5 5', '5 5', '30 30', '30 30']);
  });

  it('holds its source once for all subscribers, and reads it without one', () => {
    let open = 0;
    let value = 'a';
    const source$ = Object.defineProperty(
      new Observable<string>(() => {
        open++;
        return () => open--;
      }),
      'value',
      { get: () => value },
    ) as ReadonlyBehaviorSubject<string>;
    const shown$ = publishedBy(scene().clock, source$);
    value = 'b';
    expect([shown$.value, open]).toEqual(['b', 0]);
    const stop = shown$.onChange(() => undefined);
    const subscription = shown$.subscribe();
    expect(open).toBe(1);
    stop();
    stop();
    expect(open).toBe(1);
    subscription.unsubscribe();
    expect(open).toBe(0);
  });

  it('leaves no publication for those who have gone', () => {
    const { scheduler, clock } = scene();
    const source$ = new BehaviorSubject(0);
    const shown$ = publishedBy(clock, source$);
    const subscription = shown$.subscribe((value) => expect(value).toBe(0));
    source$.next(1);
    subscription.unsubscribe();
    scheduler.flush();
    expect(shown$.value).toBe(1);
  });

  it('tells the others where one callback throws', async () => {
    const { scheduler, clock } = scene();
    const source$ = new BehaviorSubject(0);
    const shown$ = publishedBy(clock, source$);
    const seen: number[] = [];
    shown$.onChange(() => {
      throw new Error('of a component');
    });
    shown$.onChange(() => seen.push(shown$.value));
    const errors = await reported(() => {
      source$.next(1);
      scheduler.flush();
    });
    expect([seen, errors]).toEqual([[1], [new Error('of a component')]]);
  });

  it('is the same for the same source, so that a component may call it in each render', () => {
    const source$ = new BehaviorSubject(0);
    expect(published(source$)).toBe(published(source$, { every: 'frame' }));
    expect(published(source$, { every: 500 })).not.toBe(published(source$));
  });

  it('returns what is published already, which would be a frame late otherwise', () => {
    const shown$ = published(new BehaviorSubject(0));
    expect(published(shown$)).toBe(shown$);
    expect(published(shown$, { every: 500 })).not.toBe(shown$);
  });

  it('publishes on the clock of the process', async () => {
    const source$ = new BehaviorSubject(0);
    const seen: number[] = [];
    const subscription = published(source$).subscribe((value) => seen.push(value));
    for (const value of [1, 2, 3]) source$.next(value);
    expect(seen).toEqual([0]);
    await eventually(() => expect(seen).toEqual([0, 3]));
    subscription.unsubscribe();
  });

  it('takes any source by its shape', () => {
    expectTypeOf<BehaviorSubject<number>>().toExtend<Source<number>>();
    expectTypeOf<ReadonlyBehaviorSubject<string>>().toExtend<Source<string>>();
    expectTypeOf(published(new BehaviorSubject('x')).value).toEqualTypeOf<string>();
  });

  it.each([undefined, null, 5, {}, { value: 5 }])('refuses the source %j', (source) => {
    expect(() => published(source as unknown as Source<unknown>)).toThrow('an object with value and subscribe');
  });

  it.each([0, -1, Number.NaN, Infinity, 'often'])('refuses every: %s', (every) => {
    expect(() => published(new BehaviorSubject(0), { every: every as number })).toThrow(RangeError);
  });
});
