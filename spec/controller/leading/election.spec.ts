import { describe, expect, it } from 'vitest';
import type { Lease, LeaseSpec, Moment } from 'kuberx';
import {
  isAskedToYield,
  mayTake,
  noElection,
  observed,
  releasedLease,
  takenLease,
  timeLeft,
} from '#src/controller/leading/election.ts';

const times = { leaseDuration: 15_000, renewDeadline: 10_000 };
const at = (milliseconds: number, wall = milliseconds): Moment => ({ wall, monotonic: milliseconds });
const lease = (spec: LeaseSpec = {}, rest: object = {}): Lease => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { namespace: 'default', name: 'l', uid: 'u', resourceVersion: '1' },
  spec,
  ...rest,
});
const held = lease({ holderIdentity: 'b', leaseDurationSeconds: 15, renewTime: 'then' });

describe('observed', () => {
  it('counts from when a record was first seen, whatever its times say', () => {
    const first = observed(noElection, held, at(0));
    expect(observed(first, held, at(5000)).observed?.at).toEqual(at(0));
    const renewed = lease({ ...held.spec, renewTime: 'later' });
    expect(observed(first, renewed, at(5000)).observed?.at).toEqual(at(5000));
  });

  it('counts anew for another Lease of the same name and record', () => {
    const other = { ...held, metadata: { ...held.metadata, uid: 'v' } };
    expect(observed(observed(noElection, held, at(0)), other, at(7)).observed?.at).toEqual(at(7));
  });
});

describe('mayTake', () => {
  const after = (spec: LeaseSpec, now: Moment): boolean =>
    mayTake(observed(noElection, lease(spec), at(0)), 'a', times, now);

  it.each<[string, LeaseSpec, Moment, boolean]>([
    ['what nobody holds', {}, at(0), true],
    ['what was released', { holderIdentity: '' }, at(0), true],
    ['its own', { holderIdentity: 'a' }, at(0), true],
    ['what another renewed 14.999 s ago', { holderIdentity: 'b' }, at(14_999), false],
    ['what another renewed 15 s ago', { holderIdentity: 'b' }, at(15_000), true],
    ['what another holds for a minute', { holderIdentity: 'b', leaseDurationSeconds: 60 }, at(59_999), false],
    ['what another holds for a second', { holderIdentity: 'b', leaseDurationSeconds: 1 }, at(1000), true],
    ['what another holds, when the wall clock jumps', { holderIdentity: 'b' }, at(1000, 9e9), false],
    ['what the control plane gives', { strategy: 'OldestEmulationVersion' }, at(9e9), false],
    ['what the control plane gave it', { strategy: 'OldestEmulationVersion', holderIdentity: 'a' }, at(0), true],
  ])('judges %s', (_, spec, now, may) => {
    expect(after(spec, now)).toBe(may);
  });

  it('is false before anything was seen', () => {
    expect(mayTake(noElection, 'a', times, at(9e9))).toBe(false);
  });
});

describe('timeLeft', () => {
  it('counts from when the renewal was sent, by the clock that says more', () => {
    const election = { observed: undefined, renewed: at(1000) };
    expect(timeLeft(election, times, at(1000))).toBe(10_000);
    expect(timeLeft(election, times, at(4000))).toBe(7000);
    expect(timeLeft(election, times, at(1001, 9000))).toBe(2000);
    expect(timeLeft(election, times, at(99_000))).toBe(0);
    expect(timeLeft(noElection, times, at(0))).toBe(0);
  });
});

describe('takenLease', () => {
  const foreign = {
    metadata: { name: 'l', annotations: { 'example.com/a': 'b' } },
    spec: { holderIdentity: 'b', renewTime: 'x', leaseTransitions: 4, other: 1 },
  };

  it('keeps what others have written, counts the change of holders, and writes six digits', () => {
    const taken = takenLease(foreign as never, 'a', times, at(0, Date.parse('2026-01-02T03:04:05.678Z')));
    const time = '2026-01-02T03:04:05.678000Z';
    expect(taken).toEqual({
      metadata: foreign.metadata,
      spec: {
        holderIdentity: 'a',
        leaseDurationSeconds: 15,
        acquireTime: time,
        renewTime: time,
        leaseTransitions: 5,
        other: 1,
      },
    });
  });

  it('renews without a change of holders', () => {
    const mine = takenLease(foreign as never, 'a', times, at(0, 0));
    const renewed = takenLease(mine, 'a', times, at(0, 2000));
    expect(renewed.spec).toMatchObject({ leaseTransitions: 5, acquireTime: mine.spec?.acquireTime });
    expect(renewed.spec?.renewTime).not.toBe(mine.spec?.renewTime);
  });
});

it('releases by an empty holder for a second, and keeps the rest', () => {
  const released = releasedLease(lease({ ...held.spec, leaseTransitions: 3, preferredHolder: 'c' }), at(0, 0));
  expect(released.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1, leaseTransitions: 3 });
  expect(released.spec).not.toHaveProperty('preferredHolder');
});

it('yields to whom the control plane prefers', () => {
  const asked = (spec: LeaseSpec): boolean => isAskedToYield(observed(noElection, lease(spec), at(0)), 'a');
  expect([
    asked({ preferredHolder: 'b' }),
    asked({ preferredHolder: 'a' }),
    asked({}),
    isAskedToYield(noElection, 'a'),
  ]).toEqual([true, false, false, false]);
});
