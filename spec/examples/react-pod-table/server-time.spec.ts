import { describe, expect, it } from 'vitest';
import { offsetOf } from '../../../examples/react-pod-table/src/server-time.ts';

const date = 'Tue, 01 Dec 2026 12:00:00 GMT';
const at = (time: string): number => Date.parse(`2026-12-01T${time}Z`);

describe('offsetOf', () => {
  it('corrects nothing within the second of the header', () => {
    expect(offsetOf(date, at('12:00:00'))).toBe(0);
    expect(offsetOf(date, at('12:00:00.999'))).toBe(0);
  });

  it('adds to a clock that is slow, and takes from one that is fast', () => {
    expect(offsetOf(date, at('11:55:00'))).toBe(300_000);
    expect(offsetOf(date, at('12:05:00'))).toBe(-299_000);
  });

  it('returns undefined without a date', () => {
    expect(offsetOf(null, 0)).toBeUndefined();
    expect(offsetOf('soon', 0)).toBeUndefined();
  });
});
