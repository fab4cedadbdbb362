import { KubeError } from '../protocol/errors/kube-error.ts';
import type { FailureClass } from '../workqueue/retry-by.ts';

/**
 * Tells how a controller retries an error: a Conflict is a lost race, and what a server asks for by `Retry-After` is the least
 * delay. Everything else is a failure.
 *
 * ```ts
 * const retry = retryBy({ classify: (error) => (error instanceof RangeError ? { type: 'final' } : classifyFailure(error)) });
 * console.log(retry.firstDelay);
 * ```
 */
export function classifyFailure(error: unknown): FailureClass {
  if (!(error instanceof KubeError)) return {};
  if (error.reason === 'Conflict') return { type: 'conflict' };
  return { retryAfter: error.retryAfter };
}
