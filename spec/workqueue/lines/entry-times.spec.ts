import { expect, it } from 'vitest';
import { EntryTimes } from '#src/workqueue/lines/entry-times.ts';
import { Entry } from '#src/workqueue/lines/entry.ts';

it.each([
  [{ wakeAt: 1, timerAt: 2 }, false],
  [{ wakeAt: 2, timerAt: 1 }, true],
  [{ wakeAt: 1, timerAt: 1, wakeOrder: 5, timerOrder: 6 }, false],
  [{ wakeAt: 1, timerAt: 1, wakeOrder: 6, timerOrder: 5 }, true],
  [{}, false],
])('EntryTimes of %j has the time of an outcome next: %s', (given, isTimerNext) => {
  expect(Object.assign(new EntryTimes(new Entry('a')), given).isTimerNext).toBe(isTimerNext);
});
