import { KubeError } from '../errors/kube-error.ts';
import { printable } from '../errors/printable.ts';

/** The longest path of a field that an error tells, in characters. */
const longestField = 200;

/**
 * A write that was not sent, because a number in it would change on the way: `NaN` and infinities, which JSON writes as null, or
 * an integer of 2^53 or more, which may have been rounded when it was read. Its reason is `BadRequest`.
 *
 * ```ts
 * const client = resourceClient(kubeConfig, 'v1/pods');
 * client.update(pod).subscribe({
 *   error: (error: unknown) => {
 *     if (error instanceof UnsafeNumberError) console.log(error.field); // spec.containers[0].limit
 *   },
 * });
 * ```
 */
export class UnsafeNumberError extends KubeError {
  /** The path of the number in what was to be written: `spec.items[0].limit`. At most 200 characters, which can be printed. */
  readonly field: string;

  constructor(resource: string, field: string, why: string) {
    const shown = printable(field, longestField);
    super({ reason: 'BadRequest', resource, message: `the object was not sent: ${shown} ${why}` });
    this.name = 'UnsafeNumberError';
    this.field = shown;
  }
}
