import type { Lease, LeaseSpec } from './lease.ts';
import { elapsedAtMost, type Moment } from './moment.ts';

/** Times of an election, in milliseconds. */
export interface ElectionTimes {
  readonly leaseDuration: number;
  readonly renewDeadline: number;
}

/** What is known of a Lease. `at`: when its record was first seen as it is, since the clock of another process means nothing here. */
export interface Observed {
  readonly lease: Lease;
  readonly at: Moment;
}

/** What a candidate knows. */
export interface Election {
  readonly observed: Observed | undefined;
  /** When the last renewal that succeeded was sent; `undefined`: this candidate does not lead. */
  readonly renewed: Moment | undefined;
}

/** The state of a candidate that has seen nothing. */
export const noElection: Election = { observed: undefined, renewed: undefined };

/** Notes the Lease as it was read or written. */
export function observed(election: Election, lease: Lease, now: Moment): Election {
  const known = election.observed;
  const at = known !== undefined && isSameRecord(known.lease, lease) ? known.at : now;
  return { ...election, observed: { lease, at } };
}

/** How long this candidate may still act as the leader, in milliseconds; 0: not at all. */
export function timeLeft({ renewed }: Election, { renewDeadline }: ElectionTimes, now: Moment): number {
  return renewed === undefined ? 0 : Math.max(0, renewDeadline - elapsedAtMost(renewed, now));
}

/** Whether a candidate may write itself into the Lease that it has observed. */
export function mayTake(
  { observed: known }: Election,
  identity: string,
  { leaseDuration }: ElectionTimes,
  now: Moment,
): boolean {
  if (known === undefined) return false;
  const { holderIdentity = '', leaseDurationSeconds, strategy } = known.lease.spec ?? {};
  if (holderIdentity === identity) return true;
  // The control plane names the holder of such a Lease.
  if (strategy !== undefined && strategy !== '') return false;
  if (holderIdentity === '') return true;
  const duration = leaseDurationSeconds === undefined ? leaseDuration : leaseDurationSeconds * 1000;
  // By the monotonic clock alone: a wall clock that jumps must not shorten the rights of another.
  return now.monotonic - known.at.monotonic >= duration;
}

/** Whether the holder is asked to give the Lease to another candidate. */
export function isAskedToYield({ observed: known }: Election, identity: string): boolean {
  const { preferredHolder = '' } = known?.lease.spec ?? {};
  return preferredHolder !== '' && preferredHolder !== identity;
}

/** The Lease with this candidate as its holder from now on, or still. What others have written into it stays. */
export function takenLease(lease: Lease, identity: string, { leaseDuration }: ElectionTimes, now: Moment): Lease {
  const { spec = {} } = lease;
  const time = microTime(now.wall);
  const isMine = spec.holderIdentity === identity;
  const transitions = spec.leaseTransitions ?? 0;
  const taken: LeaseSpec = {
    ...spec,
    holderIdentity: identity,
    leaseDurationSeconds: Math.ceil(leaseDuration / 1000),
    acquireTime: isMine && spec.acquireTime !== undefined ? spec.acquireTime : time,
    renewTime: time,
    leaseTransitions: isMine || spec.renewTime === undefined ? transitions : transitions + 1,
  };
  return { ...lease, spec: taken };
}

/** The Lease without a holder, which anybody may take at once. */
export function releasedLease(lease: Lease, now: Moment): Lease {
  const { preferredHolder: _preferredHolder, ...spec } = lease.spec ?? {};
  const time = microTime(now.wall);
  return {
    ...lease,
    spec: { ...spec, holderIdentity: '', leaseDurationSeconds: 1, renewTime: time, acquireTime: time },
  };
}

/** A time with six digits, which a Lease asks for. Source: apimachinery `meta/v1/micro_time.go`, RFC3339Micro. */
function microTime(wall: number): string {
  // eslint-disable-next-line no-restricted-globals -- it formats a time, and reads no clock
  return new Date(wall).toISOString().replace('Z', '000Z');
}

const recordFields = [
  'holderIdentity',
  'leaseDurationSeconds',
  'acquireTime',
  'renewTime',
  'leaseTransitions',
] as const;

function isSameRecord(one: Lease, other: Lease): boolean {
  return (
    one.metadata.uid === other.metadata.uid && recordFields.every((field) => one.spec?.[field] === other.spec?.[field])
  );
}
