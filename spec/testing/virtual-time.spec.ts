import { asapScheduler, interval, map, merge, observeOn, of, switchMap, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { minutes, seconds } from 'kuberx';
import { virtualTime } from 'kuberx/testing';

describe('virtualTime', () => {
  it('lets happen what is due, in order, within the call', () => {
    const time = virtualTime();
    const seen: string[] = [];
    timer(seconds(2), time.scheduler).subscribe(() => seen.push(`second at ${time.now}`));
    timer(seconds(1), time.scheduler).subscribe(() => seen.push(`first at ${time.now}`));
    timer(seconds(3), time.scheduler).subscribe(() => seen.push('too late'));
    time.advance(seconds(2));
    expect(seen).toEqual(['first at 1000', 'second at 2000']);
    expect(time.now).toBe(2000);
  });

  it('stands at its end even where nothing was due', () => {
    const time = virtualTime();
    time.advance(250);
    time.advance(0);
    expect(time.now).toBe(250);
    expect(time.scheduler.now()).toBe(250);
  });

  it('lets happen what the happening causes, also at once', () => {
    const time = virtualTime();
    const seen: number[] = [];
    const caused$ = merge(of(1).pipe(observeOn(time.scheduler)), timer(5, time.scheduler).pipe(map(() => time.now)));
    timer(10, time.scheduler)
      .pipe(switchMap(() => caused$))
      .subscribe((value) => seen.push(value));
    time.advance(15);
    expect(seen).toEqual([1, 15]);
  });

  it('leaves other schedulers alone', () => {
    const time = virtualTime();
    let seen = 0;
    const subscription = of(1)
      .pipe(observeOn(asapScheduler))
      .subscribe(() => (seen += 1));
    time.advance(minutes(10));
    expect(seen).toBe(0);
    subscription.unsubscribe();
  });

  it('throws what happens in it throws, and then has nothing due', () => {
    const time = virtualTime();
    let ticks = 0;
    interval(100, time.scheduler).subscribe(() => (ticks += 1));
    time.scheduler.schedule(() => {
      throw new Error('broken');
    }, 150);
    expect(() => time.advance(1000)).toThrow('broken');
    time.advance(1000);
    expect(ticks).toBe(1);
  });

  it.each([-1, NaN, Infinity, undefined as never])('refuses to let %s milliseconds pass', (milliseconds) => {
    expect(() => virtualTime().advance(milliseconds)).toThrow(RangeError);
  });

  it('refuses to be advanced by what happens in it, and goes on afterwards', () => {
    const time = virtualTime();
    time.scheduler.schedule(() => time.advance(1), 1);
    expect(() => time.advance(5)).toThrow(/within advance/);
    time.advance(5);
    expect(time.now).toBeGreaterThanOrEqual(5);
  });
});
