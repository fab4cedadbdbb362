import { asyncScheduler, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { store } from 'kuberx';
import { sharedOrder } from '#src/views/shared-order.ts';
import type { Item } from './items.ts';

describe('sharedOrder', () => {
  const source = store<Item>();
  const byRank = { key: ({ spec }: Item) => spec.rank };

  it('returns one order for the same functions, directions, source and scheduler', () => {
    const order = sharedOrder(source, [byRank], asyncScheduler);
    expect(sharedOrder(source, [{ ...byRank, desc: false }], asyncScheduler)).toBe(order);
    const others = [
      sharedOrder(source, [], asyncScheduler),
      sharedOrder(source, [{ ...byRank, desc: true }], asyncScheduler),
      sharedOrder(source, [{ key: ({ spec }) => spec.rank }], asyncScheduler),
      sharedOrder(source, [byRank], new VirtualTimeScheduler()),
      sharedOrder(store<Item>(), [byRank], asyncScheduler),
    ];
    expect(new Set([order, ...others]).size).toBe(6);
  });
});
