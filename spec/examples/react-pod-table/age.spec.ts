import { describe, expect, it } from 'vitest';
import { ageOf } from '../../../examples/react-pod-table/src/age.ts';

const now = Date.parse('2026-12-01T12:00:00Z');
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

describe('ageOf', () => {
  // What `kubectl get` prints for these ages.
  it.each([
    [0, '0s'],
    [119.9, '119s'],
    [2 * minute, '2m'],
    [5 * minute + 30, '5m30s'],
    [10 * minute - 1, '9m59s'],
    [10 * minute + 59, '10m'],
    [3 * hour - 1, '179m'],
    [3 * hour, '3h'],
    [7 * hour + 59 * minute, '7h59m'],
    [8 * hour + 30 * minute, '8h'],
    [2 * day - 1, '47h'],
    [2 * day + 4 * hour, '2d4h'],
    [3 * day, '3d'],
    [8 * day + 5 * hour, '8d'],
    [2 * year - 1, '729d'],
    [2 * year, '2y'],
    [7 * year + 18 * day, '7y18d'],
    [8 * year + 200 * day, '8y'],
  ])('prints the age of %s s as %s', (age, text) => {
    expect(ageOf(new Date(now - age * 1000).toISOString(), now)).toBe(text);
  });

  it('prints 0s for what is still to come, and a dash for no time', () => {
    expect(ageOf('2026-12-01T12:00:05Z', now)).toBe('0s');
    expect(ageOf(undefined, now)).toBe('–');
    expect(ageOf('yesterday', now)).toBe('–');
  });
});
