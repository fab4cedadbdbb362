import { EMPTY, finalize, NEVER, Observable, of, range, Subject, Subscription, take, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Backlog } from '#src/streams/backlog.ts';
import { Line } from '#src/streams/line.ts';
import { pump } from '#src/streams/pump.ts';
import { marbles } from '../informer/events.ts';

/** Numbers in order, which several pumps may share. */
class Numbers implements Backlog<number> {
  readonly woken$ = new Subject<void>();
  readonly finished: number[] = [];
  rests = 0;
  isClosed = false;
  private readonly line: Line<number>;

  constructor(...numbers: readonly number[]) {
    this.line = new Line(numbers);
  }

  take(): number | undefined {
    return this.line.shift();
  }

  done(entry: number): void {
    this.finished.push(entry);
    this.woken$.next();
  }

  isDrained(): boolean {
    return this.isClosed && this.line.length === 0;
  }

  rest(): void {
    this.rests++;
  }

  add(entry: number): void {
    this.line.push(entry);
    this.woken$.next();
  }

  close(): void {
    this.isClosed = true;
    this.woken$.next();
  }
}

describe('pump', () => {
  it('takes what there is room for, and one more for each that is done', () => {
    const backlog = new Numbers(1, 2, 3, 4);
    const started: number[] = [];
    const ends = new Map<number, Subject<never>>();
    function project(entry: number): Subject<never> {
      started.push(entry);
      const end$ = new Subject<never>();
      ends.set(entry, end$);
      return end$;
    }
    pump(backlog, backlog.woken$, project, { concurrency: 2 }).subscribe();
    expect(started).toEqual([1, 2]);
    ends.get(2)!.complete();
    expect([started, backlog.finished]).toEqual([[1, 2, 3], [2]]);
    backlog.add(5);
    expect(started).toEqual([1, 2, 3]);
  });

  it('goes on after it had nothing, when the backlog wakes it', () => {
    const backlog = new Numbers();
    const heard: number[] = [];
    pump(backlog, backlog.woken$, (entry) => [entry, -entry]).subscribe((value) => heard.push(value));
    expect(heard).toEqual([]);
    backlog.add(1);
    backlog.add(2);
    expect(heard).toEqual([1, -1, 2, -2]);
  });

  it('completes when the backlog says that it is drained and nothing is in process, whatever wakes it later', () => {
    const backlog = new Numbers(1);
    const end$ = new Subject<never>();
    let completed = 0;
    pump(backlog, backlog.woken$, () => end$).subscribe({ complete: () => completed++ });
    backlog.close();
    expect(completed).toBe(0);
    end$.complete();
    expect([completed, backlog.woken$.observed]).toEqual([1, false]);
  });

  it('completes with what wakes it where the backlog does not say when it is drained, after what is left', () => {
    marbles(({ hot, expectObservable }) => {
      const line = new Line<number>();
      const backlog = { push: (value: number) => line.push(value), take: () => line.shift(), done: () => undefined };
      expectObservable(pump(backlog, hot('-(ab)|', { a: 1, b: 2 }), () => timer(5))).toBe('------a----(a|)', { a: 0 });
    });
  });

  it.each([
    ['it wakes with', (error: Error) => pump(new Numbers(), throwError(() => error), () => EMPTY)], // prettier-ignore
    ['a push throws', (error: Error) => pump({ ...failing(error) }, of(1), () => EMPTY)],
    ['a projection throws', (error: Error) => pump(new Numbers(1), NEVER, () => { throw error; })], // prettier-ignore
    ['a projection has', (error: Error) => pump(new Numbers(1), NEVER, () => throwError(() => error))],
  ])('ends with the error that %s', (_how, pumpOf) => {
    const error = new Error('no');
    const heard: unknown[] = [];
    pumpOf(error).subscribe({ error: (each: unknown) => heard.push(each) });
    expect(heard).toEqual([error]);
  });

  it('gives up what is in process where it is unsubscribed from, so that another takes over', () => {
    const backlog = new Numbers(1, 2, 3);
    const given: number[] = [];
    function project(entry: number): Observable<never> {
      return NEVER.pipe(finalize(() => given.push(entry)));
    }
    const first = pump(backlog, backlog.woken$, project, { concurrency: 2 }).subscribe();
    const taken: number[] = [];
    pump(backlog, backlog.woken$, (entry) => [taken.push(entry)]).subscribe();
    expect(taken).toEqual([3]);
    first.unsubscribe();
    expect([given, backlog.finished]).toEqual([
      [1, 2],
      [3, 1, 2],
    ]);
    expect(backlog.take()).toBeUndefined();
  });

  it('is done with an entry whose projection ends the pump, and does not begin it', () => {
    const backlog = new Numbers(1, 2);
    const pumping = new Subscription();
    let begun = 0;
    function project(): Observable<never> {
      pumping.unsubscribe();
      return new Observable(() => {
        begun++;
      });
    }
    const pumped$ = pump(backlog, backlog.woken$, project);
    // Once the pump can be ended.
    const numbers = [backlog.take()!, backlog.take()!];
    pumping.add(pumped$.subscribe());
    for (const entry of numbers) backlog.add(entry);
    expect([begun, backlog.finished, backlog.take()]).toEqual([0, [1], 2]);
  });

  it('stops a projection and a source that never stop by themselves', () => {
    const heard: number[] = [];
    pump(new Numbers(7), NEVER, () => range(0, Infinity))
      .pipe(take(3))
      .subscribe((value) => heard.push(value));
    expect(heard).toEqual([0, 1, 2]);
    let pushed = 0;
    const backlog = {
      push: () => (pushed++, undefined),
      take: () => (pushed > 0 ? pushed : undefined),
      done: () => undefined,
    };
    pump(backlog, range(0, Infinity), (entry) => [entry])
      .pipe(take(3))
      .subscribe((value) => heard.push(value));
    expect(heard).toEqual([0, 1, 2, 1, 1, 1]);
    expect(pushed).toBe(1);
  });

  it('takes nothing that is added by whoever hears of its end', () => {
    const closed = new Numbers();
    pump(closed, closed.woken$, () => NEVER).subscribe({ complete: () => closed.add(1) });
    closed.close();
    expect(closed.take()).toBe(1);

    const failed = new Numbers(1);
    const failure$ = new Subject<never>();
    const started: number[] = [];
    pump(failed, failed.woken$, (entry) => (started.push(entry), failure$), { concurrency: 2 }).subscribe({
      error: () => failed.add(2),
    });
    failure$.error(new Error('no'));
    expect([started, failed.take()]).toEqual([[1], 2]);
  });

  it('tells the backlog when what could be taken has started', () => {
    const backlog = new Numbers(1, 2, 3);
    pump(backlog, backlog.woken$, () => []).subscribe();
    expect([backlog.finished.length, backlog.rests]).toEqual([3, 1]);
  });

  it('leaves it to the backlog how much of a turn is used', () => {
    marbles(({ expectObservable }) => {
      const line = new Line([1, 2, 3, 4, 5]);
      let left = 2;
      const backlog: Backlog<number> = {
        push: () => void (left = 2),
        take: () => (left-- > 0 ? line.shift() : undefined),
        done: () => undefined,
        isDrained: () => line.length === 0,
      };
      const turns$ = timer(10, 10);
      const expected = '(ab)------(cd)------(e|)';
      const values = { a: 1, b: 2, c: 3, d: 4, e: 5 };
      expectObservable(pump(backlog, turns$, (entry) => [entry])).toBe(expected, values);
    });
  });

  it('takes a million entries that several pumps are done with at once', () => {
    const backlog = new Numbers();
    let count = 0;
    for (let each = 0; each < 3; each++) pump(backlog, backlog.woken$, () => (count++, EMPTY)).subscribe();
    const held = pump(backlog, backlog.woken$, () => NEVER).subscribe();
    for (let entry = 0; entry < 1_000_000; entry++) backlog.add(entry);
    held.unsubscribe();
    expect(count).toBe(1_000_000);
  });
});

function failing(error: Error): Backlog<number, number> {
  return {
    push: () => {
      throw error;
    },
    take: () => undefined,
    done: () => undefined,
  };
}
