import { describe, expect, it } from 'vitest';
import { isNewer, isSameObject, isSameRevision } from '#src/protocol/objects/identity.ts';
import { type Pod, pod } from '../../store/pods.ts';

/** An object under one key, by what its metadata has of these. */
function object(uid?: string, resourceVersion?: string): Pod {
  const { metadata, ...rest } = pod('a');
  return {
    ...rest,
    metadata: {
      name: metadata.name,
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
  };
}

describe('isSameObject', () => {
  it.each([
    ['x', 'x', true],
    ['x', 'y', false],
    ['x', undefined, true],
    [undefined, 'y', true],
    ['', 'y', true],
    [undefined, undefined, true],
  ])('compares the uids %s and %s, where both have one', (a, b, expected) => {
    expect(isSameObject(object(a), object(b))).toBe(expected);
  });
});

describe('isSameRevision', () => {
  it('takes one version of one object for the same', () => {
    expect(isSameRevision(object('x', '7'), object('x', '7'))).toBe(true);
    expect(isSameRevision(object('x', '7'), object('x', '8'))).toBe(false);
    expect(isSameRevision(object('x', '7'), object('y', '7'))).toBe(false);
  });

  it('knows nothing of objects without a version, but that each is itself', () => {
    const without = object('x');
    expect(isSameRevision(without, object('x'))).toBe(false);
    expect(isSameRevision(object('x', ''), object('x', ''))).toBe(false);
    expect(isSameRevision(without, without)).toBe(true);
  });
});

describe('isNewer', () => {
  it.each([
    ['8', '7', true],
    ['7', '7', false],
    ['7', '8', false],
    ['10', '9', true],
    [undefined, '7', true],
    ['7', undefined, true],
    ['', '7', true],
    ['later', '7', true],
  ])('of %s, than %s: %s', (version, than, expected) => {
    expect(isNewer(version, than)).toBe(expected);
  });
});
