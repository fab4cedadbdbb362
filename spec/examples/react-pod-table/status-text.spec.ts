import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { statusText } from '../../../examples/react-pod-table/src/status-text.ts';

const lastError = new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'the GET request failed' });
const since = Date.parse('2026-12-01T12:00:00');
const time = new Date(since).toLocaleTimeString();
const live = { state: 'live', since, retryAt: undefined } as const;
const well = { progress: undefined, attempt: 0, lastError: undefined };

describe('statusText', () => {
  it('says that all is live, whatever failed before', () => {
    expect(statusText(live, well, since)).toEqual(['good', 'live']);
    expect(statusText(live, { ...well, lastError }, since)).toEqual(['good', 'live']);
  });

  it.each([
    [undefined, 'loading'],
    [{ received: 0, remaining: undefined }, 'loading'],
    [{ received: 1200, remaining: undefined }, 'loading 1,200'],
    [{ received: 500, remaining: 700 }, 'loading 500 of 1,200'],
  ])('says how far a list with %j is', (progress, words) => {
    expect(statusText({ ...live, state: 'catching up' }, { ...well, progress }, since)).toEqual(['busy', words]);
  });

  it('says since when it is stale, why, and when it is asked again', () => {
    const stale = { state: 'stale', since, retryAt: since + 3100 } as const;
    const failed = { ...well, attempt: 2, lastError };
    const words = (at: number): string => statusText(stale, failed, at)[1];
    expect(words(since)).toBe(`stale since ${time}, asks again in 4 s: v1/pods: the GET request failed`);
    expect(words(since + 9000)).toBe(`stale since ${time}, asks again in 0 s: v1/pods: the GET request failed`);
    expect(statusText({ ...live, state: 'offline' }, well, since)).toEqual(['bad', `offline since ${time}`]);
  });
});
