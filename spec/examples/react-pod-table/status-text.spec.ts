import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import type { Kube } from 'kuberx/react';
import { statusText } from '../../../examples/react-pod-table/src/status-text.ts';

type Status = Kube<unknown>['status'];

const idle: Status = {
  phase: 'idle',
  since: 0,
  synced: false,
  stale: false,
  attempt: 0,
  lastError: undefined,
  retryAt: undefined,
  progress: undefined,
};
const lastError = new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'the GET request failed' });

describe('statusText', () => {
  it.each<[Partial<Status>, ReturnType<typeof statusText>]>([
    [{}, ['busy', 'Connecting']],
    [{ phase: 'streaming', progress: { received: 0, remaining: undefined } }, ['busy', 'Connecting']],
    [{ phase: 'streaming', progress: { received: 1200, remaining: undefined } }, ['busy', 'Loading 1,200']],
    [{ phase: 'listing', progress: { received: 500, remaining: 700 } }, ['busy', 'Loading 500 of 1,200']],
    [{ phase: 'watching', synced: true }, ['good', 'Connected']],
    [{ phase: 'watching', synced: true, lastError }, ['good', 'Connected']],
    [{ phase: 'listing', synced: true, progress: { received: 5, remaining: 5 } }, ['good', 'Connected']],
    [{ phase: 'watching', synced: true, stale: true }, ['busy', 'Connecting']],
    [
      { phase: 'waiting', attempt: 2, lastError, retryAt: 3100 },
      ['bad', 'Retrying in 3 s: v1/pods: the GET request failed'],
    ],
    [
      { phase: 'watching', attempt: 2, lastError, synced: true, stale: true },
      ['bad', 'Retrying in 0 s: v1/pods: the GET request failed'],
    ],
  ])('puts %j into words', (status, expected) => {
    expect(statusText({ ...idle, ...status }, 1000)).toEqual(expected);
  });
});
