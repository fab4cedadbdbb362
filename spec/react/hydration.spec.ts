import { describe, expect, it } from 'vitest';
import { type Dehydrated, dehydrate, dehydration } from 'kuberx/react';
import { hydrationOf } from '#src/react/hydration.ts';

// How a page goes on from it is in dehydration.spec.tsx.
describe('hydrationOf', () => {
  it('refuses what dehydrate has not returned, and says what happens without it', () => {
    for (const other of [null, 1, {}, { kuberx: 2, sources: [] }, []])
      expect(() => hydrationOf(other as unknown as Dehydrated)).toThrow(/Without it the page lists by itself/);
  });

  it('is the same for the same value', () => {
    const state = dehydrate(dehydration());
    expect(state).toEqual({ kuberx: 1, sources: [], left: [] });
    expect(hydrationOf(state)).toBe(hydrationOf(state));
  });
});
