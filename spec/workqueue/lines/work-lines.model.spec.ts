import { describe, expect, it } from 'vitest';
import type { Entry } from '#src/workqueue/lines/entry.ts';
import { type Ending, WorkLines } from '#src/workqueue/lines/work-lines.ts';
import { ReferenceQueue } from './reference-queue.ts';

const operations = Number(process.env['OPERATIONS'] ?? 50_000);
const seed = Number(process.env['SEED'] ?? 20261201);

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function chanceOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('WorkLines', () => {
  it.each([
    ['in one group', undefined],
    ['in groups that take turns', (key: string) => key[0]!],
  ])(`picks what the reference picks, ${operations} operations of seed ${seed}, %s`, (_, group) => {
    const random = chanceOf(seed);
    const upTo = (count: number): number => Math.floor(random() * count);
    const oneOf = <T>(values: readonly T[]): T => values[upTo(values.length)]!;
    const lowEvery = 2 + upTo(8);
    const lines = new WorkLines<string>({ lowEvery, group });
    const reference = new ReferenceQueue(lowEvery, group ?? (() => ''));
    const held = new Map<string, Entry<string>>();
    const running = new Map<string, Entry<string>>();
    let now = 0;

    const end = (key: string): void => {
      const entry = running.get(key)!;
      running.delete(key);
      const firstDelay = 5;
      if (random() < 0.5) {
        const delay = oneOf([Infinity, Infinity, 0, 3, 50]);
        lines.end(entry, { type: 'succeeded', delay, priority: 0 }, now);
        reference.end(key, delay, firstDelay, now);
        return;
      }
      const delayAfter = (failures: number): number => (failures > 5 ? Infinity : 5 * 2 ** failures);
      const ending: Ending = { type: 'failed', error: 'boom', delayAfter, firstDelay };
      lines.end(entry, ending, now);
      reference.end(key, delayAfter, firstDelay, now);
    };

    for (let step = 0; step < operations; step++) {
      const dice = random();
      if (dice < 0.35) {
        const key = `${oneOf(['a', 'b', 'c'])}${upTo(12)}`;
        const priority = oneOf([0, 0, 0, -100, -100, 7, -3]);
        const after = oneOf([0, 0, 0, 1, 20, 300, Infinity]);
        lines.wake({ key, priority, after, reason: { source: 'spec', type: 'custom' } }, now);
        reference.wake(key, priority, after, now);
      } else if (dice < 0.6) {
        const entry = lines.take();
        const picked = reference.take();
        if (entry?.key !== picked) expect(entry?.key).toBe(picked);
        if (entry) held.set(entry.key, entry);
      } else if (dice < 0.75 && held.size > 0) {
        const [key, entry] = oneOf([...held]);
        held.delete(key);
        if (random() < 0.2) {
          lines.release(entry);
          reference.release(key);
        } else {
          const { attempt, listed, more } = lines.begin(entry);
          expect({ attempt, reasons: Math.min(8, listed.length) + more }).toEqual(reference.begin(key));
          if (running.has(key)) expect(key).toBe('not running');
          running.set(key, entry);
        }
      } else if (dice < 0.92 && running.size > 0) {
        end(oneOf([...running.keys()]));
      } else {
        now += upTo(30);
        lines.promote(now);
        reference.promote(now);
      }
      if (step % 199 === 0) agree(lines, reference);
    }
    agree(lines, reference);
  });
});

/** Everything that can be asked of the two is equal. */
function agree(lines: WorkLines<string>, reference: ReferenceQueue): void {
  const known = [...reference.keys].sort(([a], [b]) => (a < b ? -1 : 1));
  expect(lines.size).toBe(known.length);
  for (const [key, { state, priority, failures, pending, wake, timer }] of known) {
    const entry = lines.get(key)!;
    expect({
      state: entry.phase === 'waiting' || entry.phase === 'stopped' ? 'none' : entry.phase,
      failures: entry.failures,
      pending: entry.isPending,
      wake: entry.wakeAt,
      timer: entry.timerAt,
    }).toEqual({ state, failures, pending, wake: wake?.at ?? Infinity, timer: timer?.at ?? Infinity });
    if (state !== 'none' && (state !== 'running' || pending)) expect(entry.priority).toBe(priority);
  }
  const states = known.map(([, { state }]) => state);
  expect(lines.count('ready')).toBe(states.filter((state) => state === 'ready').length);
  expect(lines.failing).toBe(known.filter(([, { failures, gaveUp }]) => failures > 0 || gaveUp).length);
}
