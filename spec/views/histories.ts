import fc from 'fast-check';
import { type Subscription, VirtualAction, VirtualTimeScheduler } from 'rxjs';
import { expect } from 'vitest';
import { type Item, item, type ItemInit } from './items.ts';
import { type OrderBy, type RowChange, type Rows, type Selecting, store, type Store, type View, view } from 'kuberx';

const byRank: OrderBy<Item> = { key: ({ spec }) => spec.rank };
const byRankDown: OrderBy<Item> = { key: byRank.key, desc: true };
const byText: OrderBy<Item> = { key: ({ spec }) => spec.text };
const byTextNaturally: OrderBy<Item> = { key: byText.key, natural: true };
const byMixture: OrderBy<Item> = { key: ({ spec }) => (spec.isOn ? spec.text : spec.rank), desc: true };
const orders: readonly (readonly OrderBy<Item>[])[] = [
  [],
  [byRank],
  [byRankDown],
  [byText, byRankDown],
  [byTextNaturally],
  [byMixture, byRank, byText],
];
const selections: readonly Selecting<Item>[] = [
  {},
  { where: ({ spec }) => spec.isOn },
  { labelSelector: 'on=true' },
  { namespaces: ['a', 'b'] },
  { where: ({ spec }) => spec.text.includes('1'), namespaces: ['b'], labelSelector: 'on!=false' },
  { where: () => false },
];

/** The rules once more, in the plainest way. */
export function model(
  parts: readonly (readonly Item[])[],
  orderBy: readonly OrderBy<Item>[],
  selecting: Selecting<Item>,
): Item[] {
  const { where = () => true, labelSelector, namespaces } = selecting;
  const rows = parts.flatMap((objects, part) => objects.map((object) => ({ object, part })));
  const numberOf = (text: string): string => text.replace(/\d+/g, (digits) => digits.padStart(16, '0'));
  const compare = (a: string | number, b: string | number): number => {
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
    return a < b ? -1 : a > b ? 1 : 0;
  };
  return rows
    .filter(({ object }) => {
      const isOn = object.metadata.labels?.['on'];
      const isLabelled =
        labelSelector === undefined || (labelSelector === 'on=true' ? isOn === 'true' : isOn !== 'false');
      const isInside = namespaces === undefined || namespaces.includes(object.metadata.namespace!);
      return where(object, 0) && isLabelled && isInside;
    })
    .sort((a, b) => {
      for (const { key, desc, natural } of orderBy) {
        let [left, right] = [key(a.object), key(b.object)];
        if (natural === true && typeof left === 'string') left = numberOf(left);
        if (natural === true && typeof right === 'string') right = numberOf(right);
        if (left === right) continue;
        if (left === undefined || left === null) return 1;
        if (right === undefined || right === null) return -1;
        return desc === true ? compare(right, left) : compare(left, right);
      }
      const metadata = [a.object.metadata, b.object.metadata] as const;
      for (const field of ['namespace', 'name', 'uid'] as const) {
        const order = compare(metadata[0][field]!, metadata[1][field]!);
        if (order !== 0) return order;
      }
      return a.part - b.part;
    })
    .map(({ object }) => object);
}

/** As the doc comment of `RowChange` says. */
export function replayed<T>(older: readonly T[], changes: readonly RowChange<T>[]): T[] {
  const rows = [...older];
  const gone = changes.flatMap((change) => ('from' in change ? [change.from] : [])).sort((a, b) => b - a);
  for (const from of gone) rows.splice(from, 1);
  const come = changes.flatMap((change) => ('to' in change ? [change] : [])).sort((a, b) => a.to - b.to);
  for (const { to, object } of come) rows.splice(to, 0, object);
  return rows;
}

const name = fc.integer({ min: 0, max: 150 }).map((index) => (index === 0 ? '__proto__' : `p${index}`));
const init = fc.record({
  namespace: fc.constantFrom('a', 'b', 'c'),
  name,
  uid: fc.constantFrom('u1', 'u1', 'u1', 'u2'),
  rank: fc.constantFrom(undefined, -1, 0, 1, 2, 2, 2, 3.5, Infinity),
  text: fc.constantFrom('', 'x1', 'x9', 'x10', 'x010', 'y', 'x1y2', 'x1y10'),
  isOn: fc.boolean(),
});
type Init = Required<Omit<ItemInit, 'version'>>;

export type Step =
  | { readonly type: 'add' | 'delete'; readonly part: number; readonly inits: readonly Init[] }
  | { readonly type: 'replace'; readonly part: number; readonly inits: readonly Init[] }
  | { readonly type: 'burst'; readonly part: number; readonly inits: readonly Init[]; readonly times: number }
  | { readonly type: 'forget'; readonly part: number }
  | { readonly type: 'watch' | 'leave'; readonly which: number };

const part = fc.integer({ min: 0, max: 1 });
const few = fc.array(init, { minLength: 1, maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('add' as const), part, inits: few }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('delete' as const), part, inits: few }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('replace' as const),
      part,
      inits: fc.array(init, { maxLength: 60, size: 'max' }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('burst' as const),
      part,
      inits: few,
      times: fc.constantFrom(20, 20, 20, 300, 300, 300, 300, 2000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('watch' as const, 'leave' as const),
      which: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('forget' as const), part }) },
);

/** What happens, to one store or to two that are merged, and what is looked at. */
export interface History {
  /** A slow machine ends each slice after two steps, and views are compared when the slices are over. */
  readonly isSlow: boolean;
  readonly parts: 1 | 2;
  readonly specs: readonly (readonly [order: number, selection: number])[];
  readonly steps: readonly Step[];
}

export const history: fc.Arbitrary<History> = fc.record({
  isSlow: fc.boolean(),
  parts: fc.constantFrom(1 as const, 1 as const, 2 as const),
  specs: fc.array(
    fc.tuple(fc.integer({ min: 0, max: orders.length - 1 }), fc.integer({ min: 0, max: selections.length - 1 })),
    { minLength: 1, maxLength: 3 },
  ),
  steps: fc.array(step, { minLength: 3, maxLength: 30, size: 'max' }),
});

interface Watched {
  readonly view: View<Item>;
  readonly orderBy: readonly OrderBy<Item>[];
  readonly selecting: Selecting<Item>;
  readonly seen: { readonly rows: Rows<Item>; readonly items: readonly Item[] }[];
  subscription: Subscription | undefined;
  /** Whether this subscription got rows. */
  hasShown: boolean;
}

/** Each look at the clock takes 5 ms. */
class SlowScheduler extends VirtualTimeScheduler {
  looks = 0;

  constructor() {
    super(VirtualAction, Infinity);
  }

  override now: () => number = () => this.frame + 5 * this.looks++;
}

/** Runs a history and compares every view with the model after each step. */
export function checkHistory({ isSlow, parts, specs, steps }: History): void {
  const scheduler = isSlow ? new SlowScheduler() : new VirtualTimeScheduler();
  const stores = Array.from({ length: parts }, () => store<Item>({ intern: false }));
  const source = stores.length === 1 ? stores[0]! : merged(stores);
  const watched = specs.map(([order, selection]): Watched => {
    const orderBy = orders[order]!;
    const selecting = selections[selection]!;
    // By `refilter` as well, which shares the order.
    const plain = view(source, { orderBy, scheduler, onError: refuse });
    return { view: plain.refilter(selecting), orderBy, selecting, seen: [], subscription: undefined, hasShown: false };
  });
  for (const each of watched) watch(each);

  let version = 0;
  for (const [at, each] of steps.entries()) {
    take(each);
    if (isSlow && at % 3 > 0) continue;
    scheduler.flush();
    const lists = stores.map((of) => of.list());
    for (const { view: of, orderBy, selecting, seen, subscription, hasShown } of watched) {
      // Nobody has it followed, and it is too large to follow when it is read.
      if (subscription === undefined && lists.flat().length > 2000) continue;
      const expected = model(lists, orderBy, selecting);
      const rows = of.rows$.value;
      if (subscription !== undefined && hasShown) expect(seen.at(-1)!.rows).toBe(rows);
      expectSame([...rows], expected);
      expect([rows.length, rows.total]).toEqual([expected.length, lists.flat().length]);
      expectSame(rows.slice(1, 4), expected.slice(1, 4));
      expect(rows.at(0)).toBe(expected[0]);
      if (expected.length > 0 && parts === 1) {
        const index = version % expected.length;
        const { namespace, name: named } = expected[index]!.metadata;
        expect(rows.indexOf(`${namespace}/${named}`)).toBe(index);
      }
      expect(rows.indexOf('a/none')).toBe(-1);
      for (const older of seen) {
        expectSame([...older.rows], older.items);
        expectSame(replayed(older.items, rows.changesSince(older.rows)), expected);
      }
    }
  }

  function take(next: Step): void {
    switch (next.type) {
      case 'watch':
      case 'leave': {
        const each = watched[next.which % watched.length]!;
        each.subscription?.unsubscribe();
        each.subscription = undefined;
        if (next.type === 'watch') watch(each);
        return;
      }
      case 'forget':
        stores[next.part % parts]!.forget();
        return;
      case 'replace':
        stores[next.part % parts]!.replace(
          next.inits.map((one) => item({ ...one, version: ++version })),
          String(++version),
        );
        return;
      case 'burst': {
        const inits = Array.from({ length: next.times }, (_, index) => {
          const one = next.inits[index % next.inits.length]!;
          return { ...one, name: `${one.name}${index % (next.times >> 1)}` };
        });
        stores[next.part % parts]!.transaction(
          inits.map((one) => ({ type: 'Updated', object: item({ ...one, version: ++version }) })),
        );
        return;
      }
      case 'add':
      case 'delete':
        for (const one of next.inits) {
          const of = stores[next.part % parts]!;
          const object = item({ ...one, version: ++version });
          if (next.type === 'add') of.add(object);
          else of.delete(object);
        }
    }
  }
}

function watch(each: Watched): void {
  each.hasShown = false;
  each.subscription = each.view.rows$.subscribe((rows) => {
    each.hasShown = true;
    each.seen.push({ rows, items: [...rows] });
    if (each.seen.length > 6) each.seen.splice(1, 1);
  });
}

function merged(stores: readonly Store<Item>[]): { parts: ReadonlyMap<string, Store<Item>> } {
  return { parts: new Map(stores.map((each, index) => [`part${index}`, each])) };
}

/** By identity. */
function expectSame(actual: readonly Item[], expected: readonly Item[]): void {
  const differing = actual.findIndex((each, index) => each !== expected[index]);
  if (differing >= 0 || actual.length !== expected.length) {
    expect(actual.map(({ metadata }) => metadata)).toEqual(expected.map(({ metadata }) => metadata));
    expect(differing).toBe(-1);
  }
}

function refuse(error: Error): never {
  throw error;
}
