import { describe, expect, it } from 'vitest';
import { SilenceTimer, type Timers } from '#src/streams/time/silence-timer.ts';

/** Timers that a spec turns on, on a clock that it may set. */
class TurnedTimers implements Timers {
  clock = 1000;
  readonly delays: number[] = [];
  private elapsed = 0;
  private readonly due = new Set<{ readonly at: number; readonly action: () => void }>();

  now(): number {
    return this.clock;
  }

  after(delay: number, action: () => void): () => void {
    const timer = { at: this.elapsed + delay, action };
    this.delays.push(delay);
    this.due.add(timer);
    return () => this.due.delete(timer);
  }

  turn(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed++) {
      this.elapsed++;
      this.clock++;
      for (const timer of this.due) {
        if (timer.at > this.elapsed) continue;
        this.due.delete(timer);
        timer.action();
      }
    }
  }
}

function scene(due: () => number = () => 100) {
  const timers = new TurnedTimers();
  let calls = 0;
  const silence = new SilenceTimer(due, () => calls++, timers);
  return { timers, silence, calls: () => calls };
}

describe('SilenceTimer', () => {
  it('calls back once after silence, counted from the last sign, by one timer', () => {
    const { timers, silence, calls } = scene();
    silence.start();
    for (let sign = 0; sign < 90; sign++) {
      timers.turn(1);
      silence.hear();
    }
    timers.turn(99);
    expect([calls(), timers.delays]).toEqual([0, [100, 90]]);
    timers.turn(1);
    expect(calls()).toBe(1);
    timers.turn(1000);
    expect(calls()).toBe(1);
  });

  it('does nothing before it is started, nor after it was stopped', () => {
    const { timers, silence, calls } = scene();
    timers.turn(500);
    silence.start();
    silence.stop();
    timers.turn(500);
    expect(calls()).toBe(0);
  });

  it('counts from the last sign, also from one before the start', () => {
    const { timers, silence, calls } = scene();
    timers.turn(70);
    silence.hear();
    timers.turn(60);
    silence.start();
    timers.turn(39);
    expect(calls()).toBe(0);
    timers.turn(1);
    expect(calls()).toBe(1);
    // Goes on after the callback: silent for long, so in the next turn.
    silence.start();
    timers.turn(1);
    expect(calls()).toBe(2);
    silence.hear();
    silence.start();
    timers.turn(99);
    expect(calls()).toBe(2);
  });

  it.each([-1_000_000, 1_000_000])('calls at the latest one deadline late after the clock jumped by %i ms', (jump) => {
    const { timers, silence, calls } = scene();
    silence.start();
    timers.turn(50);
    silence.hear();
    timers.clock += jump;
    timers.turn(200);
    expect(calls()).toBe(1);
  });

  it('asks for the deadline again at each look, and takes one longer than any timer', () => {
    let due = Infinity;
    const { timers, silence } = scene(() => due);
    silence.start();
    expect(timers.delays).toEqual([2 ** 31 - 1]);
    due = 20;
    silence.start();
    timers.turn(10);
    silence.hear();
    due = 30;
    timers.turn(10);
    expect(timers.delays).toEqual([2 ** 31 - 1, 20, 20]);
  });
});
