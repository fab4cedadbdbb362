import { KubeError } from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import { status } from 'kuberx/testing';

const resource = 'v1/pods';

export const refusal = kubeErrorFromStatus(resource, status(422, 'Invalid', 'sendInitialEvents is forbidden'), 422);
export const unreadable = kubeErrorFromStatus(resource, status(400, 'BadRequest', 'invalid resource version'), 400);
export const expired = kubeErrorFromStatus(resource, status(410, 'Expired'), 410);
export const forbidden = kubeErrorFromStatus(resource, status(403, 'Forbidden'), 403);
/** Asks to wait for five seconds. */
export const busy = kubeErrorFromStatus(resource, status(429, 'TooManyRequests'), 429, 5000);
/** Asks for nothing. */
export const overloaded = kubeErrorFromStatus(resource, status(429, 'TooManyRequests'), 429);
export const unavailable = kubeErrorFromStatus(resource, status(503, 'ServiceUnavailable'), 503);
export const internal = kubeErrorFromStatus(resource, status(500, 'InternalError', 'etcdserver: no leader'), 500);
export const broken = new KubeError({ reason: 'Network', resource, message: 'ECONNRESET' });
export const refused = new KubeError({ reason: 'ConnectionRefused', resource, message: 'ECONNREFUSED' });
export const garbage = new KubeError({ reason: 'Malformed', resource, message: 'frame 3 is not JSON' });
export const tooLarge = kubeErrorFromStatus(resource, {
  ...status(504, 'Timeout', 'Timeout: Too large resource version: 99, current: 5'),
  details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 1 },
});
