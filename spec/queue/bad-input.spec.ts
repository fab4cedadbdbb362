import { EMPTY } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { expandDelta, fifo, type Fifo, realFifo, type RealFifo } from 'kuberx/queue';
import { type Pod, pod } from '../store/pods.ts';
import { drained } from './worker.ts';

const bad = (value: unknown): never => value as never;

const refused = (reason: string): unknown => expect.objectContaining({ name: 'QueueError', reason });

describe.each<[string, () => Fifo<Pod> | RealFifo<Pod>]>([
  ['Fifo', () => fifo<Pod>()],
  ['RealFifo', () => realFifo<Pod>()],
])('%s', (_, create) => {
  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'Added'],
    ['no type', {}],
    ['an unknown type', { type: 'toString', object: pod('a') }],
    ['a Replaced without objects', { type: 'Replaced', resourceVersion: '1' }],
    ['a Replaced with no array', { type: 'Replaced', objects: new Set([pod('a')]), resourceVersion: '1' }],
  ])('refuses what is not an event, and is what it was: %s', (__, event) => {
    const queue = create();
    expect(() => queue.next(bad(event))).toThrow(refused('MalformedEvent'));
    expect(queue.size).toBe(0);
    expect(queue.hasSynced$.value).toBe(false);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 7],
    ['no metadata', { kind: 'Pod' }],
    ['no name', { metadata: {} }],
  ])('refuses an object without a key, and is what it was: %s', (__, object) => {
    const queue = create();
    const holed = [pod('a'), pod('b')];
    holed.length = 3;
    for (const write of [
      () => queue.add(bad(object)),
      () => queue.update(bad(object)),
      () => queue.delete(bad(object)),
      () => queue.replace([pod('a'), bad(object)], '1'),
      () => queue.replace(holed, '1'),
    ]) {
      expect(write).toThrow(refused('MalformedObject'));
    }
    expect(queue.size).toBe(0);
    expect(queue.hasSynced$.value).toBe(false);
  });

  it('refuses to be processed by no function, and loses no item by it', () => {
    const queue = create();
    queue.add(pod('a'));
    expect(() => queue.process(bad(undefined))).toThrow(TypeError);
    expect(() => queue.processBatches(bad(null))).toThrow(TypeError);
    expect(queue.size).toBe(1);
  });

  it('takes 130,000 objects at once, and a key like any other', () => {
    const queue = create();
    const objects = Array.from({ length: 130_000 }, (__, index) => pod(index === 0 ? '__proto__' : `p${index}`));
    queue.replace(objects, '1');
    let count = 0;
    queue
      .processBatches((items) => {
        for (const item of items) count += 'key' in item ? 1 : expandDelta(item.delta, { list: () => [] }).length;
        return EMPTY;
      })
      .subscribe();
    expect(count).toBe(130_000);
    expect(queue.hasSynced$.value).toBe(true);
    queue.add(pod('__proto__'));
    expect(count).toBe(130_001);
  });

  it('does not notice what becomes of an array that it was given', () => {
    const queue = create();
    const objects = [pod('a'), pod('b')];
    queue.replace(objects, '1');
    objects.length = 0;
    const held = drained(queue as Fifo<Pod>);
    expect(JSON.stringify(held)).toContain('uid of b');
  });
});

describe('Fifo', () => {
  it('is what it was where it is to queue again what has no key', () => {
    const queue = fifo<Pod>({ known: { list: () => [pod('a'), bad({})] } });
    expect(() => queue.resync()).toThrow(refused('MalformedObject'));
    expect(queue.size).toBe(0);
  });
});
