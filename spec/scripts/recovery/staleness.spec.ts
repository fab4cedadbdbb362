import { describe, expect, it } from 'vitest';
import { type Downtime, normalLatency, staleness, type Write } from '../../../scripts/recovery/staleness.ts';
import type { Sighting } from '../../../scripts/recovery/line-protocol.ts';

/** Heartbeats of one namespace: when each was written or seen. */
const numbered = (times: Readonly<Record<number, number>>, namespace = 'a'): (Write & Sighting)[] =>
  Object.entries(times).map(([sequence, at]) => ({ namespace, sequence: Number(sequence), at }));

const never: readonly Downtime[] = [];

describe('staleness', () => {
  it('is what the slowest change took, and in all what was beyond the normal latency', () => {
    const writes = numbered({ 1: 0, 2: 2000, 3: 4000 });
    const seen = numbered({ 1: 10, 2: 3000, 3: 4010 });

    expect(staleness(writes, seen, never, 9000)).toEqual({ longest: 1000, sum: 1000 - normalLatency });
  });

  it('counts time in which several changes were unknown once, from the first of them on', () => {
    const writes = numbered({ 1: 0, 2: 2000, 3: 4000 });
    const seen = numbered({ 3: 5000 });

    expect(staleness(writes, seen, never, 9000)).toEqual({ longest: 5000, sum: 5000 - normalLatency });
  });

  it('counts up to the end for what was never seen', () => {
    expect(staleness(numbered({ 1: 0 }), [], never, 9000).longest).toBe(9000);
  });

  it('counts nothing while the server cannot be reached, and from then on what was written meanwhile', () => {
    const downtimes = [
      { start: 1000, end: 3000 },
      { start: 2000, end: 5000 },
    ];

    expect(staleness(numbered({ 1: 500 }), numbered({ 1: 6000 }), downtimes, 9000).longest).toBe(1500);
    expect(staleness(numbered({ 1: 4000 }), numbered({ 1: 5100 }), downtimes, 9000)).toEqual({ longest: 100, sum: 0 });
    expect(staleness(numbered({ 1: 6000 }), numbered({ 1: 6100 }), downtimes, 9000).longest).toBe(100);
  });

  it('tells the longest of all namespaces and the sum over them', () => {
    const writes = [...numbered({ 1: 0 }, 'a'), ...numbered({ 2: 0 }, 'b')];
    const seen = [...numbered({ 1: 1000 }, 'a'), ...numbered({ 2: 2000 }, 'b')];

    expect(staleness(writes, seen, never, 9000)).toEqual({ longest: 2000, sum: 3000 - 2 * normalLatency });
  });

  it('takes what was seen before the answer of the write was there as seen at once', () => {
    expect(staleness(numbered({ 1: 100 }), numbered({ 1: 90 }), never, 9000)).toEqual({ longest: 0, sum: 0 });
  });
});
