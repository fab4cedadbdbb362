import { median, processorTime } from '../store/measure.ts';
import type { Section } from '../store/section.ts';
import { sceneOf } from './bench-row.ts';
import { ways } from './ways.ts';

/** CPU microseconds of one change with the reading of 50 rows, by way and number of rows; the median of 5 parts of the changes. */
async function measured(counts: readonly number[]): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const results = new Map(ways.map(({ name }) => [name, new Map<number, number>()]));
  for (const count of counts) {
    for (const way of ways) {
      if (count > way.most) continue;
      const changes = way.changes(count);
      // As many again to warm up.
      const scene = sceneOf(count, 2 * changes);
      const apply = await way.start(scene);
      for (let index = 0; index < changes; index++) apply(scene.changes[index]!, index);
      const part = Math.max(1, Math.floor(changes / 5));
      const samples: number[] = [];
      for (let index = changes; index + part <= 2 * changes; index += part) {
        const start = processorTime();
        for (let at = index; at < index + part; at++) apply(scene.changes[at]!, at);
        samples.push(((processorTime() - start) * 1000) / part);
      }
      results.get(way.name)!.set(count, median(samples));
    }
  }
  return results;
}

/** What one change costs each way. */
export async function oneChange(counts: readonly number[]): Promise<Section> {
  const results = await measured(counts);
  const at = (name: string, count: number): number => results.get(name)?.get(count) ?? Number.NaN;
  const [own, , , tanStack] = ways.map(({ name }) => name) as [string, string, string, string];
  const inWords = (microseconds: number): string =>
    Number.isNaN(microseconds)
      ? 'not run'
      : microseconds < 1000
        ? `${microseconds.toFixed(1)} µs`
        : `${(microseconds / 1000).toFixed(1)} ms`;
  const bound = (what: string, value: number, most: number, unit: string): string =>
    `${what}: ${value.toFixed(1)}${unit}, at most ${most}${unit}: ${value <= most ? 'ok' : 'MISSED'}`;
  const ratio = at(tanStack, 50_000) / at(own, 50_000);
  return {
    title: 'CPU of one change to a sorted and filtered list, with the reading of 50 rows: median',
    columns: ['way', ...counts.map((count) => `${count} rows`)],
    rows: ways.map(({ name }) => [name, ...counts.map((count) => inWords(at(name, count)))]),
    verdicts: [
      bound('view at 50000 rows', at(own, 50_000), 30, ' µs'),
      bound('view at 50000 rows over 10000', at(own, 50_000) / at(own, 10_000), 4, 'x'),
      `TanStack DB over the view at 50000 rows: ${ratio.toFixed(0)}x, at least 1000x: ${ratio >= 1000 ? 'ok' : 'MISSED'}`,
    ],
  };
}
