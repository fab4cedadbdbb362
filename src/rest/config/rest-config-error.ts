import { printable } from '../../protocol/errors/printable.ts';

/**
 * The reason why a config is invalid.
 *
 * - `Invalid`: a field is missing, unknown, of another type, or contradicts another; or `HTTPS_PROXY` or `HTTP_PROXY` has no
 *   address of a proxy.
 * - `NotInCluster`: this process does not run in a pod: the variables of a pod are missing.
 * - `NoServiceAccount`: the pod has no token or no CA, or they cannot be read.
 */
export type RestConfigReason = 'Invalid' | 'NotInCluster' | 'NoServiceAccount';

/** The error for an invalid config. The message names the field or the file and quotes none of its content. */
export class RestConfigError extends Error {
  readonly reason: RestConfigReason;

  constructor(reason: RestConfigReason, message: string) {
    super(printable(message));
    this.name = 'RestConfigError';
    this.reason = reason;
  }
}
