import { describe, expect, it } from 'vitest';
import { checkedIntent } from '#src/controller/writing/checked-intent.ts';

const intent = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name: 'a' }, data: {} };
const checking =
  (more: object, part: 'main' | 'status' | 'other' = 'main') =>
  (): unknown =>
    checkedIntent('v1/configmaps', { ...intent, ...more }, part);

describe('checkedIntent', () => {
  it('returns a whole intent', () => {
    expect(checkedIntent('v1/configmaps', intent, 'main')).toBe(intent);
    const { apiVersion, kind, metadata } = intent;
    expect(checkedIntent('v1/pods', { apiVersion, kind, metadata, status: {} }, 'status')).toBeDefined();
  });

  it.each([
    ['a version', 'NotAnIntent', { metadata: { name: 'a', resourceVersion: '5' } }],
    ['managed fields', 'NotAnIntent', { metadata: { name: 'a', managedFields: [] } }],
    ['a uid', 'NotAnIntent', { metadata: { name: 'a', uid: 'u' } }],
    ['no name', 'NotAnIntent', { metadata: { namespace: 'default' } }],
    ['no metadata', 'NotAnIntent', { metadata: null }],
    ['no kind', 'NotAnIntent', { kind: '' }],
    ['a status', 'IsStatus', { status: {} }],
    ['a date', 'NotJson', { data: { at: new Date(0) } }],
  ])('refuses %s', (_what, reason, more) => {
    expect(checking(more)).toThrow(expect.objectContaining({ name: 'WriteError', reason }));
    expect(checking(more)).toThrow(/Nothing was sent$/);
  });

  it('refuses more than a status where a status is applied', () => {
    expect(checking({}, 'status')).toThrow(expect.objectContaining({ reason: 'IsNotStatus' }));
  });

  it.each([undefined, null, 5, []])('refuses %o', (given) => {
    expect(() => checkedIntent('v1/configmaps', given, 'main')).toThrow(
      expect.objectContaining({ reason: 'NotAnIntent' }),
    );
  });

  it('names no content in its message', () => {
    const secret = { data: { token: 'hunter2', at: new Date(0) } };
    expect(checking(secret)).toThrow(/^(?!.*hunter2).*data\.at has no JSON/);
  });
});
