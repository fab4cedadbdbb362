import { describe, expect, it } from 'vitest';
import { deepFreeze } from '#src/sharing/deep-freeze.ts';

type Json = Record<string, unknown>;

/** Every part that can still be changed. */
function mutableParts(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Object.isFrozen(value) ? [] : [value]), ...Object.values(value).flatMap(mutableParts)];
}

describe('deepFreeze', () => {
  it('ends at cycles and leaves binary data', () => {
    const cyclic: Json = { bytes: new Uint8Array([1]) };
    cyclic['self'] = { cyclic };
    expect(deepFreeze(cyclic)).toBe(cyclic);
    expect(Object.isFrozen(cyclic['self'])).toBe(true);
  });

  it('freezes what is in frozen parts, in cycles and shared parts too', () => {
    const ring: Json = { inner: Object.freeze({ list: [{}] }) };
    ring['self'] = Object.freeze({ ring });
    expect(deepFreeze(Object.freeze([ring, ring]))[0]).toBe(ring);
    expect(Object.isFrozen(ring)).toBe(true);
    expect(mutableParts(ring['inner'])).toEqual([]);
    // Each part twice in the next one: no walk along all ways.
    let part: unknown = { deepest: {} };
    for (let level = 0; level < 200; level++) part = Object.freeze([part, part]);
    deepFreeze(part);
    for (let level = 0; level < 200; level++) part = (part as unknown[])[1];
    expect(mutableParts(part)).toEqual([]);
  });
});
