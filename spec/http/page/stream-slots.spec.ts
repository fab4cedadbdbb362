import { asyncScheduler, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { StreamSlots, streamSlots } from '#src/http/page/stream-slots.ts';

const limits = { stream: 4, list: 4, fetches: 5, socket: 2 };

describe('StreamSlots', () => {
  it('have a limit for each kind, and one for streams and lists together', () => {
    const slots = new StreamSlots();
    const taken = (
      ['stream', 'stream', 'stream', 'stream', 'stream', 'list', 'list', 'socket', 'socket', 'socket'] as const
    ).map((kind) => slots.take(kind, limits));
    expect(taken).toEqual([true, true, true, true, false, true, false, true, true, false]);
    slots.give('stream');
    expect(slots.take('list', limits)).toBe(true);
    expect(slots.count('list')).toBe(2);
  });

  it('tell by turns who waits for a place', () => {
    const slots = new StreamSlots();
    const told: string[] = [];
    slots.take('socket', limits);
    slots.take('socket', limits);
    slots.onfree(() => slots.take('socket', limits) && told.push('a'));
    const stop = slots.onfree(() => slots.take('socket', limits) && told.push('b'));
    slots.onfree(() => slots.take('socket', limits) && told.push('c'));
    slots.give('socket');
    stop();
    slots.give('socket');
    expect(told).toEqual(['a', 'a']);
  });

  it('are the same for an origin, and others for another one or another time', () => {
    const slots = streamSlots('http://a', asyncScheduler);
    expect(streamSlots('http://a', asyncScheduler)).toBe(slots);
    expect(streamSlots('http://b', asyncScheduler)).not.toBe(slots);
    expect(streamSlots('http://a', new VirtualTimeScheduler())).not.toBe(slots);
  });
});
