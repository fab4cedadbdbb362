import type { Reason } from '../wake.ts';
import { type Entry, type JoinedReasons, noReasons } from './entry.ts';

/** When a key is to run: a time of its sources, and one of its outcomes. `Infinity` stands for none. */
export class EntryTimes<K> {
  readonly entry: Entry<K>;

  /** When a source wants it to run, with what priority and why. No outcome changes that. */
  wakeAt: number = Infinity;
  wakeOrder = 0;
  wakePriority: number = -Infinity;
  wakeReasons: JoinedReasons = noReasons;

  /** When an outcome wants it to run. Each outcome replaces it. */
  timerAt: number = Infinity;
  timerOrder = 0;
  timerPriority = 0;
  timerReason: Reason | undefined;

  /** Its place in the heap of times, or -1. */
  place = -1;
  dueAt: number = Infinity;
  dueOrder = 0;

  constructor(entry: Entry<K>) {
    this.entry = entry;
  }

  /** Whether the time of an outcome comes before that of a source. */
  get isTimerNext(): boolean {
    const { wakeAt, wakeOrder, timerAt, timerOrder } = this;
    return timerAt < wakeAt || (timerAt === wakeAt && timerOrder < wakeOrder);
  }
}
