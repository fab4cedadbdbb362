import { describe, expect, it } from 'vitest';
import { canonicalQuantity } from '#src/testing/apiserver/defaults/quantity.ts';

describe('canonicalQuantity', () => {
  it.each([
    ['1', '1'],
    ['0', '0'],
    ['0Gi', '0'],
    ['1.0', '1'],
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['1024Ki', '1Mi'],
    ['1024', '1024'],
    ['512Ki', '512Ki'],
    ['1.5Gi', '1536Mi'],
    ['0.1Gi', '107374182400m'],
    ['1Ki', '1Ki'],
    ['0.5Ki', '512'],
    ['1e3', '1e3'],
    ['12e2', '1200'],
    ['1E', '1E'],
    ['100k', '100k'],
    ['-1.5', '-1500m'],
    ['+3', '3'],
    ['1n', '1n'],
    ['0.0000000001', '1n'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it('gives up a text of a million digits at once', () => {
    const before = performance.now();
    expect(canonicalQuantity('9'.repeat(1_000_000))).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(50);
  });

  it.each(['', '.', 'x', '1x', '1KiB', '1 Gi', 'Gi', '1e', '1e9999', '--1'])('gives up %j', (text) => {
    expect(canonicalQuantity(text)).toBeUndefined();
  });
});
