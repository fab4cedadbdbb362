import { asyncScheduler, NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Denials } from '#src/http/page/denials.ts';
import { factsOf } from '#src/http/page/facts-of.ts';
import type { GateEntry } from '#src/http/page/gate-request.ts';
import { RetryWaiters } from '#src/http/page/retry-waiters.ts';
import { Surroundings } from '#src/http/page/surroundings.ts';

const entry = (state: GateEntry['state'], since = 0, rest: Partial<GateEntry> = {}): GateEntry =>
  ({ request: { resource: 'v1/pods', isStream: true }, state, since, told: undefined, ...rest }) as GateEntry;

function facts(
  entries: readonly GateEntry[],
  rest: { now?: number; denied?: string; waiting?: readonly string[] } = {},
) {
  const { now = 0, denied, waiting = [] } = rest;
  const denials = new Denials({ now: () => 0 }, () => 0);
  if (denied !== undefined) denials.denied(denied, 'watch');
  const waiters = new RetryWaiters(() => undefined);
  for (const resource of waiting) waiters.nudged(resource).subscribe();
  const surroundings = new Surroundings({
    signals: { isHidden: false, isOffline: false, signals$: NEVER },
    ignoresNetwork: false,
    hiddenAfter: Infinity,
    scheduler: asyncScheduler,
    clock: asyncScheduler,
    giveBack: () => undefined,
    onchange: () => undefined,
  });
  return factsOf({
    entries,
    waiters,
    denials,
    surroundings,
    isSignedOut: false,
    isUnanswered: false,
    returning: 0,
    allowed: 2,
    now,
  });
}

describe('factsOf', () => {
  it('counts streams that are out and requests that wait, and not lists as streams', () => {
    const list = { request: { resource: 'v1/pods', isStream: false } } as Partial<GateEntry>;
    const { streams } = facts([
      entry('open'),
      entry('sent'),
      entry('waiting'),
      entry('resting'),
      entry('open', 0, list),
    ]);
    expect(streams).toEqual({ open: 2, allowed: 2, waiting: 2 });
  });

  it('takes no notice of a stream that is opened anew within a second beside others', () => {
    expect(facts([entry('open'), entry('sent')], { now: 999 })).toMatchObject({ outstanding: 1, late: 0 });
    expect(facts([entry('open'), entry('sent')], { now: 1000 }).late).toBe(1);
    expect(facts([entry('sent')]).late).toBe(1);
  });

  it('tells who waits for a place from who is about to be sent', () => {
    expect(facts([entry('open'), entry('open'), entry('waiting')], { now: 5000 })).toMatchObject({
      isFull: true,
      outstanding: 0,
    });
    expect(facts([entry('open'), entry('waiting')], { now: 5000 })).toMatchObject({ isFull: false, outstanding: 1 });
  });

  it('names what was denied while somebody wants it, and counts it as no retry', () => {
    expect(facts([], { denied: 'v1/pods in a' }).denied).toEqual([]);
    const waiting = ['v1/pods in a', 'v1/pods in b'];
    expect(facts([], { denied: 'v1/pods in a', waiting })).toMatchObject({ denied: ['v1/pods in a'], retrying: 1 });
  });
});
