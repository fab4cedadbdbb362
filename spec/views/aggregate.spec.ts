import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { aggregate, store, type Sums, type ViewError } from 'kuberx';
import { type Item, item } from './items.ts';

const indexers = {
  text: ({ spec }: Item): readonly string[] => [spec.text],
  letters: ({ spec }: Item): readonly string[] => {
    if (spec.text === 'bad') throw new Error('of the index');
    return Array.from(spec.text);
  },
};
const rankOf = ({ spec }: Item): number => spec.rank ?? 0;
const entries = (sums: Sums): unknown =>
  Object.fromEntries(Array.from(sums, ([value, sum]) => [value, [sum, sums.count(value)]]));

function scene() {
  return store<Item, 'text' | 'letters'>({ intern: false, indexers, onIndexError: () => undefined });
}

describe('aggregate', () => {
  it('has the sums that adding all objects anew gives, after each commit of random histories', () => {
    const change = fc.record({
      isDeleted: fc.boolean(),
      name: fc.constantFrom('a', 'b', 'c', 'd', '__proto__'),
      uid: fc.constantFrom('u1', 'u2'),
      text: fc.constantFrom('', 'x', 'xy', 'bad'),
      rank: fc.integer({ min: -5, max: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 30, size: 'max' }),
        fc.constantFrom('text', 'letters'),
        (changes, index) => {
          const source = scene();
          const seen: Sums[] = [];
          aggregate(source, index, rankOf).subscribe((sums) => seen.push(sums));
          const valuesOf = (object: Item): readonly string[] =>
            object.spec.text === 'bad' && index === 'letters' ? [] : indexers[index as 'text'](object);
          for (const [version, { isDeleted, ...init }] of changes.entries()) {
            // As events of a stream, which may fail in an index.
            const object = item({ ...init, version: version + 1 });
            source.next({ type: isDeleted ? 'Deleted' : 'Updated', object, resourceVersion: String(version + 1) });
            const expected: Record<string, [number, number]> = Object.create(null) as never;
            for (const object of source.list()) {
              for (const value of new Set(valuesOf(object))) {
                const [sum, count] = expected[value] ?? [0, 0];
                expected[value] = [sum + rankOf(object), count + 1];
              }
            }
            if (seen.length > 0) expect(entries(seen.at(-1)!)).toEqual({ ...expected });
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('emits complete states, and keeps older sums as they were', () => {
    const source = scene();
    const seen: Sums[] = [];
    aggregate(source, 'text', rankOf).subscribe((sums) => seen.push(sums));
    expect(seen).toEqual([]);
    source.replace([item({ name: 'a', text: 'x', rank: 5 })], '1');
    source.add(item({ name: 'b', text: 'x', rank: 2 }));
    source.next({ type: 'Bookmark', resourceVersion: '9' });
    expect(seen.map(entries)).toEqual([{ x: [5, 1] }, { x: [7, 2] }]);
    expect(seen.map(({ synced }) => synced)).toEqual([true, true]);
  });

  it('adds up the parts of merged sources, also where they have the same keys', () => {
    const [blue, green] = [scene(), scene()];
    blue.replace([item({ name: 'a', text: 'x', rank: 1 })], '1');
    green.replace([item({ name: 'a', text: 'x', rank: 2 })], '1');
    const sums$ = aggregate(
      {
        parts: new Map([
          ['blue', blue],
          ['green', green],
        ]),
      },
      'text',
      rankOf,
    );
    expect(entries(sums$.value)).toEqual({ x: [3, 2] });
    green.delete(item({ name: 'a', version: 2 }));
    expect(entries(sums$.value)).toEqual({ x: [1, 1] });
  });

  it('is right after work in slices that was dropped with its subscriber', () => {
    const scheduler = new VirtualTimeScheduler();
    let looks = 0;
    scheduler.now = () => scheduler.frame + 5 * looks++;
    const source = scene();
    source.replace(
      Array.from({ length: 5000 }, (_, index) => item({ name: `n${index}`, text: 'x', rank: 1 })),
      '1',
    );
    const sums$ = aggregate(source, 'text', rankOf, { scheduler });
    sums$.subscribe().unsubscribe();
    source.delete(item({ name: 'n0', version: 2 }));
    const seen: Sums[] = [];
    sums$.subscribe((each) => seen.push(each));
    expect(seen).toEqual([]);
    scheduler.flush();
    expect(seen.map(entries)).toEqual([{ x: [4999, 4999] }]);
  });

  it('tells a function that fails or is impure once, and subtracts what was added', () => {
    const source = scene();
    source.replace(
      [item({ name: 'a', text: 'x' }), item({ name: 'b', text: 'x' }), item({ name: 'c', text: 'x' })],
      '1',
    );
    let calls = 0;
    const errors: ViewError[] = [];
    const of = ({ metadata }: Item): number => {
      if (metadata.name === 'a') throw new Error('of the user');
      return metadata.name === 'b' ? Number.NaN : ++calls;
    };
    const sums$ = aggregate(source, 'text', of, { onError: (error) => errors.push(error) });
    sums$.subscribe();
    source.delete(item({ name: 'c', version: 2 }));
    expect(entries(sums$.value)).toEqual({ x: [0, 2] });
    expect(errors.map(({ reason, key }) => [reason, key])).toEqual([
      ['SumFunction', 'default/a'],
      ['ImpureSum', 'default/c'],
    ]);
  });

  it('refuses an index that there is not, and a function that is none', () => {
    expect(() => aggregate(scene(), 'node', rankOf)).toThrow(/there is no index node \(there is: text, letters\)/);
    expect(() => aggregate(scene(), 'text', 5 as never)).toThrow('of is of type number; it takes a function');
    expect(() => aggregate({} as never, 'text', rankOf)).toThrow('aggregate reads an informer');
  });

  it('says by `synced` that the sums of many objects are those before, where nobody subscribes', () => {
    const source = scene();
    source.replace(
      Array.from({ length: 3000 }, (_, index) => item({ name: `n${index}`, text: 'x', rank: 1 })),
      '1',
    );
    const scheduler = new VirtualTimeScheduler();
    const sums$ = aggregate(source, 'text', rankOf, { scheduler });
    const subscription = sums$.subscribe();
    scheduler.flush();
    subscription.unsubscribe();
    expect([sums$.value.get('x'), sums$.value.synced]).toEqual([3000, true]);
    source.delete(item({ name: 'n1' }));
    const old = sums$.value;
    expect([old.get('x'), old.synced]).toEqual([3000, false]);
    expect(sums$.value).toBe(old);
    sums$.subscribe();
    scheduler.flush();
    expect([sums$.value.get('x'), sums$.value.synced]).toEqual([2999, true]);
  });
});
