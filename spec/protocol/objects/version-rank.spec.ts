import { expect, it } from 'vitest';
import { versionRank } from '#src/protocol/objects/version-rank.ts';

it('versions rank as a server prefers them', () => {
  const preferred = ['v10', 'v2', 'v1', 'v11beta2', 'v10beta3', 'v3beta1', 'v12alpha1', 'v11alpha2', 'foo1'];
  expect([...preferred].reverse().sort((a, b) => versionRank(b) - versionRank(a))).toEqual(preferred);
});
