import { expect, it } from 'vitest';
import { timestamps } from '#src/testing/apiserver/objects/timestamps.ts';

it('tells the seconds of a clock', () => {
  let now = Date.UTC(2030, 0, 2, 3, 4, 5, 999);
  const timestamp = timestamps(() => now);
  expect(timestamp()).toBe('2030-01-02T03:04:05Z');
  now += 1;
  expect(timestamp()).toBe('2030-01-02T03:04:06Z');
  now -= 1;
  expect(timestamp()).toBe('2030-01-02T03:04:05Z');
});
