import { TestScheduler } from 'rxjs/testing';
import { expect } from 'vitest';

/** Runs a program in virtual time: its scheduler, and a way to go on to a time. */
export function inVirtualTime(program: (scheduler: TestScheduler, until: (frame: number) => void) => void): void {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  program(scheduler, (frame) => {
    scheduler.maxFrames = frame;
    scheduler.flush();
    scheduler.frame = frame;
  });
}
