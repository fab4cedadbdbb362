import { getEventListeners } from 'node:events';
import { NEVER, Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { takeUntilAborted } from 'kuberx';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** What a stream says, and when. */
function heardFrom(stream$: Observable<unknown>): string[] {
  const heard: string[] = [];
  stream$.subscribe({ next: (value) => heard.push(`next ${String(value)}`), complete: () => heard.push('complete') });
  return heard;
}

describe('takeUntilAborted', () => {
  it('completes when the signal is aborted, and leaves the source', () => {
    const controller = new AbortController();
    let left = 0;
    const source$ = new Observable<number>((subscriber) => {
      subscriber.next(1);
      return () => {
        left++;
      };
    });
    const heard = heardFrom(source$.pipe(takeUntilAborted(controller.signal)));
    controller.abort();
    expect([heard, left, listeners(controller.signal)]).toEqual([['next 1', 'complete'], 1, 0]);
  });

  it('does not subscribe to the source where the signal was aborted before', () => {
    let subscriptions = 0;
    const source$ = new Observable<number>(() => {
      subscriptions++;
    });
    expect(heardFrom(source$.pipe(takeUntilAborted(AbortSignal.abort())))).toEqual(['complete']);
    expect(subscriptions).toBe(0);
  });

  it('keeps no listener of a source that has ended or been left', () => {
    const { signal } = new AbortController();
    expect(heardFrom(of(1).pipe(takeUntilAborted(signal)))).toEqual(['next 1', 'complete']);
    NEVER.pipe(takeUntilAborted(signal)).subscribe().unsubscribe();
    expect(listeners(signal)).toBe(0);
  });
});
