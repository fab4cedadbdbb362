import { getEventListeners } from 'node:events';
import { BehaviorSubject, EMPTY, NEVER, of, range, Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { WaitEndedError } from 'kuberx';
import { firstMatch } from '#src/informer/waiting/first-match.ts';

const isEven = (value: number): boolean => value % 2 === 0;
const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('firstMatch', () => {
  it('resolves with the first value that matches, and leaves a turn later', async () => {
    const source$ = new Subject<number>();
    const match = firstMatch(source$, isEven);
    source$.next(1);
    expect(source$.observed).toBe(true);
    source$.next(2);
    expect(await match).toBe(2);
    expect(source$.observed).toBe(true);
    source$.next(3);
    await expect.poll(() => source$.observed).toBe(false);
  });

  it('leaves at a value that comes at once, of a source that never stops too', async () => {
    const source$ = new BehaviorSubject(4);
    expect(await firstMatch(source$, isEven)).toBe(4);
    await expect.poll(() => source$.observed).toBe(false);
    expect(await firstMatch(range(1, Infinity), isEven)).toBe(2);
  });

  it('resolves with undefined where that matches', async () => {
    expect(await firstMatch(of(1, undefined), (value) => value === undefined)).toBe(undefined);
  });

  it('is rejected where the source ends without a match, by an error that says what was waited for', async () => {
    await expect(firstMatch(EMPTY, isEven)).rejects.toThrow(WaitEndedError);
    await expect(firstMatch(of(1, 3), isEven, { waitedFor: 'an even number' })).rejects.toMatchObject({
      name: 'WaitEndedError',
      waitedFor: 'an even number',
      message: 'an even number can no longer happen: its stream has ended',
    });
  });

  it('is rejected with an error of the source', async () => {
    await expect(
      firstMatch(
        throwError(() => new Error('broken')),
        isEven,
      ),
    ).rejects.toThrow('broken');
  });

  it('is rejected with what the question throws, and leaves', async () => {
    const source$ = new Subject<number>();
    const match = firstMatch(source$, () => {
      throw new Error('asked wrongly');
    });
    source$.next(1);
    expect(source$.observed).toBe(false);
    await expect(match).rejects.toThrow('asked wrongly');
  });

  describe('with a signal', () => {
    it('is rejected with its reason, and leaves', async () => {
      const source$ = new Subject<number>();
      const controller = new AbortController();
      const match = firstMatch(source$, isEven, { signal: controller.signal });
      expect(listeners(controller.signal)).toBe(1);
      controller.abort(new Error('enough'));
      expect([source$.observed, listeners(controller.signal)]).toEqual([false, 0]);
      await expect(match).rejects.toThrow('enough');
    });

    it('does not begin where it is aborted already', async () => {
      const source$ = new Subject<number>();
      const match = firstMatch(source$, isEven, { signal: AbortSignal.abort('a reason of any kind') });
      expect(source$.observed).toBe(false);
      await expect(match).rejects.toBe('a reason of any kind');
    });

    it('leaves no listener, however it ends', async () => {
      const { signal } = new AbortController();
      await firstMatch(of(2), isEven, { signal });
      await expect(firstMatch(EMPTY, isEven, { signal })).rejects.toThrow();
      await expect(
        firstMatch(
          throwError(() => new Error('broken')),
          isEven,
          { signal },
        ),
      ).rejects.toThrow();
      expect(listeners(signal)).toBe(0);
      void firstMatch(NEVER, isEven, { signal });
      expect(listeners(signal)).toBe(1);
    });
  });
});
