import { describe, expect, it } from 'vitest';
import { watches } from '#src/controller/own-writes/watched.ts';

const of = (resource: string) => ({ resource }) as Parameters<typeof watches>[0];
const inDefault = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'default', name: 'a' } };

describe('watches', () => {
  it.each([
    ['v1/pods', 'v1/pods', true],
    ['v1/pods in default', 'v1/pods', true],
    ['v1/pods in other', 'v1/pods', false],
    ['v1/podtemplates', 'v1/pods', false],
    ['v1/pods', 'v1/podtemplates', false],
  ])('of the informer of %s and a write to %s is %s', (resource, written, expected) => {
    expect(watches(of(resource), written, inDefault)).toBe(expected);
  });
});
