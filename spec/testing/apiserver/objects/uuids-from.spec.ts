import { expect, it } from 'vitest';
import { uuidsFrom } from '#src/testing/apiserver/objects/uuids-from.ts';

it('uuidsFrom makes UUIDs of version 4, the same of the same chance, and no two alike', () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const chance of [0, 0.5, 0.999]) {
    const [one, same] = [uuidsFrom(() => chance), uuidsFrom(() => chance)];
    const first = one();
    expect(first).toMatch(pattern);
    expect(same()).toBe(first);
    expect(one()).not.toBe(first);
  }
  expect(uuidsFrom(() => 0.999)()).toBe('ffffffff-ffff-4fff-bfff-000000000000');
});
