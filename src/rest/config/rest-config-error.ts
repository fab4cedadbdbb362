import { printable } from '../../protocol/errors/printable.ts';

/**
 * Why a config will not do.
 *
 * - `Invalid`: a field is missing, unknown, of another kind, or contradicts another.
 * - `NotInCluster`: this process does not run in a pod: the variables that a pod has are not there.
 * - `NoServiceAccount`: the pod has no token or no CA, or they cannot be read.
 */
export type RestConfigReason = 'Invalid' | 'NotInCluster' | 'NoServiceAccount';

/** A config that will not do. The message names the field or the file, and holds nothing of what is in it. */
export class RestConfigError extends Error {
  readonly reason: RestConfigReason;

  constructor(reason: RestConfigReason, message: string) {
    super(printable(message));
    this.name = 'RestConfigError';
    this.reason = reason;
  }
}
