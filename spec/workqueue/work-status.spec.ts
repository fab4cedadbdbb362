import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { isWedged, reconciler } from 'kuberx/queue';
import { world } from './world.ts';

describe('isWedged', () => {
  it('is true if work waits and no run has ended for 10 minutes', () => {
    world(
      ({ key }) => (key === 'stuck' ? NEVER : undefined),
      {},
      (it) => {
        it.wake('a');
        it.wake('stuck');
        it.until(700_000);
        expect(isWedged(it.queue.status$.value)).toBe(false);
        it.wake('b');
        expect(isWedged(it.queue.status$.value)).toBe(false);
        it.until(700_000 + 599_000);
        expect(isWedged(it.queue.status$.value)).toBe(false);
        expect(isWedged(it.queue.status$.value, { within: 500_000 })).toBe(true);
        it.until(700_000 + 600_000);
        expect(isWedged(it.queue.status$.value)).toBe(true);
      },
    );
  });

  it('is false for a queue that stands by, or that nobody listens to', () => {
    world(
      () => undefined,
      { opened$: NEVER },
      (it) => {
        it.wake('a');
        it.until(1_000_000);
        expect(isWedged(it.queue.status$.value)).toBe(false);
        it.stop();
        expect(isWedged(it.queue.status$.value)).toBe(false);
        it.start();
      },
    );
  });

  it.each([NaN, -1, '5'])('refuses the time %j, which would never be over', (within) => {
    const { value } = reconciler(() => undefined).status$;
    expect(() => isWedged(value, { within: within as number })).toThrow(RangeError);
  });
});
