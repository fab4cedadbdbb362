import { describe, expect, it } from 'vitest';
import { classifyFailure, KubeError } from 'kuberx';

const error = (init: object): KubeError =>
  new KubeError({ reason: 'InternalError', resource: 'v1/pods', message: 'no', ...init });

describe('classifyFailure', () => {
  it('takes a Conflict for a lost race', () => {
    expect(classifyFailure(error({ reason: 'Conflict' }))).toEqual({ type: 'conflict' });
  });

  it('keeps what a server asks for', () => {
    expect(classifyFailure(error({ reason: 'TooManyRequests', retryAfter: 3000 }))).toEqual({ retryAfter: 3000 });
  });

  it.each([new Error('boom'), undefined, 'Conflict', { reason: 'Conflict' }])('takes %j for a failure', (thrown) => {
    expect(classifyFailure(thrown)).toEqual({});
  });
});
