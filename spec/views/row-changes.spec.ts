import { describe, expect, it } from 'vitest';
import { Ordering } from '#src/views/ordering.ts';
import { changesBetween } from '#src/views/row-changes.ts';
import { SortedList } from '#src/views/sorted-list.ts';
import { replayed } from './histories.ts';
import { type Item, item } from './items.ts';

const ordering = new Ordering<Item>([{ key: ({ spec }) => spec.rank }]);
const row = (name: string, rank: number, uid?: string) =>
  ordering.entry(item({ name, rank, ...(uid === undefined ? {} : { uid }) }), 0, () => undefined);
const listOf = (...rows: readonly ReturnType<typeof row>[]) =>
  SortedList.of(ordering.compare, rows.toSorted(ordering.compare));

describe('changesBetween', () => {
  it('names what was removed, inserted, updated in its place, and moved', () => {
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name, rank) => row(name, rank)) as [Row, Row, Row, Row, Row];
    const older = listOf(a, b, c, d, e);
    const newer = listOf(row('a', 9), b, row('c', 2.5), row('x', 3.5), e);
    const changes = changesBetween(older, newer);
    expect(changes.map((change) => ({ ...change, object: change.object.metadata.name, oldObject: undefined }))).toEqual(
      [
        { type: 'moved', from: 0, to: 4, object: 'a' },
        { type: 'updated', from: 2, to: 1, object: 'c' },
        { type: 'removed', from: 3, object: 'd' },
        { type: 'inserted', to: 2, object: 'x' },
      ],
    );
    const objects = (list: SortedList<Row>): Item[] => Array.from(list, ({ object }) => object);
    expect(replayed(objects(older), changes)).toEqual(objects(newer));
  });

  it('is nothing between a list and itself', () => {
    const list = listOf(row('a', 1));
    expect(changesBetween(list, list)).toEqual([]);
  });

  it('takes a new uid under one name for another row', () => {
    const changes = changesBetween(listOf(row('a', 1, 'u1')), listOf(row('a', 1, 'u2')));
    expect(changes.map(({ type }) => type)).toEqual(['removed', 'inserted']);
  });

  it('looks at chunks that changed alone', () => {
    const rows = Array.from({ length: 5120 }, (_, index) => row(`n${index}`, index));
    const older = listOf(...rows);
    const newer = older.with(row('x', 2000.5));
    let looks = 0;
    const watched = older.chunks.map(
      (chunk) =>
        new Proxy(chunk, { get: (target, name, self) => (looks++, Reflect.get(target, name, self) as unknown) }),
    );
    const changes = changesBetween(
      SortedList.ofChunks(ordering.compare, watched),
      SortedList.ofChunks(
        ordering.compare,
        newer.chunks.map((chunk) => watched[older.chunks.indexOf(chunk)] ?? chunk),
      ),
    );
    expect(changes.map(({ type }) => type)).toEqual(['inserted']);
    expect(looks).toBeLessThan(5000);
  });
});

type Row = ReturnType<typeof row>;
