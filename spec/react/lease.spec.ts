import { Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lease, leaseTime, settled } from '#src/react/lease.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Something to wait for. */
function aThing() {
  const thing = {
    isSettled: false,
    holders: 0,
    changed: (): void => undefined,
    hold(changed: () => void): Subscription {
      thing.holders++;
      thing.changed = changed;
      return new Subscription(() => thing.holders--);
    },
  };
  return thing;
}

async function isOver(promise: Promise<void>): Promise<boolean> {
  return await Promise.race([promise.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
}

describe('Lease', () => {
  it('holds it once for all who wait, until it has settled and one of them is mounted', async () => {
    const thing = aThing();
    const lease = new Lease(thing);
    const promise = lease.wait();
    expect(lease.wait()).toBe(promise);
    expect(thing.holders).toBe(1);
    expect(await isOver(promise)).toBe(false);
    thing.isSettled = true;
    thing.changed();
    expect(await isOver(promise)).toBe(true);
    expect(thing.holders).toBe(1);
    lease.end();
    expect(thing.holders).toBe(0);
  });

  it('returns the same promise once it has settled, since React may render again with the one before', () => {
    const thing = aThing();
    const lease = new Lease(thing);
    const promise = lease.wait();
    thing.isSettled = true;
    thing.changed();
    expect(lease.wait()).toBe(promise);
    lease.end();
    expect(lease.wait()).toBe(promise);
    expect(promise).toHaveProperty('status', 'fulfilled');
    expect(thing.holders).toBe(0);
  });

  it('lets go after 10 s, tells those who wait, and begins anew for those who ask again', async () => {
    const thing = aThing();
    const lease = new Lease(thing);
    const promise = lease.wait();
    vi.advanceTimersByTime(leaseTime - 1);
    expect(thing.holders).toBe(1);
    vi.advanceTimersByTime(1);
    expect(thing.holders).toBe(0);
    expect(await isOver(promise)).toBe(true);
    expect(lease.wait()).not.toBe(promise);
    expect(thing.holders).toBe(1);
    lease.end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('returns at once, and holds nothing, where it has settled', async () => {
    const thing = aThing();
    thing.isSettled = true;
    expect(new Lease(thing).wait()).toBe(settled);
    expect(thing.holders).toBe(0);
    await settled;
  });
});
