import { VirtualAction, VirtualTimeScheduler } from 'rxjs';
import { expect, it } from 'vitest';
import { runAfter } from '#src/streams/time/run-after.ts';

it('leaves nothing behind in a subscription that lives on', () => {
  const scheduler = new VirtualTimeScheduler(VirtualAction);
  const closed: boolean[] = [];
  const timer = runAfter(5, scheduler, () => closed.push(timer.closed));
  scheduler.flush();
  expect(closed).toEqual([true]);
});
