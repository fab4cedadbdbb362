import { describe, expect, it } from 'vitest';
import { Deadlines } from '#src/views/deadlines.ts';
import { Ordering } from '#src/views/ordering.ts';
import { type Item, item } from './items.ts';

const ordering = new Ordering<Item>([]);
const [a, b, c] = ['a', 'b', 'c'].map((name) => ordering.entry(item({ name }), 0, () => undefined));

describe('Deadlines', () => {
  it('takes the rows whose time has come, the earliest first', () => {
    const deadlines = new Deadlines(ordering.compare);
    deadlines.set(b!, 20);
    deadlines.set(a!, 20);
    deadlines.set(c!, 10);
    expect([deadlines.next, deadlines.take(9)]).toEqual([10, []]);
    expect(deadlines.take(20)).toEqual([c, a, b]);
    expect([deadlines.next, deadlines.take(100)]).toEqual([Infinity, []]);
  });

  it('forgets rows, one or all', () => {
    const deadlines = new Deadlines(ordering.compare);
    for (const row of [a!, b!, c!]) deadlines.set(row, 5);
    deadlines.delete(b!);
    deadlines.delete(b!);
    expect(deadlines.take(5)).toEqual([a, c]);
    deadlines.set(a!, 5);
    deadlines.clear();
    expect(deadlines.next).toBe(Infinity);
  });

  it('has no time for a row that never changes', () => {
    const deadlines = new Deadlines(ordering.compare);
    deadlines.set(a!, Infinity);
    expect(deadlines.take(Infinity)).toEqual([]);
  });
});
