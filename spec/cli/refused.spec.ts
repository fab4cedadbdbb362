import { describe, expect, it } from 'vitest';
import { type CacheEvent, KubeError, type KubeErrorReason, type Phase } from 'kuberx';
import { refused } from '../../cli/refused.ts';

const interrupted = (reason: KubeErrorReason, phase: Phase): CacheEvent<never> => ({
  type: 'Interrupted',
  error: new KubeError({ reason, resource: 'v1/pods', message: 'no\nway' }),
  phase,
  attempt: 1,
  retryIn: 800,
});

describe('refused', () => {
  it.each<[KubeErrorReason, Phase]>([
    ['Unauthorized', 'streaming'],
    ['Unauthorized', 'listing'],
    ['Forbidden', 'listing'],
  ])('is final for %s while %s, in one line', (reason, phase) => {
    expect(refused(interrupted(reason, phase))?.message).toMatch(/^v1\/pods: no way: [^\n]+\(40[13]\)$/);
  });

  it.each<[KubeErrorReason, Phase]>([
    ['Forbidden', 'streaming'],
    ['ConnectionRefused', 'listing'],
    ['NotFound', 'listing'],
    ['Credentials', 'listing'],
  ])('is not final for %s while %s', (reason, phase) => {
    expect(refused(interrupted(reason, phase))).toBeUndefined();
  });

  it('does not look at other events', () => {
    expect(refused({ type: 'Replaced', objects: [], resourceVersion: '1' })).toBeUndefined();
  });
});
