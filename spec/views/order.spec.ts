import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { store, type ViewError } from 'kuberx';
import { Order } from '#src/views/order.ts';
import { Ordering } from '#src/views/ordering.ts';
import { reported } from '../reported.ts';
import { type Item, item, namesOf } from './items.ts';

function scene(key: (object: Item) => string | number | undefined, count = 20) {
  const scheduler = new VirtualTimeScheduler();
  const source = store<Item>({ intern: false });
  source.replace(
    Array.from({ length: count }, (_, index) => item({ name: `n${index + 10}`, rank: index })),
    '1',
  );
  const order = new Order(new Map([['', source]]), new Ordering([{ key }]), scheduler);
  const errors: ViewError[] = [];
  const onError = (error: ViewError): void => void errors.push(error);
  const names = (): string => namesOf(Array.from(order.follower.state.list, ({ object }) => object));
  const flush = (milliseconds: number): void => {
    scheduler.maxFrames = scheduler.frame + milliseconds;
    scheduler.flush();
  };
  return { scheduler, source, order, errors, onError, names, flush };
}

describe('Order', () => {
  it('tells how few changes changed it, and of many only the result', () => {
    const { source, order, onError } = scene(({ spec }) => spec.rank);
    order.hold(onError);
    expect(order.follower.state.pairs).toBeUndefined();
    source.add(item({ name: 'n10', rank: 100, version: 2 }));
    const { pairs, list } = order.follower.state;
    expect(pairs!.map(({ before, after }) => [before?.first, after?.first])).toEqual([[0, 100]]);
    expect(list.at(19)).toBe(pairs![0]!.after);
    source.transaction(
      Array.from({ length: 10 }, (_, index) => ({ type: 'Added', object: item({ name: `m${index}` }) })),
    );
    expect(order.follower.state.pairs).toBeUndefined();
  });

  it('finds rows whose key has changed by itself, tells it once, and sorts anew at most once a second', () => {
    let shift = 0;
    const { source, order, errors, onError, names, flush } = scene(({ spec }) => ((spec.rank ?? 0) + shift) % 20);
    order.hold(onError);
    shift = 5;
    source.add(item({ name: 'n13', rank: 3, version: 2 }));
    expect(errors.map(({ reason, key }) => [reason, key])).toEqual([['ImpureKey', 'default/n13']]);
    flush(0);
    expect(names().startsWith('n25 n26 n27')).toBe(true);
    shift = 10;
    source.add(item({ name: 'n13', rank: 3, version: 3 }));
    flush(900);
    expect(names().startsWith('n25 n26 n27')).toBe(true);
    flush(1000);
    expect(names().startsWith('n20 n21 n22')).toBe(true);
    expect(errors).toHaveLength(1);
  });

  it('finds by a sample rows that never change', () => {
    let shift = 0;
    const { source, order, errors, onError, names, flush } = scene(({ spec }) =>
      spec.rank === undefined ? -1 : (spec.rank + shift) % 20,
    );
    order.hold(onError);
    shift = 5;
    for (let version = 2; version < 40; version++) source.add(item({ name: 'other', version }));
    expect(errors).toHaveLength(1);
    flush(0);
    expect(names().startsWith('other n25 n26')).toBe(true);
  });

  it('holds the right rows however wrong the keys are', () => {
    let calls = 0;
    const { source, order, onError, names } = scene(() => (calls++ * 7919) % 1000);
    order.hold(onError);
    for (let index = 0; index < 20; index += 2) source.delete(item({ name: `n${index + 10}` }));
    expect(names().split(' ').sort()).toEqual(Array.from({ length: 10 }, (_, index) => `n${2 * index + 11}`));
    const { list } = order.follower.state;
    expect(order.rowOf(list, source.getByKey('default/n11')!, 0)?.object.metadata.name).toBe('n11');
  });

  it('tells a failing key once, and each listener of the same function once', () => {
    const { source, order, errors, onError } = scene(() => {
      throw new Error('of the user');
    });
    const held = [order.hold(onError), order.hold(onError)];
    source.add(item({ name: 'more' }));
    expect(errors.map(({ reason }) => reason)).toEqual(['KeyFunction']);
    for (const each of held) each.unsubscribe();
  });

  it('goes on where a listener throws', async () => {
    const { order, names } = scene(() => {
      throw new Error('of the user');
    });
    const seen = await reported(() => {
      order.hold(() => {
        throw new Error('of the listener');
      });
    });
    expect(String(seen)).toContain('of the listener');
    expect(names().split(' ')).toHaveLength(20);
  });

  it('leaves no timer when nobody holds it', () => {
    const { scheduler, source, order, onError } = scene(() => Math.random());
    const held = order.hold(onError);
    source.add(item({ name: 'n10', version: 2 }));
    held.unsubscribe();
    expect(scheduler.actions).toEqual([]);
  });
});
