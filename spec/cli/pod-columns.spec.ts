import { describe, expect, it } from 'vitest';
import { buildObject } from 'kuberx/testing';
import { podColumns } from '../../cli/pod-columns.ts';
import { deletedPodSamples, podSamples } from './pod-samples.ts';

describe('podColumns', () => {
  it.each([...podSamples, ...deletedPodSamples])(
    'shows $name as kubectl does',
    ({ pod, ready, status, restarts, restartedAt }) => {
      expect(podColumns(buildObject('n/a', '1', pod))).toEqual({ ready, status, restarts, restartedAt });
    },
  );

  it('passes over what no pod has', () => {
    const nothing = { ready: '0/0', status: '', restarts: 0, restartedAt: undefined };
    for (const parts of [
      {},
      { spec: null, status: null },
      { spec: 'a', status: [] },
      { spec: { containers: {} }, status: { phase: 5, containerStatuses: 'none', initContainerStatuses: null } },
      { status: { containerStatuses: [null, 'a', { state: [], lastState: 'x', restartCount: '3' }] } },
      { status: { conditions: [null, { type: 'Ready' }], reason: {} } },
    ])
      expect(podColumns(buildObject('n/a', '1', parts))).toEqual(nothing);
  });
});
