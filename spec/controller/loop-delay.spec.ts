import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { LoopDelay } from '#src/controller/loop-delay.ts';

/** A loop, and code that blocks it: time passes, and no timer fires. */
function setting() {
  const scheduler = new VirtualTimeScheduler();
  let news = 0;
  let ahead = 0;
  scheduler.now = () => scheduler.frame + ahead;
  const loop = new LoopDelay(scheduler, () => news++);
  return {
    scheduler,
    loop,
    news: () => news,
    block: (milliseconds: number) => void (ahead += milliseconds),
    pass: (milliseconds: number) => {
      scheduler.maxFrames = scheduler.frame + milliseconds;
      scheduler.flush();
      scheduler.frame = scheduler.maxFrames;
    },
  };
}

describe('LoopDelay', () => {
  it('is none while timers come in time', () => {
    const { loop, pass, news } = setting();
    loop.watch();
    pass(600_000);
    expect(loop.longest).toEqual({ length: 0, by: undefined });
    expect(news()).toBe(0);
  });

  it('tells of the longest block for a minute, at once and after', () => {
    const { loop, pass, block, news } = setting();
    loop.watch();
    pass(1500);
    block(12_000);
    expect(loop.longest.length).toBe(11_500);
    pass(1000);
    expect(loop.longest.length).toBe(12_000);
    expect(news()).toBe(1);
    block(3000);
    pass(5000);
    expect(loop.longest.length).toBe(12_000);
    pass(52_000);
    expect(loop.longest.length).toBe(3000);
    pass(10_000);
    expect(loop.longest.length).toBe(0);
  });

  it('names the run that did not return, and returns what it returns', () => {
    const { loop, pass, block } = setting();
    loop.watch();
    pass(300);
    expect(loop.during('default/a', () => (block(12_000), 'done'))).toBe('done');
    expect(loop.longest).toEqual({ length: 12_000, by: 'default/a' });
    pass(2000);
    expect(loop.longest).toEqual({ length: 12_000, by: 'default/a' });
    block(20_000);
    pass(2000);
    expect(loop.longest).toEqual({ length: 20_000, by: undefined });
  });

  it('counts a run that throws, which is the caller’s to handle', () => {
    const { loop, block } = setting();
    const boom = (): never => {
      block(500);
      throw new Error('boom');
    };
    expect(() => loop.during('default/a', boom)).toThrow('boom');
    expect(loop.longest).toEqual({ length: 500, by: 'default/a' });
  });

  it('leaves no timer, and does not count the time in which nobody looks', () => {
    const { loop, pass, block, scheduler } = setting();
    const watched = loop.watch();
    pass(2500);
    watched.unsubscribe();
    expect(scheduler.actions).toEqual([]);
    block(50_000);
    expect(loop.longest.length).toBe(0);
  });
});
