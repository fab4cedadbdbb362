import { describe, expect, it } from 'vitest';
import { metaNamespaceKey } from 'kuberx';

describe('metaNamespaceKey', () => {
  it('should be namespace/name, or the name of what has no namespace', () => {
    expect(metaNamespaceKey({ metadata: { namespace: 'default', name: 'a' } })).toBe('default/a');
    expect(metaNamespaceKey({ metadata: { name: 'node-1' } })).toBe('node-1');
    expect(metaNamespaceKey({ metadata: { namespace: '', name: 'node-1' } })).toBe('node-1');
  });
});
