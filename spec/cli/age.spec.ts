import { describe, expect, it } from 'vitest';
import { age, duration } from '../../cli/age.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('age', () => {
  it.each([
    [-5000, '0s'],
    [0, '0s'],
    [119_999, '119s'],
    [2 * minute, '2m'],
    [4 * minute + 30_000, '4m30s'],
    [47 * minute, '47m'],
    [3 * hour, '3h'],
    [3 * hour + 20 * minute, '3h20m'],
    [30 * hour, '30h'],
    [5 * day + 4 * hour, '5d4h'],
    [300 * day, '300d'],
    [2 * 365 * day + 18 * day, '2y18d'],
    [20 * 365 * day + 300 * day, '20y300d'],
  ])('says %d ms as %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });

  it('is that of a timestamp, and nothing without one', () => {
    const now = Date.parse('2026-01-01T00:00:10Z');
    expect(age('2026-01-01T00:00:00Z', now)).toBe('10s');
    expect(age('2026-01-01T00:01:00Z', now)).toBe('0s');
    expect(age(undefined, now)).toBe('-');
    expect(age('yesterday', now)).toBe('-');
  });
});
