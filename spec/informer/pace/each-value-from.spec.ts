import { getEventListeners } from 'node:events';
import { BehaviorSubject, concat, finalize, NEVER, Observable, of, range, Subject, throwError } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { eachChangeFrom, eachValueFrom, type InformerEvent, latestValueFrom, type MergedEvent } from 'kuberx';
import type { Pod } from '../../store/pods.ts';
import { event, word } from '../events.ts';

/** All that is left to hear. */
async function rest<T>(iterator: AsyncIterator<T>): Promise<T[]> {
  const values: T[] = [];
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) values.push(next.value);
  return values;
}

describe('eachValueFrom', () => {
  it('hands out every value in order, and what comes while the loop is busy', async () => {
    const source$ = new Subject<number>();
    const heard: number[] = [];
    const loop = (async () => {
      for await (const value of eachValueFrom(source$)) {
        heard.push(value);
        if (value === 1) for (const more of [2, 3, 4]) source$.next(more);
        if (value === 4) source$.complete();
        await Promise.resolve();
      }
    })();
    source$.next(1);
    await loop;
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it('ends with a source that has ended', async () => {
    expect(await rest(eachValueFrom(of(1, 2, 3))[Symbol.asyncIterator]())).toEqual([1, 2, 3]);
    expect(await rest(eachValueFrom(of())[Symbol.asyncIterator]())).toEqual([]);
  });

  it('hands out values of any kind', async () => {
    expect(await rest(eachValueFrom(of(undefined, null, 0))[Symbol.asyncIterator]())).toEqual([undefined, null, 0]);
  });

  it('subscribes for each loop, when it asks for its first value', async () => {
    let subscriptions = 0;
    const values = eachValueFrom(
      new Observable<number>((subscriber) => {
        subscriber.next(++subscriptions);
        subscriber.complete();
      }),
    );
    const [first, second] = [values[Symbol.asyncIterator](), values[Symbol.asyncIterator]()];
    expect(subscriptions).toBe(0);
    expect([await rest(first), await rest(second)]).toEqual([[1], [2]]);
  });

  it('unsubscribes when the loop is left, also by an error', async () => {
    const source$ = new BehaviorSubject(1);
    for await (const value of eachValueFrom(source$)) {
      expect([value, source$.observed]).toEqual([1, true]);
      break;
    }
    expect(source$.observed).toBe(false);
    const failing = async (): Promise<void> => {
      for await (const value of eachValueFrom(source$)) throw new Error(`at ${value}`);
    };
    await expect(failing()).rejects.toThrow('at 1');
    expect(source$.observed).toBe(false);
  });

  it('stops a source that never stops by itself', async () => {
    for await (const value of eachValueFrom(concat(of(0), range(1, 1000), NEVER))) if (value === 1000) break;
  });

  it('throws an error of the source into the loop, after what came before it, once', async () => {
    const failed$ = concat(
      of(1, 2),
      throwError(() => new Error('broken')),
    );
    const heard: number[] = [];
    const loop = async (): Promise<void> => {
      for await (const value of eachValueFrom(failed$)) heard.push(value);
    };
    await expect(loop()).rejects.toThrow('broken');
    expect(heard).toEqual([1, 2]);
    const iterator = eachValueFrom(throwError(() => new Error('at once')))[Symbol.asyncIterator]();
    const [first, second] = [iterator.next(), iterator.next()];
    await expect(first).rejects.toThrow('at once');
    expect(await second).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('answers in order where more is asked for than there is', async () => {
    const source$ = new Subject<number>();
    const iterator = eachValueFrom(source$)[Symbol.asyncIterator]();
    const answers = Array.from({ length: 4 }, () => iterator.next());
    for (const value of [1, 2, 3]) source$.next(value);
    source$.complete();
    const values: unknown[] = (await Promise.all(answers)).map(({ value }) => value as unknown);
    expect(values).toEqual([1, 2, 3, undefined]);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('answers what waits when it is left, and says nothing any more', async () => {
    const source$ = new Subject<number>();
    const iterator = eachValueFrom(source$)[Symbol.asyncIterator]();
    const waiting = iterator.next();
    expect(await iterator.return!()).toEqual({ done: true, value: undefined });
    expect([await waiting, await iterator.next()]).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(source$.observed).toBe(false);
  });

  it('never subscribes where it is left before it was asked', async () => {
    let subscriptions = 0;
    const source$ = new Observable<number>(() => {
      subscriptions++;
    });
    const iterator = eachValueFrom(source$)[Symbol.asyncIterator]();
    await iterator.return!();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(subscriptions).toBe(0);
  });

  describe('with a signal', () => {
    it('ends the loop at once, drops what waits, and leaves no listener', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const source$ = new Subject<number>();
      const heard: number[] = [];
      const loop = (async () => {
        for await (const value of eachValueFrom(source$, { signal })) {
          heard.push(value);
          if (value === 2) controller.abort();
        }
      })();
      for (const value of [1, 2, 3]) source$.next(value);
      await loop;
      expect(heard).toEqual([1, 2]);
      expect([source$.observed, getEventListeners(signal, 'abort').length]).toEqual([false, 0]);
    });

    it('ends a loop that waits', async () => {
      const controller = new AbortController();
      const iterator = eachValueFrom(NEVER, controller)[Symbol.asyncIterator]();
      const waiting = iterator.next();
      controller.abort();
      expect(await waiting).toEqual({ done: true, value: undefined });
    });

    it('does not begin where it is aborted already', async () => {
      let subscriptions = 0;
      const source$ = new Observable<number>(() => {
        subscriptions++;
      });
      expect(await rest(eachValueFrom(source$, { signal: AbortSignal.abort() })[Symbol.asyncIterator]())).toEqual([]);
      expect(subscriptions).toBe(0);
    });

    it('leaves no listener, however the loop ends', async () => {
      const { signal } = new AbortController();
      await rest(eachValueFrom(of(1), { signal })[Symbol.asyncIterator]());
      for await (const value of eachValueFrom(concat(of(1), NEVER), { signal })) if (value === 1) break;
      await expect(
        eachValueFrom(
          throwError(() => new Error('broken')),
          { signal },
        )
          [Symbol.asyncIterator]()
          .next(),
      ).rejects.toThrow('broken');
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });
  });
});

describe('latestValueFrom', () => {
  it('skips what is outdated by the time that the loop asks', async () => {
    const state$ = new BehaviorSubject(1);
    const iterator = latestValueFrom(state$)[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => (await iterator.next()).value;
    expect(await next()).toBe(1);
    for (const value of [2, 3, 4]) state$.next(value);
    expect(await next()).toBe(4);
    const waiting = next();
    state$.next(5);
    expect(await waiting).toBe(5);
    state$.next(6);
    state$.next(7);
    state$.complete();
    expect(await rest(iterator)).toEqual([7]);
  });

  it('keeps one value at most, and unsubscribes when the loop is left', async () => {
    const state$ = new BehaviorSubject(0);
    let finalized = 0;
    for await (const value of latestValueFrom(state$.pipe(finalize(() => finalized++)))) {
      if (value === 1000) break;
      for (let next = value + 1; next <= 1000; next++) state$.next(next);
    }
    expect([finalized, state$.observed]).toEqual([1, false]);
  });

  it('takes undefined for a value', async () => {
    const state$ = new BehaviorSubject<number | undefined>(1);
    const iterator = latestValueFrom(state$)[Symbol.asyncIterator]();
    await iterator.next();
    state$.next(undefined);
    expect(await iterator.next()).toEqual({ done: false, value: undefined });
  });

  it('throws an error of the source into the loop, after the latest value', async () => {
    const state$ = new BehaviorSubject(1);
    const iterator = latestValueFrom(state$)[Symbol.asyncIterator]();
    await iterator.next();
    state$.next(2);
    state$.error(new Error('broken'));
    expect((await iterator.next()).value).toBe(2);
    await expect(iterator.next()).rejects.toThrow('broken');
  });
});

describe('eachChangeFrom', () => {
  it('hands out the net change of each key', async () => {
    const events$ = new Subject<InformerEvent<Pod>>();
    const iterator = eachChangeFrom(events$)[Symbol.asyncIterator]();
    const next = async (): Promise<string> => word((await iterator.next()).value as InformerEvent<Pod>);
    const first = next();
    events$.next(event('+a@1!'));
    expect(await first).toBe('+a@1!');
    for (const each of ['+b@2', '~a@1>3', '~b@2>4', '+c@5', '-c@6', '~a@3>7']) events$.next(event(each));
    events$.complete();
    expect([await next(), await next()]).toEqual(['+b@4', '~a@1>7']);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('keeps the part that an event is from', async () => {
    const events$ = of(event('blue/+a@1') as MergedEvent<Pod, 'blue'>);
    for await (const each of eachChangeFrom(events$)) {
      expectTypeOf(each.part).toEqualTypeOf<'blue'>();
      expect(each.part).toBe('blue');
    }
  });
});
