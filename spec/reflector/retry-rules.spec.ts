import { describe, expect, it } from 'vitest';
import { KubeError, type KubeErrorReason, minutes } from 'kuberx';
import { recoveryAfter, retryDelays } from '#src/reflector/retry-rules.ts';
import { newSession, type SessionRecord } from '#src/reflector/session-record.ts';

const failure = (reason: KubeErrorReason, retryAfter?: number): KubeError =>
  new KubeError({ reason, resource: 'v1/pods', message: 'no', ...(retryAfter !== undefined && { retryAfter }) });
const open = (phase: SessionRecord['phase'], openSince: number): SessionRecord => ({ ...newSession(phase), openSince });
const nextList = (atOnce: boolean) => ({ cursor: { next: 'list', how: 'stream' }, atOnce }) as const;

describe('recoveryAfter', () => {
  it.each([
    ['a watch that broke after a second', open('watching', 0), 'Network', false, 'reopen', true],
    ['a watch that broke sooner', open('watching', 1), 'Network', false, 'backoff', false],
    ['a watch that was never open', newSession('watching'), 'Network', false, 'backoff', false],
    ['a streaming list that was cut once', open('streaming', 0), 'Network', true, 'reopen', false],
    ['a streaming list that was cut again', open('streaming', 0), 'Network', false, 'backoff', false],
    ['a watch whose version expired', open('watching', 0), 'Expired', true, 'at once', false],
    ['a watch whose version expired just after its list', open('watching', 0), 'Expired', false, 'backoff', false],
  ] as const)('of %s', (_, record, reason, atOnce, how, endsFailures) => {
    expect(recoveryAfter(record, failure(reason), nextList(atOnce), 1000)).toEqual({ how, endsFailures });
  });
});

describe('retryDelays', () => {
  const { afterFailure, beforeReopening, beforeRelist, spacing } = retryDelays({}, () => 0);

  it('grow from failure to failure', () => {
    const delays = [1, 2, 3, 9].map((count) => afterFailure(failure('Forbidden'), count));
    expect(delays).toEqual([800, 1600, 3200, 30_000]);
  });

  it('are what the server asks for, from a second to five minutes, and a step of the backoff each 11th time if that is longer', () => {
    const asked = (retryAfter: number, count: number): number =>
      afterFailure(failure('TooManyRequests', retryAfter), count);
    expect([asked(2000, 1), asked(2000, 10)]).toEqual([2000, 2000]);
    expect([asked(1, 1), asked(minutes(60), 1)]).toEqual([1000, minutes(5)]);
    expect([asked(1000, 11), asked(1000, 22), asked(1000, 33)]).toEqual([1000, 1600, 3200]);
  });

  it('are within 250 ms where a watch is reopened', () => {
    expect([beforeReopening(), retryDelays({}, () => 1).beforeReopening()]).toEqual([0, 250]);
  });

  it('are none before the first relist, and grow where one follows the other', () => {
    expect([0, 1, 2].map(beforeRelist)).toEqual([0, 800, 1600]);
  });

  it('between requests to a silent host grow to 3.9 s, and by a tenth at most by chance', () => {
    expect([1, 2, 20].map(spacing.drawn)).toEqual([1000, 1250, 3900]);
    expect(spacing.longest(1)).toBe(1100);
  });
});
