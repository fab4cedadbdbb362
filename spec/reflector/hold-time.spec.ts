import { describe, expect, it } from 'vitest';
import { HoldTime } from '#src/reflector/hold-time.ts';

describe('HoldTime', () => {
  it('adds up the times from each hold until the request is sent', () => {
    let time = 100;
    const holdTime = new HoldTime({ now: () => time });
    expect([holdTime.isHeld, holdTime.sum]).toEqual([false, 0]);
    holdTime.held('turn');
    time = 150;
    holdTime.held('hidden');
    time = 160;
    expect([holdTime.isHeld, holdTime.sum]).toEqual([true, 60]);
    holdTime.held(undefined);
    time = 500;
    expect([holdTime.isHeld, holdTime.sum]).toEqual([false, 60]);
    holdTime.held('asleep');
    time = 505;
    expect(holdTime.sum).toBe(65);
  });

  it('counts nothing while the clock goes back', () => {
    let time = 100;
    const holdTime = new HoldTime({ now: () => time });
    holdTime.held('turn');
    time = 50;
    expect(holdTime.sum).toBe(0);
  });
});
