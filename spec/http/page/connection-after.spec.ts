import { describe, expect, it } from 'vitest';
import type { Connection } from 'kuberx/http';
import { connectionAfter, type ConnectionFacts } from '#src/http/page/connection-after.ts';

const well: ConnectionFacts = {
  isSignedOut: false,
  isOffline: false,
  isUnanswered: false,
  retrying: 0,
  givenBack: 0,
  outstanding: 0,
  late: 0,
  isFull: false,
  streams: { open: 2, allowed: 80, waiting: 0 },
  denied: [],
  staleSince: undefined,
};
const live: Connection = { state: 'live', since: 5, streams: { open: 2, allowed: 80, waiting: 0 }, denied: [] };

describe('connectionAfter', () => {
  it('returns the same value where nothing has changed', () => {
    expect(connectionAfter(live, { ...well, streams: { ...well.streams } }, 9)).toBe(live);
  });

  it.each([
    ['signed out', { isSignedOut: true, isOffline: true, retrying: 1, outstanding: 1 }],
    ['offline', { isOffline: true, isUnanswered: true, outstanding: 1 }],
    ['stale', { isUnanswered: true, outstanding: 1 }],
    ['stale', { retrying: 1, outstanding: 1 }],
    ['stale', { givenBack: 1 }],
    ['stale', { isFull: true }],
    ['catching up', { outstanding: 1, isFull: true }],
    ['live', {}],
  ] as const)('is %s by %o', (state, facts) => {
    expect(connectionAfter({ ...live, state: 'catching up' }, { ...well, ...facts }, 9).state).toBe(state);
  });

  it('stays live while what is out is answered soon, and is not live before it is', () => {
    const facts = { ...well, outstanding: 1 };
    expect(connectionAfter(live, facts, 9)).toBe(live);
    expect(connectionAfter(live, { ...facts, late: 1 }, 9).state).toBe('catching up');
    expect(connectionAfter({ ...live, state: 'stale' }, facts, 9).state).toBe('catching up');
  });

  it('is stale since what is shown began to be old, which may be long ago, and never in the future', () => {
    const stale = { ...well, givenBack: 2, staleSince: 3 };
    expect(connectionAfter(live, stale, 9)).toMatchObject({ state: 'stale', since: 3 });
    expect(connectionAfter(live, { ...stale, staleSince: undefined }, 9).since).toBe(9);
    expect(connectionAfter(live, { ...stale, staleSince: 30 }, 9).since).toBe(9);
  });

  it('keeps its time while only its numbers change', () => {
    const streams = { ...well.streams, open: 3 };
    expect(connectionAfter(live, { ...well, streams, denied: ['v1/pods in a'] }, 9)).toEqual({
      ...live,
      streams,
      denied: ['v1/pods in a'],
    });
  });
});
