import { describe, expect, it } from 'vitest';
import { isExpired, isResourceVersionTooLarge, KubeError, kubeErrorFromStatus, type Status } from 'kuberx';
import { kubeErrorFrom } from '#src/protocol/kube-error.ts';

const from = (status: Status, code?: number, retryAfter?: number): KubeError =>
  kubeErrorFromStatus('v1/pods', status, code, retryAfter);

describe('kubeErrorFromStatus', () => {
  it('should name the resource and the cause', () => {
    const error = from({ message: 'pods is forbidden', reason: 'Forbidden', code: 403 });
    expect(error).toBeInstanceOf(KubeError);
    expect(error.message).toBe('v1/pods: pods is forbidden');
    expect(error).toMatchObject({ reason: 'Forbidden', code: 403, resource: 'v1/pods' });
  });

  it('should go by the code where the reason is missing or unknown', () => {
    expect(from({ message: 'x' }, 503).reason).toBe('ServiceUnavailable');
    expect(from({ reason: 'Novel', code: 409 }).reason).toBe('Conflict');
    expect(from({ message: 'x' }, 418).reason).toBe('Unknown');
  });

  it('should take 410 and 429 by the code, whatever the reason says', () => {
    expect(from({ reason: 'Novel', code: 410 }).reason).toBe('Expired');
    expect(from({ reason: 'InternalError', code: 429 }).reason).toBe('TooManyRequests');
  });

  it('should know both words for a version that is gone', () => {
    expect(isExpired(from({ reason: 'Gone', code: 410 }))).toBe(true);
    expect(isExpired(from({ reason: 'Expired', code: 410 }))).toBe(true);
    expect(isExpired(from({ reason: 'NotFound', code: 404 }))).toBe(false);
  });

  it.each([
    { details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] } },
    { details: { causes: [{ message: 'Too large resource version' }] } },
    { message: 'Timeout: Too large resource version: 99, current: 5' },
  ] satisfies Status[])('should know a version of the future in every dialect: %j', (said) => {
    expect(isResourceVersionTooLarge(from({ reason: 'Timeout', code: 504, ...said }))).toBe(true);
  });

  it.each([{ message: 'request did not complete' }, { details: { causes: null } }, {}] satisfies Status[])(
    'should take no other timeout for one: %j',
    (said) => {
      expect(isResourceVersionTooLarge(from({ reason: 'Timeout', code: 504, ...said }))).toBe(false);
    },
  );

  it('should wait for the longer of the header and the details', () => {
    expect(from({ code: 429, details: { retryAfterSeconds: 3 } }, 429, 1000).retryAfter).toBe(3000);
    expect(from({ code: 429, details: { retryAfterSeconds: 1 } }, 429, 9000).retryAfter).toBe(9000);
    expect(from({ code: 429 }, 429).retryAfter).toBeUndefined();
    expect(from({ code: 429, details: { retryAfterSeconds: -5 } }, 429).retryAfter).toBeUndefined();
  });
});

describe('kubeErrorFrom', () => {
  it('should keep a KubeError, and wrap anything else with its cause', () => {
    const error = from({ code: 500 });
    expect(kubeErrorFrom('v1/pods', error)).toBe(error);
    const cause = new TypeError('no');
    expect(kubeErrorFrom('v1/pods', cause)).toMatchObject({ reason: 'Unknown', message: 'v1/pods: no', cause });
    expect(kubeErrorFrom('v1/pods', null).message).toBe('v1/pods: null');
  });
});
