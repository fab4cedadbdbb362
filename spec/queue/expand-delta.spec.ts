import { describe, expect, it } from 'vitest';
import type { CacheEvent } from 'kuberx';
import { expandDelta } from 'kuberx/queue';
import { type Pod } from '../store/pods.ts';

const bad = (value: unknown): never => value as never;

describe('expandDelta', () => {
  it('refuses what is not a delta', () => {
    const event: CacheEvent<Pod> = { type: 'Requested', phase: 'listing' };
    for (const given of [null, {}, event]) expect(() => expandDelta(bad(given), { list: () => [] })).toThrow(TypeError);
  });
});
