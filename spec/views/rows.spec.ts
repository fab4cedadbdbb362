import { describe, expect, it } from 'vitest';
import { type Rows, store, view } from 'kuberx';
import { type Item, item, namesOf } from './items.ts';

function scene() {
  const source = store<Item>();
  source.replace(
    ['c', 'a', 'b'].map((name) => item({ name, isOn: name !== 'b' })),
    '1',
  );
  const of = view(source, { where: ({ spec }) => spec.isOn });
  return { source, rows$: of.rows$ };
}

describe('Rows', () => {
  it('are read by index, by slice and one after the other', () => {
    const rows = scene().rows$.value;
    expect([rows.length, rows.total, rows.synced]).toEqual([2, 3, true]);
    expect([namesOf(rows), namesOf(rows.slice(1, 9)), rows.at(0)!.metadata.name, rows.at(2)]).toEqual([
      'a c',
      'c',
      'a',
      undefined,
    ]);
  });

  it('are the very objects of the snapshot', () => {
    const { source, rows$ } = scene();
    expect([...rows$.value].every((row) => row === source.get(row))).toBe(true);
  });

  it('know the index of a key, and of none that is not among them', () => {
    const rows = scene().rows$.value;
    expect(['default/a', 'default/c', 'default/b', 'default/x', ''].map((key) => rows.indexOf(key))).toEqual([
      0, 1, -1, -1, -1,
    ]);
  });

  it('know the part of merged informers that a row is from', () => {
    const [blue, green] = [store<Item>(), store<Item>()];
    blue.replace([item({ name: 'a' }), item({ name: 'b' })], '1');
    green.replace([item({ name: 'a', uid: 'of green' })], '1');
    const rows = view({
      parts: new Map([
        ['blue', blue],
        ['green', green],
      ]),
    }).rows$.value;
    expect([0, 1, 2, 3].map((index) => rows.partAt(index))).toEqual(['green', 'blue', 'blue', undefined]);
    expect([rows.indexOf('default/a'), rows.indexOf('default/a', 'green'), rows.indexOf('default/b', 'green')]).toEqual(
      [1, 0, -1],
    );
    expect(scene().rows$.value.partAt(0)).toBe('');
  });

  it('never change, and cannot be changed', () => {
    const { source, rows$ } = scene();
    const before = rows$.value;
    source.delete(item({ name: 'a' }));
    expect([namesOf(before), namesOf(rows$.value)]).toEqual(['a c', 'c']);
    expect(() => Object.assign(before, { length: 5 })).toThrow(TypeError);
  });

  it('count their revisions', () => {
    const { source, rows$ } = scene();
    const seen: number[] = [];
    rows$.subscribe(({ revision }) => seen.push(revision));
    source.add(item({ name: 'd' }));
    source.add(item({ name: 'd', version: 2 }));
    expect(seen).toEqual([1, 2, 3]);
  });

  it('have changes since any rows of a view, also of another order', () => {
    const { source, rows$ } = scene();
    const other = view(source, { orderBy: [{ key: ({ metadata }) => metadata.name, desc: true }] });
    expect(rows$.value.changesSince(other.rows$.value).map(({ type }) => type)).toEqual(['moved', 'removed', 'moved']);
    expect(() => rows$.value.changesSince([] as unknown as Rows<Item>)).toThrow('rows that a view has given');
  });
});
