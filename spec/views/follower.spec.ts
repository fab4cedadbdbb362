import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { store } from 'kuberx';
import type { Steps } from '#src/streams/map-while-waiting.ts';
import { type Batch, Follower } from '#src/views/follower.ts';
import { type Item, item } from './items.ts';

/** Follows the names of a store, one step for each batch. */
function scene({ rows = 0, isSlow = false } = {}) {
  const scheduler = new VirtualTimeScheduler();
  let looks = 0;
  if (isSlow) scheduler.now = () => scheduler.frame + 5 * looks++;
  const source = store<Item>({ intern: false });
  source.replace(
    Array.from({ length: rows }, (_, index) => item({ name: `n${index}` })),
    '1',
  );
  const batches: number[] = [];
  const follower = new Follower<Item, ReadonlySet<string>>([source], scheduler, {
    state: new Set<string>(),
    sizeOf: ({ size }) => size,
    *next(state: ReadonlySet<string>, { changes }: Batch<Item>): Steps<ReadonlySet<string>> {
      const all = yield* changes();
      for (let step = 0; step < 4; step++) yield;
      batches.push(all.length);
      const gone = all.flatMap(({ before }) => before?.metadata.name ?? []);
      return new Set(
        [...state]
          .filter((name) => !gone.includes(name))
          .concat(all.flatMap(({ after }) => after?.metadata.name ?? [])),
      );
    },
  });
  const told: number[] = [];
  follower.states$.subscribe(({ size }) => told.push(size));
  return { scheduler, source, follower, batches, told };
}

describe('Follower', () => {
  it('applies a small commit before the commit is over', () => {
    const { source, follower, told } = scene({ rows: 3 });
    follower.hold();
    source.add(item({ name: 'more' }));
    expect([told, follower.state.size]).toEqual([[3, 4], 4]);
  });

  it('works in slices where there is much, and applies what comes meanwhile after it, at once', () => {
    const { source, scheduler, follower, batches, told } = scene({ rows: 3000, isSlow: true });
    follower.hold();
    expect(follower.state.size).toBe(0);
    for (let index = 0; index < 3; index++) source.add(item({ name: `more${index}` }));
    source.delete(item({ name: 'more1' }));
    scheduler.flush();
    expect(batches).toEqual([3000, 2]);
    expect(told).toEqual([3000, 3002]);
  });

  it('follows nothing while nobody holds it, and catches up with the next holder', () => {
    const { source, scheduler, follower, told } = scene({ rows: 3000, isSlow: true });
    const held = follower.hold();
    held.unsubscribe();
    scheduler.flush();
    expect([told, follower.state.size, scheduler.actions.length]).toEqual([[], 0, 0]);
    source.add(item({ name: 'more' }));
    expect(follower.read().size).toBe(0);
    follower.hold();
    scheduler.flush();
    expect(follower.state.size).toBe(3001);
  });

  it('reads the state of a small source without a holder', () => {
    const { source, follower } = scene({ rows: 3 });
    expect(follower.read().size).toBe(3);
    source.delete(item({ name: 'n0' }));
    expect(follower.read().size).toBe(2);
    expect(follower.read()).toBe(follower.read());
  });

  it('has what was due again after work that threw', () => {
    const { follower } = scene({ rows: 3 });
    let fails = true;
    const { next } = (follower as unknown as { followed: { next: (...args: unknown[]) => Steps<unknown> } }).followed;
    Object.assign((follower as unknown as { followed: object }).followed, {
      *next(...args: unknown[]) {
        if (fails) throw new Error('of a store');
        return yield* next(...args);
      },
    });
    expect(() => follower.read()).toThrow('of a store');
    fails = false;
    expect(follower.read().size).toBe(3);
  });

  it('replaces its state by one of the same objects', () => {
    const { follower, told } = scene({ rows: 3 });
    follower.hold();
    follower.replace(function* () {
      yield;
      return new Set(['other']);
    });
    expect([told, [...follower.state]]).toEqual([[3, 1], ['other']]);
  });
});
