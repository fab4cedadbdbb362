import { firstValueFrom } from 'rxjs';
import { store, view } from 'kuberx';
import { median, processorTime } from '../store/measure.ts';
import type { Section } from '../store/section.ts';
import { type BenchRow, byRestarts, isRunning, sceneOf } from './bench-row.ts';

/** Which share of the main thread a steady stream of changes takes: the store's commits, the view, and 50 rows 60 times a second. */
export async function steady(count: number, perSecond: number): Promise<Section> {
  const seconds = 10;
  const events = perSecond * seconds;
  const { rows, changes } = sceneOf(count, 2 * events);
  const source = store<BenchRow>();
  source.replace(rows, '1');
  const { rows$ } = view(source, { where: isRunning, orderBy: byRestarts });
  let shown = await firstValueFrom(rows$);
  rows$.subscribe((next) => (shown = next));
  const apply = (from: number): number => {
    const start = processorTime();
    let read = 0;
    for (let index = from; index < from + perSecond; index++) {
      source.add(changes[index]!);
      if (index % Math.floor(perSecond / 60) === 0) read += shown.slice(0, 50).length;
    }
    if (read === 0) throw new Error('nothing is shown');
    return (processorTime() - start) / 10;
  };
  for (let second = 0; second < seconds; second++) apply(second * perSecond);
  const shares = Array.from({ length: seconds }, (_, second) => apply(events + second * perSecond));
  const share = median(shares);
  return {
    title: `${count} rows, ${perSecond} events a second: share of the main thread`,
    columns: ['store and view', 'share'],
    rows: [['interned, frozen, committed, ordered, 50 rows read 60 times a second', `${share.toFixed(1)}%`]],
    verdicts: [`share: ${share.toFixed(1)}%, at most 10%: ${share <= 10 ? 'ok' : 'MISSED'}`],
  };
}
