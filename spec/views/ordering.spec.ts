import { describe, expect, it } from 'vitest';
import type { OrderBy, ViewError } from 'kuberx';
import { checkedOrderBy, Ordering } from '#src/views/ordering.ts';
import { type Item, item, namesOf } from './items.ts';

function sorted(orderBy: readonly OrderBy<Item>[], items: readonly Item[], errors: ViewError[] = []): string {
  const ordering = new Ordering(orderBy);
  const rows = items.map((each) => ordering.entry(each, 0, (error) => errors.push(error)));
  return namesOf(rows.sort(ordering.compare).map(({ object }) => object));
}

const rank: OrderBy<Item> = { key: ({ spec }) => spec.rank };
const a = item({ name: 'a', rank: 2 });
const b = item({ name: 'b', rank: 1 });
const none = item({ name: 'none' });
const nan = item({ name: 'nan', rank: Number.NaN });

describe('Ordering', () => {
  it('orders by keys, and ties by namespace, name, uid and part', () => {
    const others = [
      item({ name: 'z', namespace: 'a', rank: 1 }),
      item({ name: 'c', uid: 'u1', rank: 1 }),
      item({ name: 'c', uid: 'u2', rank: 1 }),
    ];
    expect(sorted([rank], [a, ...others.toReversed(), b])).toBe('z b c c a');
    const ordering = new Ordering<Item>([]);
    const [first, second] = [0, 1].map((part) => ordering.entry(a, part, () => undefined));
    expect(ordering.compare(first!, second!)).toBeLessThan(0);
  });

  it('has rows without a key last, in either direction', () => {
    expect(sorted([rank], [none, nan, a, b])).toBe('b a nan none');
    expect(sorted([{ ...rank, desc: true }], [none, nan, a, b])).toBe('a b nan none');
    expect(sorted([{ key: ({ spec }) => spec.rank ?? null }], [none, a])).toBe('a none');
  });

  it('has numbers before texts', () => {
    const key = ({ metadata, spec }: Item): string | number => spec.rank ?? metadata.name;
    expect(sorted([{ key }], [none, a, b])).toBe('b a none');
    expect(sorted([{ key, desc: true }], [none, a, b])).toBe('none a b');
  });

  it('orders by a natural key', () => {
    const items = ['web-10', 'web-9'].map((name) => item({ name }));
    expect(sorted([{ key: ({ metadata }) => metadata.name, natural: true }], items)).toBe('web-9 web-10');
    expect(sorted([{ key: ({ metadata }) => metadata.name }], items)).toBe('web-10 web-9');
  });

  it('tells a key that throws or returns an object, and has that row without a key', () => {
    const errors: ViewError[] = [];
    const key = ({ spec, metadata }: Item): string => {
      if (metadata.name === 'none') throw new Error('of the user');
      return (spec.rank === 1 ? new Date(0) : 'x') as string;
    };
    expect(sorted([{ key }], [none, b, a], errors)).toBe('a b none');
    expect(errors.map(({ reason, message, key: of }) => [reason, of, message])).toEqual([
      ['KeyFunction', 'default/none', expect.stringContaining('orderBy[0].key threw for default/none')],
      ['KeyFunction', 'default/b', expect.stringContaining('returned a value of type object')],
    ]);
    expect(errors[0]!.cause).toEqual(new Error('of the user'));
  });

  it('is the same order for the same functions in the same directions', () => {
    const ordering = new Ordering([rank]);
    expect(ordering.isSame([{ ...rank, desc: false, natural: false }])).toBe(true);
    expect(
      [[], [{ ...rank, desc: true }], [{ ...rank, natural: true }], [rank, rank]].map((of) => ordering.isSame(of)),
    ).toEqual([false, false, false, false]);
    expect(ordering.isSame([{ key: ({ spec }) => spec.rank }])).toBe(false);
  });

  it('returns the index of the first key that differs', () => {
    const ordering = new Ordering<Item>([rank, { key: ({ spec }) => spec.text }]);
    const [one, other, third] = [a, item({ name: 'x', rank: 2, text: 'y' }), b].map((each) =>
      ordering.entry(each, 0, () => undefined),
    );
    expect([
      ordering.differingKey(one!, one!),
      ordering.differingKey(one!, other!),
      ordering.differingKey(one!, third!),
    ]).toEqual([-1, 1, 0]);
  });
});

describe('checkedOrderBy', () => {
  it('refuses what is not an array of keys, and a comparator', () => {
    const wrong: unknown[] = [
      () => 1,
      'name',
      [{}],
      [(x: Item) => x],
      [null],
      [{ key: (x: Item, y: Item) => (x < y ? 1 : 0) }],
    ];
    for (const given of wrong) {
      expect(() => checkedOrderBy(given as readonly OrderBy<Item>[])).toThrow(/orderBy.* it takes keys such as/);
    }
    expect(() => checkedOrderBy(wrong.at(-1) as readonly OrderBy<Item>[])).toThrow('as a comparator does');
  });

  it('returns no keys for none', () => {
    expect(checkedOrderBy(undefined)).toEqual([]);
  });
});
