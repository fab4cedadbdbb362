import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Selecting, store, view, type ViewError } from 'kuberx';
import { type Item, item, namesOf } from './items.ts';

function scene(selecting: Selecting<Item>, objects: readonly Item[]) {
  const scheduler = new VirtualTimeScheduler();
  const source = store<Item>({ intern: false });
  source.replace(objects, '1');
  const errors: ViewError[] = [];
  const of = view(source, { ...selecting, scheduler, onError: (error) => errors.push(error) });
  const seen: string[] = [];
  const subscription = of.rows$.subscribe((rows) => seen.push(`${scheduler.frame}: ${namesOf(rows)}`));
  const flush = (until: number): void => {
    scheduler.maxFrames = until;
    scheduler.flush();
    scheduler.frame = until;
  };
  return { scheduler, source, view: of, seen, errors, subscription, flush };
}

/** Selects an item until the time that its rank says. */
const young: Selecting<Item> = {
  where: ({ spec }, now) => now < (spec.rank ?? Infinity),
  until: ({ spec }) => spec.rank,
};

describe('a selection that depends on the time', () => {
  it('changes at its deadlines, without an event', () => {
    const objects = ['a', 'b', 'c', 'd'].map((name, index) => item({ name, rank: [100, 50, undefined, 100][index] }));
    const { seen, flush } = scene(young, objects);
    flush(1000);
    expect(seen).toEqual(['0: a b c d', '50: a c d', '100: c']);
  });

  it('takes the deadline of the newest object of a row', () => {
    const { source, seen, flush } = scene(young, [item({ name: 'a', rank: 100 }), item({ name: 'b', rank: 100 })]);
    source.add(item({ name: 'a', rank: 200, version: 2 }));
    source.delete(item({ name: 'b' }));
    flush(1000);
    expect(seen).toEqual(['0: a b', '0: a b', '0: a', '200: ']);
  });

  it('has rows that come by the time alone', () => {
    const late: Selecting<Item> = {
      where: ({ spec }, now) => now >= (spec.rank ?? 0),
      until: ({ spec }) => spec.rank,
    };
    const { seen, flush } = scene(late, [item({ name: 'a', rank: 10 }), item({ name: 'b', rank: 0 })]);
    flush(1000);
    expect(seen).toEqual(['0: b', '10: a b']);
  });

  it('leaves no timer without a subscriber, and looks again with the next one', () => {
    const { scheduler, view: of, subscription, flush } = scene(young, [item({ name: 'a', rank: 10 })]);
    subscription.unsubscribe();
    expect(scheduler.actions).toEqual([]);
    flush(20);
    expect(namesOf(of.rows$.value)).toBe('');
  });
});

describe('a selection that is not pure', () => {
  const objects = Array.from({ length: 20 }, (_, index) => item({ name: `n${index + 10}`, rank: index }));

  it('is found when an object changes, told once, and made anew at most once a second', () => {
    let least = 18;
    const where = ({ spec }: Item): boolean => (spec.rank ?? 0) >= least;
    const { source, seen, errors, flush } = scene({ where }, objects);
    flush(5000);
    least = 19;
    source.add(item({ name: 'n28', rank: 18, version: 2 }));
    expect(errors.map(({ reason, key }) => [reason, key])).toEqual([['ImpureWhere', 'default/n28']]);
    least = 17;
    flush(5001);
    source.add(item({ name: 'n10', rank: 30, version: 2 }));
    least = 19;
    source.add(item({ name: 'n27', rank: 17, version: 3 }));
    flush(8000);
    expect(seen.slice(-2)).toEqual(['5001: n10 n28 n29', '6000: n10 n29']);
    expect(errors).toHaveLength(1);
  });

  it('is found by a sample where nothing concerned changes', () => {
    let least = 18;
    const where = ({ spec }: Item): boolean => (spec.rank ?? 0) >= least;
    const { source, errors, seen, flush } = scene({ where }, objects);
    least = 5;
    for (let version = 2; version < 200; version++) source.add(item({ name: 'other', version }));
    flush(2000);
    expect(errors).toHaveLength(1);
    expect(seen.at(-1)).toContain('n15 n16 n17 n18');
  });
});

describe('a selection of many rows', () => {
  it('is made in slices, and rows that change meanwhile are right after it', () => {
    const scheduler = new VirtualTimeScheduler();
    let looks = 0;
    scheduler.now = () => scheduler.frame + 5 * looks++;
    const source = store<Item>({ intern: false });
    source.replace(
      Array.from({ length: 5000 }, (_, index) => item({ name: `n${index}`, rank: index })),
      '1',
    );
    const of = view(source, { scheduler, where: ({ spec }) => (spec.rank ?? 0) % 1000 === 0 });
    const seen: string[] = [];
    const subscription = of.rows$.subscribe((rows) => seen.push(namesOf(rows)));
    expect(seen).toEqual([]);
    source.add(item({ name: 'n1000', rank: 1, version: 2 }));
    scheduler.flush();
    source.add(item({ name: 'n3000', rank: 1, version: 2 }));
    expect(seen.at(-1)).toBe('n0 n2000 n4000');
    subscription.unsubscribe();
    expect(scheduler.actions).toEqual([]);
  });

  it('is dropped with its subscriber, and made for the next one', () => {
    const scheduler = new VirtualTimeScheduler();
    let looks = 0;
    scheduler.now = () => scheduler.frame + 5 * looks++;
    const source = store<Item>({ intern: false });
    source.replace(
      Array.from({ length: 5000 }, (_, index) => item({ name: `n${index}`, rank: index })),
      '1',
    );
    const of = view(source, { scheduler, where: ({ spec }) => (spec.rank ?? 0) < 5 });
    const other = view(source, { scheduler });
    other.rows$.subscribe();
    scheduler.flush();
    of.rows$.subscribe().unsubscribe();
    source.add(item({ name: 'n4', rank: 9, version: 2 }));
    const seen: string[] = [];
    of.rows$.subscribe((rows) => seen.push(namesOf(rows)));
    scheduler.flush();
    expect(seen).toEqual(['n0 n1 n2 n3']);
  });
});
