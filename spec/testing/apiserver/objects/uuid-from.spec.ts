import { expect, it } from 'vitest';
import { uuidFrom } from '#src/testing/apiserver/objects/uuid-from.ts';

it('uuidFrom makes a UUID of version 4, the same of the same chance', () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const chance of [0, 0.5, 0.999]) {
    expect(uuidFrom(() => chance)).toMatch(pattern);
    expect(uuidFrom(() => chance)).toBe(uuidFrom(() => chance));
  }
  expect(uuidFrom(() => 0.999)).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
});
