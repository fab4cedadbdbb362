import { describe, expect, it } from 'vitest';
import { buildObject } from 'kuberx/testing';

describe('buildObject', () => {
  it('builds from a key and a version', () => {
    expect(buildObject('default/a', '5')).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'default', name: 'a', uid: 'uid of default/a', resourceVersion: '5' },
    });
    expect(buildObject('n', '5', { kind: 'Node', metadata: { uid: 'u' } })).toEqual({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', uid: 'u', resourceVersion: '5' },
    });
  });
});
