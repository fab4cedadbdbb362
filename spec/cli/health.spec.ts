import { describe, expect, it } from 'vitest';
import { healthOf } from '../../cli/health.ts';

describe('healthOf', () => {
  it('tells what is well from what is under way', () => {
    for (const status of ['Running', 'Completed', 'Succeeded']) expect(healthOf(status, true)).toBe('well');
    for (const status of [
      'Pending',
      'ContainerCreating',
      'Init:0/12',
      'PodInitializing',
      'Terminating',
      'NotReady',
      '-',
    ])
      expect(healthOf(status, true)).toBe('underway');
  });

  it('takes any other reason of a pod for a failure', () => {
    for (const status of [
      'CrashLoopBackOff',
      'Init:Error',
      'Init:CrashLoopBackOff',
      'Signal:9',
      'Evicted',
      'OOMKilled',
    ])
      expect(healthOf(status, true)).toBe('failing');
  });

  it('knows of other resources only what says so', () => {
    expect(healthOf('Bound', false)).toBe('well');
    expect(healthOf('Lost', false)).toBe('failing');
    expect(healthOf('ReconcileError', false)).toBe('failing');
    expect(healthOf('Purple', false)).toBeUndefined();
  });
});
