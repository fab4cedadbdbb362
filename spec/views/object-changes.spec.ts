import { describe, expect, it } from 'vitest';
import { store } from 'kuberx';
import { finished } from '#src/streams/in-slices.ts';
import { type ObjectChange, PartChanges } from '#src/views/object-changes.ts';
import { type Item, item } from './items.ts';

const a = item({ name: 'a', version: 1 });
const a2 = item({ name: 'a', version: 2 });
const a3 = item({ name: 'a', version: 3, uid: 'another' });
const b = item({ name: 'b', version: 1 });

function scene(...objects: readonly Item[]) {
  const source = store<Item>({ intern: false });
  source.replace(objects, '1');
  const changes = new PartChanges<Item>(0, source);
  changes.catchUp();
  const take = (): readonly ObjectChange<Item>[] => finished(changes.take().changes());
  return { source, changes, take };
}

describe('PartChanges', () => {
  it('has all objects as new at first', () => {
    const { take, changes } = scene(a, b);
    expect(changes.isBehind).toBe(true);
    expect(take()).toEqual([
      { part: 0, before: undefined, after: a },
      { part: 0, before: undefined, after: b },
    ]);
    expect([changes.isBehind, changes.size]).toEqual([false, 0]);
  });

  it('has the net change of each key, with the objects that were held', () => {
    const { source, changes, take } = scene(a);
    take();
    source.commits$.subscribe((commit) => changes.add(commit));
    source.add(a2);
    source.add(b);
    source.delete(b);
    source.delete(item({ name: 'a', version: 9 }));
    source.add(a3);
    const [change, ...others] = take();
    expect(others).toEqual([]);
    expect(change!.before).toBe(a);
    expect(change!.after).toBe(a3);
  });

  it('compares what both snapshots hold after a time without commits', () => {
    const { source, changes, take } = scene(a, b);
    take();
    changes.catchUp();
    expect(changes.size).toBe(0);
    source.delete(b);
    source.add(a2);
    changes.catchUp();
    expect(take()).toEqual([
      { part: 0, before: a, after: a2 },
      { part: 0, before: b, after: undefined },
    ]);
  });

  it('compares where a store dropped its state without events', () => {
    const { source, changes, take } = scene(a);
    take();
    source.commits$.subscribe((commit) => changes.add(commit));
    source.forget();
    expect(take()).toEqual([{ part: 0, before: a, after: undefined }]);
  });

  it('has again what was given back', () => {
    const { source, changes, take } = scene(a);
    const { snapshot } = changes.take();
    source.add(b);
    changes.giveBack(snapshot);
    expect(take()).toEqual([{ part: 0, before: undefined, after: b }]);
    changes.giveBack(undefined);
    expect(take()).toHaveLength(2);
  });
});
