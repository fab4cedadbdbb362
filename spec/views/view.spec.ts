import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { KubernetesObject, OrderBy, Rows, View, ViewOptions } from 'kuberx';
import { mergeInformers, SelectorError, sharedInformer, store, view } from 'kuberx';
import { fakeListerWatcher } from 'kuberx/testing';
import { play } from '../informer/scene.ts';
import { type Item, item, namesOf } from './items.ts';

const byVersion: OrderBy<KubernetesObject> = { key: ({ metadata }) => Number(metadata.resourceVersion), desc: true };
const inWords = (rows: Rows<KubernetesObject>): string => `${namesOf(rows)} of ${rows.total}`;

describe('view', () => {
  it('shows an informer in its order from the first complete state on, and holds it while somebody subscribes', () => {
    const lines = play(['--oabm---B---c', '-ok'], ({ informer, note, at }) => {
      const { rows$ } = view(informer, { orderBy: [byVersion], where: ({ metadata }) => metadata.name !== 'c' });
      note(`${inWords(rows$.value)} ${rows$.value.synced}`);
      const subscription = rows$.subscribe((rows) => note(inWords(rows)));
      at(20, () => {
        subscription.unsubscribe();
        note(`${informer.status$.value.phase}: ${inWords(rows$.value)}`);
      });
      at(21_000, () => rows$.subscribe((rows) => note(inWords(rows))).unsubscribe());
    });
    expect(lines).toEqual([
      '0:  of 0 false',
      '5: a b of 2',
      '9: b a of 2',
      '13: b a of 3',
      '20: stopped: b a of 3',
      '21000: b a of 3',
    ]);
  });

  it('emits the rows of a relist as one difference', () => {
    const lines = play(['oabm---x', '-onm'], ({ informer, note, at }) => {
      const subscription = view(informer).rows$.subscribe((rows) => note(inWords(rows)));
      at(8000, () => subscription.unsubscribe());
    });
    expect(lines).toEqual(['3: a b of 2', expect.stringMatching(/:  of 0$/)]);
  });

  it('completes with the informer, and later subscribers get the last rows', () => {
    const controller = new AbortController();
    const lines = play(
      ['oabm'],
      ({ informer, note, at }) => {
        const { rows$ } = view(informer);
        const observer = {
          next: (rows: Rows<KubernetesObject>) => note(inWords(rows)),
          complete: () => note('complete'),
        };
        rows$.subscribe(observer);
        at(5, () => controller.abort());
        at(9, () => rows$.subscribe(observer));
      },
      { signal: controller.signal },
    );
    expect(lines).toEqual(['3: a b of 2', '5: complete', '9: a b of 2', '9: complete']);
  });

  it('shows the parts of merged informers that are complete', () => {
    const [blue, green] = [store<Item>(), store<Item>()];
    const seen: string[] = [];
    view({
      parts: new Map([
        ['blue', blue],
        ['green', green],
      ]),
    }).rows$.subscribe((rows) => seen.push(`${inWords(rows)} ${rows.synced}`));
    blue.replace([item({ name: 'b' })], '1');
    green.replace([item({ name: 'a' })], '1');
    blue.delete(item({ name: 'b' }));
    expect(seen).toEqual(['b of 1 false', 'a b of 2 true', 'a of 1 true']);
  });

  it('takes informers, merged informers and stores by their types', () => {
    const informer = sharedInformer(fakeListerWatcher<Item>([]));
    expectTypeOf(view(informer)).toEqualTypeOf<View<Item>>();
    expectTypeOf(view(mergeInformers({ blue: informer, green: informer }))).toEqualTypeOf<View<Item>>();
    expectTypeOf(view(store<Item>(), { where: ({ spec }) => spec.isOn })).toEqualTypeOf<View<Item>>();
  });

  it('refilters without sorting anew', () => {
    const source = store<Item>();
    source.replace(
      Array.from({ length: 100 }, (_, index) => item({ name: `n${index}`, rank: -index, isOn: index % 2 > 0 })),
      '1',
    );
    let keys = 0;
    const all = view(source, { orderBy: [{ key: ({ spec }) => (keys++, spec.rank) }] });
    all.rows$.subscribe();
    const before = keys;
    const on = all.refilter({ where: ({ spec }) => spec.isOn });
    const seen: string[] = [];
    on.rows$.subscribe((rows) => seen.push(namesOf(rows.slice(0, 2))));
    expect([seen, keys - before]).toEqual([['n99 n97'], 0]);
    expect(all.rows$.value.length).toBe(100);
  });

  it('says by `synced` that the rows of many objects are those before, where nobody subscribes, and has them with the next subscriber', () => {
    const source = store<Item>({ intern: false });
    const objects = Array.from({ length: 3000 }, (_, index) => item({ name: `n${index + 1000}` }));
    source.replace(objects, '1');
    const scheduler = new VirtualTimeScheduler();
    const { rows$ } = view(source, { scheduler, orderBy: [{ key: ({ spec }) => spec.rank }] });
    const shown = (): string => `${inWords(rows$.value)}${rows$.value.synced ? '' : ', old'}`.slice(-30);
    expect(shown()).toBe(' of 0, old');
    const subscription = rows$.subscribe();
    scheduler.flush();
    subscription.unsubscribe();
    const kept = rows$.value;
    expect([kept.length, kept.synced]).toEqual([3000, true]);
    expect(rows$.value).toBe(kept);

    source.delete(item({ name: 'n1000' }));
    const old = rows$.value;
    expect([old.length, old.synced, old.changesSince(kept)]).toEqual([3000, false, []]);
    expect(rows$.value).toBe(old);
    expect(kept.synced).toBe(true);
    rows$.subscribe();
    scheduler.flush();
    expect([rows$.value.length, rows$.value.synced]).toEqual([2999, true]);
  });

  it('says so too where another view keeps the order up to date', () => {
    const source = store<Item>({ intern: false });
    source.replace(
      Array.from({ length: 3000 }, (_, index) => item({ name: `n${index}`, isOn: index % 2 > 0 })),
      '1',
    );
    const scheduler = new VirtualTimeScheduler();
    const all = view(source, { scheduler });
    all.rows$.subscribe();
    scheduler.flush();
    const on = all.refilter({ where: ({ spec }) => spec.isOn });
    expect([on.rows$.value.length, on.rows$.value.synced]).toEqual([0, false]);
    const subscription = on.rows$.subscribe();
    scheduler.flush();
    subscription.unsubscribe();
    expect([on.rows$.value.length, on.rows$.value.synced]).toEqual([1500, true]);
    source.delete(item({ name: 'n1' }));
    expect([on.rows$.value.length, on.rows$.value.synced]).toEqual([1500, false]);
  });

  it('emits nothing where nothing changes for it', () => {
    const source = store<Item>();
    source.replace([item({ name: 'a' }), item({ name: 'b', isOn: false })], '1');
    let count = 0;
    view(source, { labelSelector: 'on=true' }).rows$.subscribe(() => count++);
    source.add(item({ name: 'b', isOn: false, version: 2 }));
    source.next({ type: 'Bookmark', resourceVersion: '9' });
    expect(count).toBe(1);
  });

  it('emits no rows where the last object of a store goes, synced or not', () => {
    const source = store<Item>();
    const seen: string[] = [];
    view(source).rows$.subscribe((rows) => seen.push(inWords(rows)));
    source.add(item({ name: 'a' }));
    source.delete(item({ name: 'a' }));
    expect(seen).toEqual(['a of 1', ' of 0']);
  });

  it('gives each subscriber all rows in order, also where one of them writes', () => {
    const source = store<Item>();
    const { rows$ } = view(source);
    const seen: string[] = [];
    rows$.subscribe((rows) => {
      if (rows.length === 1) source.add(item({ name: 'b' }));
    });
    rows$.subscribe((rows) => seen.push(namesOf(rows)));
    source.add(item({ name: 'a' }));
    rows$.subscribe((rows) => {
      if (rows.length === 2) source.add(item({ name: 'c' }));
      seen.push(`late ${namesOf(rows)}`);
    });
    expect(seen).toEqual(['a', 'a b', 'late a b', 'a b c', 'late a b c']);
  });

  it('takes out the row of a deleted object whose final state has another key', () => {
    const lines = play(['oabm---d'], ({ informer, note, at }) => {
      const { rows$ } = view(informer, { orderBy: [byVersion] });
      const subscription = rows$.subscribe((rows) => note(inWords(rows)));
      at(20, () => subscription.unsubscribe());
    });
    expect(lines).toEqual(['3: a b of 2', '7: a of 1']);
  });

  it.each<[ViewOptions<Item>, RegExp | typeof SelectorError]>([
    [{ orderBy: 'name' } as never, /orderBy is of type string/],
    [{ where: 5 } as never, /where is of type number/],
    [{ labelSelector: '!!' }, SelectorError],
    [{ onError: 'x' } as never, /onError is of type string/],
  ])('refuses %j before it starts anything', (options, error) => {
    expect(() => view(store<Item>(), options)).toThrow(error);
    expect(() => view(store<Item>()).refilter({ labelSelector: '!!' })).toThrow(SelectorError);
  });
});
