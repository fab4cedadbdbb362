import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import type { KubeStatus } from 'kuberx/react';
import { connectionOf, worseOf } from '#src/react/kube-connection.ts';

const live: KubeStatus = {
  phase: 'watching',
  since: 10,
  synced: true,
  stale: false,
  attempt: 0,
  lastError: undefined,
  retryAt: undefined,
  held: undefined,
  progress: undefined,
};

const failed = (reason: 'Network' | 'Unauthorized' | 'Forbidden'): Partial<KubeStatus> => ({
  attempt: 1,
  lastError: new KubeError({ reason, resource: 'v1/pods', message: 'no' }),
});

const parts = (...statuses: readonly Partial<KubeStatus>[]) =>
  statuses.map((status) => ({ name: 'v1/pods', status: { ...live, ...status } }));

describe('connectionOf', () => {
  it.each([
    ['live', {}],
    ['catching up', { synced: false }],
    ['stale', { stale: true }],
    ['stale', { synced: false, ...failed('Network') }],
    ['stale', { held: 'hidden', stale: true }],
    ['offline', { held: 'offline', stale: true }],
    ['signed out', { held: 'signed out', stale: true }],
    ['signed out', failed('Unauthorized')],
    ['live', failed('Forbidden')],
  ] as const)('is %s by the worst part: %j', (state, worst) => {
    expect(connectionOf(parts({}, worst, {}), undefined).state).toBe(state);
  });

  it('is live where nothing is held', () => {
    expect(connectionOf([], undefined)).toEqual({ state: 'live', since: 0 });
  });

  it('counts a worse state from the first part, a live one from the last, and keeps the time while the state lasts', () => {
    const stale = connectionOf(parts({ stale: true, since: 30 }, { stale: true, since: 20 }), undefined);
    expect(stale).toEqual({ state: 'stale', since: 20 });
    expect(connectionOf(parts({ stale: true, since: 50 }), stale)).toBe(stale);
    expect(connectionOf(parts({ since: 60 }, { since: 70 }), stale)).toEqual({ state: 'live', since: 70 });
  });
});

describe('worseOf', () => {
  it('prefers what only the user can mend', () => {
    expect(worseOf('stale', 'signed out')).toBe('signed out');
    expect(worseOf('offline', 'live')).toBe('offline');
  });
});
