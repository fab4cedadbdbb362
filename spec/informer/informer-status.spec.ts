import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { buildObject } from 'kuberx/testing';
import {
  initialStatus,
  reduceStatus,
  type InformerStatus,
  type StatusContext,
  type StatusEvent,
} from '#src/informer/informer-status.ts';

const empty: StatusContext['snapshot'] = { synced: false, resourceVersion: undefined };
const synced: StatusContext['snapshot'] = { synced: true, resourceVersion: '5' };
const unversioned: StatusContext['snapshot'] = { synced: true, resourceVersion: undefined };
const pod = buildObject('default/a', '4') as never;
const error = new KubeError({ reason: 'Forbidden', resource: 'v1/pods', message: 'no' });

const after = (status: InformerStatus, event: StatusEvent<never>, now: number, snapshot = synced): InformerStatus =>
  reduceStatus(status, event, { now, snapshot });

const watching = [
  { type: 'Started', retryIn: 0 },
  { type: 'Requested', phase: 'streaming' },
  { type: 'Replaced', objects: [], resourceVersion: '5' },
  { type: 'Opened', phase: 'watching' },
] as const;

const wellStatus = watching.reduce((status, event) => after(status, event, 1), initialStatus(0));

describe('reduceStatus', () => {
  it('is well while it watches', () => {
    expect(wellStatus).toEqual({
      ...initialStatus(1),
      phase: 'watching',
      synced: true,
      updates: 'watched',
    });
  });

  it('tells what a server that gives less leaves of the guarantees', () => {
    const replaced = { type: 'Replaced', objects: [], resourceVersion: '' } as const;
    const listed = after(initialStatus(0), replaced, 1, unversioned);
    expect(listed).toMatchObject({ synced: true, updates: 'unversioned' });
    const polled = after(listed, { type: 'Unwatched', relistIn: 30_000 }, 2, unversioned);
    expect(polled).toMatchObject({ phase: 'waiting', updates: 'polled', stale: false, attempt: 0, retryAt: 30_002 });
    expect(after(polled, replaced, 30_003, unversioned).updates).toBe('polled');
    expect(after(polled, { type: 'Requested', phase: 'listing' }, 30_002, unversioned)).toMatchObject({
      phase: 'listing',
      stale: false,
      updates: 'polled',
    });
    const failed = after(polled, { type: 'Interrupted', phase: 'listing', error, attempt: 1, retryIn: 1 }, 30_003);
    expect(failed).toMatchObject({ stale: true, updates: 'polled' });
    expect(after(polled, watching[3], 30_004, unversioned).updates).toBe('unversioned');
    expect(after(polled, watching[3], 30_004, synced).updates).toBe('watched');
  });

  it('is stale and waits while its request is held back, and says why, without a time', () => {
    const held = { type: 'HeldBack', phase: 'watching', reason: 'hidden' } as const;
    const hidden = after(wellStatus, held, 7);
    expect(hidden).toEqual({ ...wellStatus, phase: 'waiting', since: 7, stale: true, held: 'hidden' });
    expect(after(hidden, held, 8)).toBe(hidden);
    expect(after(hidden, { ...held, reason: 'turn' }, 9)).toEqual({ ...hidden, held: 'turn' });
    const asked = after(hidden, { type: 'Requested', phase: 'watching' }, 10);
    expect(asked).toMatchObject({ phase: 'watching', stale: true, held: undefined });
    const failed = after(wellStatus, { type: 'Interrupted', phase: 'watching', error, attempt: 1, retryIn: 5 }, 11);
    expect(after(failed, held, 12)).toMatchObject({ held: 'hidden', retryAt: undefined, lastError: error });
    const retried = after(hidden, { type: 'Interrupted', phase: 'watching', error, attempt: 1, retryIn: 5 }, 13);
    expect(retried).toMatchObject({ held: undefined, retryAt: 18 });
    expect(after(initialStatus(0), held, 1, empty)).toMatchObject({ phase: 'waiting', stale: false });
  });

  it('returns the same status where nothing is new', () => {
    for (const event of [
      { type: 'Sync' },
      { type: 'Bookmark', resourceVersion: '5' },
      { type: 'Bookmark', resourceVersion: '6' },
      { type: 'Deleted', object: pod, resourceVersion: '7' },
      { type: 'Replaced', objects: [pod], resourceVersion: '8' },
      { type: 'Opened', phase: 'watching' },
      { type: 'Settled' },
    ] as const) {
      expect(after(wellStatus, event, 9)).toBe(wellStatus);
    }
    const listing = after(
      initialStatus(0),
      { type: 'Received', phase: 'listing', received: 500, remaining: 9 },
      1,
      empty,
    );
    expect(after(listing, { type: 'Received', phase: 'listing', received: 500, remaining: 9 }, 2, empty)).toBe(listing);
  });

  it('tells how far a list is, and forgets it with the phase', () => {
    const listing = after(wellStatus, { type: 'Received', phase: 'listing', received: 500, remaining: 700 }, 3);
    expect(listing).toMatchObject({ phase: 'listing', since: 3, progress: { received: 500, remaining: 700 } });
    const further = after(listing, { type: 'Received', phase: 'listing', received: 1000, remaining: 200 }, 4);
    expect(further).toMatchObject({ since: 3, progress: { received: 1000, remaining: 200 } });
    expect(after(further, watching[3], 5)).toMatchObject({ phase: 'watching', progress: undefined });
    const again = after(
      after(further, { type: 'Interrupted', phase: 'listing', error, attempt: 1, retryIn: 9 }, 5),
      { type: 'Requested', phase: 'listing', received: 1000 },
      14,
    );
    expect(again.progress).toEqual({ received: 1000, remaining: undefined });
  });

  it('is stale from a failure until a watch is open, and keeps the last error', () => {
    const failed = after(wellStatus, { type: 'Interrupted', phase: 'watching', error, attempt: 2, retryIn: 800 }, 100);
    expect(failed).toMatchObject({
      phase: 'waiting',
      since: 100,
      stale: true,
      attempt: 2,
      lastError: error,
      retryAt: 900,
    });
    const asking = after(failed, { type: 'Requested', phase: 'watching' }, 900);
    expect(asking).toMatchObject({ phase: 'watching', stale: true, attempt: 2, retryAt: undefined });
    const open = after(asking, watching[3], 950);
    expect(open).toMatchObject({ phase: 'watching', since: 900, stale: false, attempt: 0, lastError: error });
  });

  it('is stale where a watch is not answered, until it is', () => {
    const late = after(wellStatus, { type: 'Unanswered' }, 100);
    expect(late).toEqual({ ...wellStatus, stale: true });
    expect(after(late, { type: 'Unanswered' }, 101)).toBe(late);
    expect(after(late, watching[3], 102)).toEqual(wellStatus);
    const unsynced = initialStatus(0);
    expect(after(unsynced, { type: 'Unanswered' }, 1, empty)).toBe(unsynced);
  });

  it('is not stale where there is nothing yet', () => {
    const failed = after(
      initialStatus(0),
      { type: 'Interrupted', phase: 'listing', error, attempt: 1, retryIn: 1 },
      1,
      empty,
    );
    expect(failed).toMatchObject({ stale: false, synced: false });
  });

  it('is stopped, and stale if it has anything', () => {
    expect(after(wellStatus, { type: 'Stopped' }, 7)).toMatchObject({ phase: 'stopped', since: 7, stale: true });
    expect(after(initialStatus(0), { type: 'Stopped' }, 7, empty)).toMatchObject({ phase: 'stopped', stale: false });
  });

  it('is idle, and knows nothing, once it has let go', () => {
    const stopped = after(wellStatus, { type: 'Stopped' }, 7);
    expect(after(stopped, { type: 'LetGo' }, 8, empty)).toEqual({ ...initialStatus(8) });
  });

  it('counts what was left out, and never forgets the last of it', () => {
    const [first, second] = [new Error('one'), new Error('two')];
    const once = after(wellStatus, { type: 'ObjectError', error: first, count: 1 }, 2);
    const twice = after(once, { type: 'ObjectError', error: second, count: 2 }, 3);
    expect(twice).toEqual({ ...wellStatus, objectErrors: 3, lastObjectError: second });
  });
});
