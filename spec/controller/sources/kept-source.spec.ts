import { concat, defer, NEVER, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { keptSource, type SourceState } from '#src/controller/sources/kept-source.ts';
import type { Wake } from '#src/workqueue/wake.ts';
import { pause } from '#src/streams/time/pause.ts';

interface Kept {
  readonly begun: readonly number[];
  readonly states: readonly SourceState[];
  readonly timers: number;
}

/** When a source is subscribed to within a time, and what becomes of it. */
function kept(each: (scheduler: TestScheduler, count: number) => ReturnType<typeof keptSource>, time: number): Kept {
  const scheduler = new TestScheduler(() => undefined);
  const begun: number[] = [];
  const states: SourceState[] = [];
  const source$ = defer(() => each(scheduler, begun.push(scheduler.now())));
  const context = { scheduler, random: () => 0, changed: (state: SourceState) => states.push(state) };
  const subscription = keptSource(source$, context).subscribe();
  scheduler.maxFrames = time;
  scheduler.flush();
  subscription.unsubscribe();
  return { begun, states, timers: scheduler.actions.length };
}

const boom$ = throwError(() => new Error('boom'));

describe('keptSource', () => {
  it('subscribes again after delays that grow to 30 s, also where the source brings something each time', () => {
    const wake: Wake = { key: 'a' };
    const { begun, states } = kept(() => concat(of(wake), boom$), 120_000);
    expect(begun).toEqual([0, 800, 2400, 5600, 12_000, 24_800, 50_400, 80_400, 110_400]);
    expect(states.at(-1)).toMatchObject({ type: 'failing', attempt: 9, failure: { message: 'boom' } });
  });

  it('starts over with the first delay after a minute that went well', () => {
    const { begun } = kept(
      (scheduler, count) => (count === 3 ? concat(pause(61_000, scheduler), boom$) : boom$),
      66_000,
    );
    expect(begun).toEqual([0, 800, 2400, 2400 + 61_000 + 800, 2400 + 61_000 + 2400]);
  });

  it('flows again with its next wake, or after a minute that went well', () => {
    const wake: Wake = { key: 'a' };
    const next = kept((_, count) => (count === 1 ? boom$ : concat(of(wake), NEVER)), 1000);
    expect(next.states.map(({ type }) => type)).toEqual(['flowing', 'failing', 'flowing']);
    const quiet = kept((_, count) => (count === 1 ? boom$ : NEVER), 61_000);
    expect(quiet.states.map(({ type }) => type)).toEqual(['flowing', 'failing', 'flowing']);
  });

  it('takes an end for an end', () => {
    const { begun, states } = kept(() => of(), 10_000);
    expect(begun).toEqual([0]);
    expect(states.map(({ type }) => type)).toEqual(['flowing', 'completed']);
  });

  it.each([
    ['failing', boom$],
    ['flowing', NEVER],
  ])('leaves no timer when it is unsubscribed while %s', (_, source$) => {
    expect(kept(() => source$, 1000).timers).toBe(0);
  });
});
