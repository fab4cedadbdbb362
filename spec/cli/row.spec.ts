import { describe, expect, it } from 'vitest';
import { buildObject } from 'kuberx/testing';
import { rowOf } from '#src/cli/row.ts';

describe('rowOf', () => {
  it('should show what a pod has', () => {
    const metadata = { creationTimestamp: '2026-01-01T00:00:00Z' };
    const pod = buildObject('ns/a', '1', { metadata, spec: { nodeName: 'n1' }, status: { phase: 'Running' } });
    const row = { namespace: 'ns', name: 'a', phase: 'Running', node: 'n1', created: '2026-01-01T00:00:00Z' };
    expect(rowOf(pod)).toEqual(row);
    const deletionTimestamp = '2026-01-02T00:00:00Z';
    expect(rowOf({ ...pod, metadata: { ...pod.metadata, deletionTimestamp } })).toEqual({
      ...row,
      phase: 'Terminating',
    });
  });

  it('should do without what other resources lack or have otherwise', () => {
    const nothing = { namespace: '', name: 'a', phase: '-', node: '-', created: undefined };
    expect(rowOf(buildObject('a', '1'))).toEqual(nothing);
    expect(rowOf(buildObject('a', '1', { spec: null, status: { phase: { a: 1 } } }))).toEqual(nothing);
    expect(rowOf(buildObject('a', '1', { spec: { nodeName: 5 }, status: 'fine' }))).toEqual(nothing);
  });

  it('should let no control character through', () => {
    const { name, phase } = rowOf(buildObject('a\u001b[2Jb', '1', { status: { phase: 'x\n\u202ey\u009b' } }));
    expect({ name, phase }).toEqual({ name: 'a [2Jb', phase: 'x y' });
  });
});
