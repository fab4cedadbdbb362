import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { PublicationClock } from '#src/streams/publication-clock.ts';

/** Frames on a scheduler, once in 16 ms while they are on. */
function scene({ hasFrames = true, isHidden = false, period = 1000 } = {}) {
  const scheduler = new VirtualTimeScheduler();
  const frame = Object.create(scheduler) as VirtualTimeScheduler;
  frame.schedule = (work: never, _delay: number, state: never) =>
    scheduler.schedule(work, isHidden ? Infinity : 16, state);
  const clock = new PublicationClock({
    turn: scheduler,
    timer: scheduler,
    frame: hasFrames ? frame : undefined,
    period,
  });
  const lines: string[] = [];
  const source = (name: string) => {
    let isNew = true;
    return {
      take: () => {
        lines.push(`take ${name}`);
        return isNew;
      },
      tell: () => void lines.push(`${scheduler.frame}: ${name}`),
      still: () => (isNew = false),
    };
  };
  const at = (time: number, action: () => void): void => void scheduler.schedule(action, time);
  return { scheduler, clock, lines, source, at, told: () => lines.filter((line) => /^\d/.test(line)) };
}

describe('PublicationClock', () => {
  it('publishes the first change at the end of the turn and later ones with the next frame, all at once', () => {
    const { scheduler, clock, lines, source, at } = scene();
    const [a, b] = [source('a'), source('b')];
    clock.mark(a);
    clock.mark(b);
    expect(lines).toEqual([]);
    at(3, () => clock.mark(b));
    at(9, () => clock.mark(a));
    at(12, () => clock.mark(b));
    at(100, () => clock.mark(a));
    scheduler.flush();
    const once = ['take a', 'take b'];
    expect(lines).toEqual([...once, '0: a', '0: b', 'take b', 'take a', '16: b', '16: a', 'take a', '100: a']);
  });

  it('publishes by the timer in a hidden page, and goes on by frames', () => {
    const { scheduler, clock, source, at, told } = scene({ isHidden: true });
    const a = source('a');
    for (const time of [0, 20, 1500, 1900]) at(time, () => clock.mark(a));
    scheduler.maxFrames = 10_000;
    scheduler.flush();
    expect(told()).toEqual(['0: a', '1000: a', '2000: a']);
  });

  it('publishes by the timer alone where there are no frames', () => {
    const { scheduler, clock, source, at, told } = scene({ hasFrames: false, period: 50 });
    const a = source('a');
    for (const time of [0, 20, 60, 300]) at(time, () => clock.mark(a));
    scheduler.flush();
    expect(told()).toEqual(['0: a', '50: a', '100: a', '300: a']);
  });

  it('tells nothing that has not changed, and nothing that is forgotten', () => {
    const { scheduler, clock, source, told } = scene();
    const [a, b] = [source('a'), source('b')];
    a.still();
    clock.mark(a);
    clock.mark(b);
    clock.forget(b);
    scheduler.flush();
    expect(told()).toEqual([]);
  });

  it('leaves no timer behind when nothing changes any more', () => {
    const { scheduler, clock, source } = scene();
    clock.mark(source('a'));
    scheduler.flush();
    expect(scheduler.actions).toEqual([]);
  });
});
