import { asyncScheduler, firstValueFrom, type SchedulerLike } from 'rxjs';
import { type OrderBy, store, view } from 'kuberx';
import { median, processorTime } from '../store/measure.ts';
import type { Section } from '../store/section.ts';
import { type BenchRow, compareNames, sceneOf } from './bench-row.ts';

/** Turns of the scheduler, and how much CPU time each one takes: by the clock it would be that of other processes as well. */
class MeteredScheduler implements SchedulerLike {
  longest = 0;
  /** CPU milliseconds in all turns. */
  busy = 0;

  now(): number {
    return asyncScheduler.now();
  }

  readonly schedule: SchedulerLike['schedule'] = (work, delay, state) => {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the action is `this` of the work
    const meter = this;
    return asyncScheduler.schedule(
      function (given) {
        meter.run(() => (work as (this: unknown, state: unknown) => void).call(this, given));
      },
      delay,
      state,
    );
  };

  run(turn: () => void): void {
    const start = processorTime();
    turn();
    const taken = processorTime() - start;
    this.longest = Math.max(this.longest, taken);
    this.busy += taken;
  }
}

type Key = OrderBy<BenchRow>['key'];

/** What is done at the least: the keys, once, and an index that is sorted by them. */
function leastOf(rows: readonly BenchRow[], key: Key): number {
  const start = processorTime();
  const keys = rows.map(key);
  Array.from(rows.keys()).sort((a, b) => {
    const [left, right] = [keys[a]!, keys[b]!];
    return left < right ? -1 : left > right ? 1 : compareNames(rows[a]!, rows[b]!);
  });
  return processorTime() - start;
}

/** What a change of the sort costs. */
export async function sortChange(count: number, rounds = 9): Promise<Section> {
  const { rows } = sceneOf(count, 0);
  const source = store<BenchRow>({ intern: false });
  source.replace(rows, '1');
  const keys: readonly (readonly [string, Key])[] = [
    ['restarts', ({ status }) => status.restarts],
    ['node', ({ spec }) => spec.nodeName],
    ['name', ({ metadata }) => metadata.name],
  ];
  const result: (string | number)[][] = [];
  const verdicts: string[] = [];
  for (const [name, key] of keys) {
    const least: number[] = [];
    const own: number[] = [];
    const longest: number[] = [];
    for (let round = -3; round < rounds; round++) {
      const minimum = leastOf(source.list(), key);
      const meter = new MeteredScheduler();
      // Another function each time, so that it is another order.
      const { rows$ } = view(source, { orderBy: [{ key: (row) => key(row) }], scheduler: meter });
      let first: Promise<unknown> = Promise.resolve();
      meter.run(() => {
        first = firstValueFrom(rows$);
      });
      await first;
      if (round < 0) continue;
      least.push(minimum);
      own.push(meter.busy);
      longest.push(meter.longest);
    }
    const ratio = median(own) / median(least);
    const slice = median(longest);
    result.push([name, median(least).toFixed(1), median(own).toFixed(1), ratio.toFixed(2), slice.toFixed(1)]);
    verdicts.push(
      `sort by ${name} over the least: ${ratio.toFixed(2)}x, at most 1.1x: ${ratio <= 1.1 ? 'ok' : 'MISSED'}`,
    );
    verdicts.push(`longest slice: ${slice.toFixed(1)} ms, at most 16 ms: ${slice <= 16 ? 'ok' : 'MISSED'}`);
  }
  return {
    title: `another sort of ${count} rows: median CPU in ms`,
    columns: ['by', 'keys and a sorted index', 'view', 'ratio', 'longest slice'],
    rows: result,
    verdicts,
  };
}
