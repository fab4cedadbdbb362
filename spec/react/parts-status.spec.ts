import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import type { KubeStatus } from 'kuberx/react';
import { isDenied, isFailing, partsStatus } from '#src/react/parts-status.ts';

const live: KubeStatus = {
  phase: 'watching',
  since: 1,
  synced: true,
  stale: false,
  attempt: 0,
  lastError: undefined,
  retryAt: undefined,
  held: undefined,
  progress: undefined,
};

function failing(reason: 'Forbidden' | 'Network', retryAt: number): KubeStatus {
  const lastError = new KubeError({ reason, resource: 'v1/pods', message: 'no' });
  return { ...live, phase: 'waiting', synced: false, attempt: 2, lastError, retryAt };
}

describe('partsStatus', () => {
  it('returns the very status of a single part', () => {
    expect(partsStatus(new Map([['', live]]))).toEqual({ status: live, denied: [] });
    expect(partsStatus(new Map([['', live]])).status).toBe(live);
  });

  it('leaves denied parts out of the status and names them', () => {
    const { status, denied } = partsStatus(new Map([['a', live], ['b', failing('Forbidden', 9)]])); // prettier-ignore
    expect(status).toBe(live);
    expect(denied).toEqual(['b']);
  });

  it('returns the status of what is denied where all of it is', () => {
    const forbidden = failing('Forbidden', 9);
    expect(partsStatus(new Map([['', forbidden]]))).toEqual({ status: forbidden, denied: [''] });
  });

  it('is complete where all parts are, stale where one is, and due with the first', () => {
    const stale: KubeStatus = { ...failing('Network', 7), synced: true, stale: true };
    const { status } = partsStatus(new Map([['a', live], ['b', stale], ['c', failing('Network', 5)]])); // prettier-ignore
    expect(status).toMatchObject({ synced: false, stale: true, phase: 'waiting', attempt: 2, retryAt: 5 });
  });

  it('is complete where there are no parts', () => {
    expect(partsStatus(new Map())).toMatchObject({ status: { synced: true, stale: false }, denied: [] });
  });
});

describe('isDenied', () => {
  it('is false once the server has let it in again', () => {
    const forbidden = failing('Forbidden', 9);
    expect(isDenied(forbidden)).toBe(true);
    expect(isDenied({ ...forbidden, attempt: 0 })).toBe(false);
    expect(isDenied(failing('Network', 9))).toBe(false);
  });
});

describe('isFailing', () => {
  it('is true after a failure and while only the user can help, and false while it is hidden', () => {
    expect(isFailing(live)).toBe(false);
    expect(isFailing(failing('Network', 9))).toBe(true);
    expect(isFailing({ ...live, phase: 'waiting', held: 'signed out' })).toBe(true);
    expect(isFailing({ ...live, phase: 'waiting', held: 'hidden' })).toBe(false);
  });
});
