import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareResourceVersions } from 'kuberx';

const version = fc.bigInt({ min: 1n, max: 2n ** 130n });

describe('compareResourceVersions', () => {
  it('orders decimals of any length as numbers', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const sign = Math.sign(compareResourceVersions(a.toString(), b.toString())!);
        expect(sign).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it.each(['', '0', '007', '1e3', 'abc', '-1', ' 5'])('calls %j opaque: equal to itself only', (opaque) => {
    expect(compareResourceVersions(opaque, opaque)).toBe(0);
    expect(compareResourceVersions(opaque, '5')).toBeUndefined();
    expect(compareResourceVersions('5', opaque)).toBeUndefined();
  });
});
