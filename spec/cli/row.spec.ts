import { describe, expect, it } from 'vitest';
import { buildObject } from 'kuberx/testing';
import { rowOf } from '../../cli/row.ts';

describe('rowOf', () => {
  it('shows what a pod has', () => {
    const metadata = { creationTimestamp: '2026-01-01T00:00:00Z' };
    const containerStatuses = [
      {
        ...{ name: 'a', ready: false, restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } } },
        lastState: { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:05:00Z' } },
      },
    ];
    const pod = buildObject('ns/a', '1', {
      metadata,
      spec: { nodeName: 'n1', containers: [{ name: 'a' }] },
      status: { phase: 'Running', containerStatuses },
    });
    expect(rowOf(pod)).toEqual({
      ...{ namespace: 'ns', name: 'a', status: 'CrashLoopBackOff', health: 'failing' },
      created: '2026-01-01T00:00:00Z',
      pod: { ready: '0/1', restarts: 3, restartedAt: '2026-01-01T00:05:00Z', node: 'n1' },
    });
  });

  it('does without what other resources lack or have otherwise', () => {
    const other = { apiVersion: 'v1', kind: 'Namespace' };
    const row = { namespace: '', name: 'a', status: '-', health: 'underway', pod: undefined, created: undefined };
    expect(rowOf(buildObject('a', '1', other))).toEqual(row);
    expect(rowOf(buildObject('a', '1', { ...other, spec: null, status: { phase: { a: 1 } } }))).toEqual(row);
    expect(rowOf(buildObject('a', '1', { ...other, status: 'fine' }))).toEqual(row);
    const active = { ...other, status: { phase: 'Active' } };
    expect(rowOf(buildObject('a', '1', active))).toEqual({ ...row, status: 'Active', health: 'well' });
    const metadata = { deletionTimestamp: '2026-01-02T00:00:00Z' };
    expect(rowOf(buildObject('a', '1', { ...active, metadata })).status).toBe('Terminating');
  });

  it('lets no control character through', () => {
    const waiting = { reason: 'x\n\u202ey\u009b' };
    const { name, status } = rowOf(
      buildObject('a\u001b[2Jb', '1', { status: { containerStatuses: [{ name: 'a', state: { waiting } }] } }),
    );
    expect([name, status].join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(status).toMatch(/^x.*y/);
  });
});
