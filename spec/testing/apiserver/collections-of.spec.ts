import { expect, it } from 'vitest';
import { collectionsOf } from '#src/testing/apiserver/collections-of.ts';
import { virtualTime } from 'kuberx/testing';

it('gives collections a definition of custom resources, and what looks after namespaces where it is asked for', () => {
  const { scheduler } = virtualTime();
  const options = { release: '1.36', now: () => 0, scheduler, random: () => 0 } as const;
  const plain = collectionsOf(options);
  expect([plain.definitions !== undefined, plain.namespaces !== undefined]).toEqual([true, false]);
  const kept = collectionsOf({ ...options, namespaces: true });
  expect(kept.namespaces).toBeDefined();
  const names = kept
    .of({ group: '', version: 'v1', plural: 'namespaces' })
    .cache.ordered()
    .map(({ key }) => key);
  expect(names).toContain('default');
});
