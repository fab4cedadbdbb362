import { NEVER, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { store as makeStore } from 'kuberx';
import { buildObject } from 'kuberx/testing';
import { Barrier } from '#src/controller/own-writes/barrier.ts';

const resource = 'v1/pods';

function setting() {
  const store = makeStore();
  store.replace([], '1');
  const informer = {
    resource,
    metadataOnly: false,
    store,
    selects: () => undefined,
    transform: (object: object) => object as never,
  };
  const barrier = new Barrier([informer], new VirtualTimeScheduler(), () => undefined);
  const write = (key: string, version: string) =>
    barrier.note(key, {
      type: 'written',
      resource,
      object: buildObject('default/a', version),
      isPart: false,
      read: () => NEVER,
    });
  return {
    store,
    barrier,
    write,
    reach: (resourceVersion: string) => store.next({ type: 'Bookmark', resourceVersion }),
  };
}

describe('Barrier', () => {
  it('holds a key until the state is complete up to its highest write, and no other key', () => {
    const { barrier, write, reach } = setting();
    write('k', '5');
    write('k', '7');
    expect(barrier.hold('k')?.reason).toEqual({
      type: 'behind',
      resource,
      object: 'default/a',
      resourceVersion: '7',
      isUnsure: false,
    });
    expect(barrier.hold('other')).toBeUndefined();
    let spoke = 0;
    barrier.hold('k')?.passed$.subscribe(() => spoke++);
    reach('6');
    expect(spoke).toBe(0);
    reach('7');
    expect(spoke).toBe(1);
    expect(barrier.hold('k')).toBeUndefined();
  });

  it('forgets the writes of keys that never run again', () => {
    const { barrier, write, reach } = setting();
    for (let index = 0; index < 1000; index++) write(`k-${index}`, String(index + 2));
    expect(barrier.size).toBe(1000);
    for (let round = 0; round < 100; round++) reach(String(2000 + round));
    expect(barrier.size).toBe(0);
  });
});
