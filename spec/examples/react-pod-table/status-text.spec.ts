import { describe, expect, it } from 'vitest';
import { type InformerStatus, KubeError } from 'kuberx';
import { statusText } from '../../../examples/react-pod-table/src/status-text.ts';

const idle: InformerStatus = {
  phase: 'idle',
  since: 0,
  synced: false,
  updates: undefined,
  stale: false,
  attempt: 0,
  lastError: undefined,
  retryAt: undefined,
  held: undefined,
  objectErrors: 0,
  lastObjectError: undefined,
  progress: undefined,
};
const lastError = new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'the GET request failed' });
const reason = 'v1/pods: the GET request failed';

describe('statusText', () => {
  it.each<[Partial<InformerStatus>, ReturnType<typeof statusText>]>([
    [{}, { tone: 'off', text: 'Not watching' }],
    [
      { phase: 'stopped', synced: true, stale: true, lastError },
      { tone: 'off', text: 'Not watching' },
    ],
    [
      { phase: 'waiting', retryAt: 1000 },
      { tone: 'busy', text: 'Connecting' },
    ],
    [
      { phase: 'streaming', progress: { received: 0, remaining: undefined } },
      { tone: 'busy', text: 'Connecting' },
    ],
    [
      { phase: 'streaming', progress: { received: 1200, remaining: undefined } },
      { tone: 'busy', text: 'Loading 1,200' },
    ],
    [
      { phase: 'listing', progress: { received: 500, remaining: 700 } },
      { tone: 'busy', text: 'Loading 500 of 1,200' },
    ],
    [
      { phase: 'watching', synced: true },
      { tone: 'good', text: 'Connected' },
    ],
    [
      { phase: 'watching', synced: true, stale: true },
      { tone: 'busy', text: 'Connecting' },
    ],
    [
      { phase: 'watching', synced: true, lastError },
      { tone: 'good', text: 'Connected' },
    ],
    [
      { phase: 'listing', synced: true, progress: { received: 5, remaining: 5 } },
      { tone: 'good', text: 'Connected' },
    ],
    [
      { phase: 'waiting', synced: true, updates: 'polled', retryAt: 31_000 },
      { tone: 'good', text: 'Polled, again', retryIn: 30 },
    ],
    [
      { phase: 'listing', synced: true, updates: 'polled' },
      { tone: 'good', text: 'Polled' },
    ],
    [
      { phase: 'waiting', synced: true, updates: 'polled', attempt: 1, lastError, retryAt: 3100 },
      { tone: 'bad', text: 'Retrying', retryIn: 3, reason },
    ],
    [
      { phase: 'watching', synced: true, updates: 'unversioned' },
      { tone: 'good', text: 'Connected, without versions' },
    ],
    [
      { phase: 'waiting', attempt: 2, lastError, retryAt: 3100 },
      { tone: 'bad', text: 'Retrying', retryIn: 3, reason },
    ],
    [
      { phase: 'waiting', attempt: 2, lastError, retryAt: 1000 },
      { tone: 'bad', text: 'Retrying', reason },
    ],
    [
      { phase: 'watching', attempt: 2, lastError, synced: true, stale: true },
      { tone: 'bad', text: 'Retrying', reason },
    ],
  ])('puts %j into words', (status, expected) => {
    expect(statusText({ ...idle, ...status }, 1000)).toEqual(expected);
  });
});
