import { expect, it } from 'vitest';
import { type Lease, leadership, type LeadershipOptions, seconds } from 'kuberx';
import { fakeResourceClient } from 'kuberx/testing';
import { leadershipSettings } from '#src/controller/leading/leadership-options.ts';

const named = { namespace: 'default', name: 'l', identity: 'a' };

it("has the times of client-go, and gives a request half the leader's deadline", () => {
  expect(leadershipSettings(named)).toMatchObject({
    leaseDuration: 15_000,
    renewDeadline: 10_000,
    retryPeriod: 2000,
    requestTimeout: 5000,
  });
  const short = { ...named, leaseDuration: 3000, renewDeadline: 1500, retryPeriod: 500 };
  expect(leadershipSettings(short)).toMatchObject({ requestTimeout: 1000 });
});

it.each<[string, Partial<LeadershipOptions>, string]>([
  ['an empty identity', { identity: '' }, 'leadership needs a identity'],
  ['no name', { name: undefined as never }, 'leadership needs a name'],
  ['a deadline beyond the duration', { renewDeadline: seconds(20) }, 'each has to be longer than the next'],
  ['a period beyond the deadline', { retryPeriod: seconds(9) }, 'each has to be longer than the next'],
  ['a period of nothing', { retryPeriod: 0 }, 'each has to be longer than the next'],
  ['times that are none', { leaseDuration: NaN }, 'each has to be longer than the next'],
  ['parts of a second', { leaseDuration: 15_500 }, 'whole seconds'],
])('refuses %s', (_, options, message) => {
  const make = (): unknown => leadership(fakeResourceClient<Lease>([]), { ...named, ...options });
  expect(make).toThrow(message);
});
