import { getEventListeners } from 'node:events';
import type { Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { aborted } from '#src/streams/aborted.ts';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** What a stream says, and when. */
function heardFrom(stream$: Observable<unknown>): string[] {
  const heard: string[] = [];
  stream$.subscribe({ next: (value) => heard.push(`next ${String(value)}`), complete: () => heard.push('complete') });
  return heard;
}

describe('aborted', () => {
  it('says so once, for each subscriber, and keeps no listener', () => {
    const controller = new AbortController();
    const { signal } = controller;
    const all = [heardFrom(aborted(signal)), heardFrom(aborted(signal))];
    expect([...all, listeners(signal)]).toEqual([[], [], 2]);
    controller.abort();
    controller.abort();
    expect([...all, listeners(signal)]).toEqual([['next undefined', 'complete'], ['next undefined', 'complete'], 0]);
  });

  it('says so at once where it was aborted before', () => {
    const signal = AbortSignal.abort();
    expect(heardFrom(aborted(signal))).toEqual(['next undefined', 'complete']);
    expect(listeners(signal)).toBe(0);
  });

  it('takes its listener along when it is unsubscribed', () => {
    const { signal } = new AbortController();
    const subscription = aborted(signal).subscribe();
    expect(listeners(signal)).toBe(1);
    subscription.unsubscribe();
    expect(listeners(signal)).toBe(0);
  });
});
