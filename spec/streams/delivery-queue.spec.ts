import { describe, expect, it } from 'vitest';
import { DeliveryQueue } from '#src/streams/delivery-queue.ts';

describe('DeliveryQueue', () => {
  it('delivers at once where nothing is under way', () => {
    const queue = new DeliveryQueue();
    const heard: string[] = [];
    queue.deliver(() => heard.push('a'));
    expect(heard).toEqual(['a']);
  });

  it('delivers what a delivery causes after it, in order', () => {
    const queue = new DeliveryQueue();
    const heard: string[] = [];
    queue.deliver(() => {
      heard.push('a begins');
      queue.deliver(() => {
        heard.push('b');
        queue.deliver(() => heard.push('d'));
      });
      queue.deliver(() => heard.push('c'));
      heard.push('a ends');
    });
    expect(heard).toEqual(['a begins', 'a ends', 'b', 'c', 'd']);
  });

  it('runs a turn at once, and what it causes after it', () => {
    const queue = new DeliveryQueue();
    const heard: string[] = [];
    queue.within(() => {
      queue.deliver(() => heard.push('due'));
      queue.within(() => heard.push('inner'));
      heard.push('outer');
    });
    expect(heard).toEqual(['inner', 'outer', 'due']);
  });

  it('goes on after a delivery that throws', () => {
    const queue = new DeliveryQueue();
    const heard: string[] = [];
    const failing = (): void =>
      queue.deliver(() => {
        queue.deliver(() => heard.push('left'));
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    queue.deliver(() => heard.push('next'));
    expect(heard).toEqual(['left', 'next']);
  });

  it('takes a hundred thousand that wait, without overflow of the stack', () => {
    const queue = new DeliveryQueue();
    let count = 0;
    const more = (): void => {
      if (++count < 100_000) queue.deliver(more);
    };
    queue.deliver(more);
    expect(count).toBe(100_000);
  });
});
