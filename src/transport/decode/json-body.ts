import { KubeError } from '../../protocol/errors/kube-error.ts';

/**
 * Writes a body as JSON. Throws the `KubeError` BadRequest for a value that JSON cannot write: one that nests deeper
 * than the engine's stack, which is a few thousand levels, a cycle, a BigInt, a `toJSON` that fails. The error has no
 * cause, because the cause would name members of the object.
 */
export function jsonBody(resource: string, value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    const why =
      error instanceof RangeError
        ? 'it is nested deeper than can be written; a patch writes only what changes'
        : 'it cannot be written as JSON';
    throw new KubeError({ reason: 'BadRequest', resource, message: `the object was not sent: ${why}` });
  }
}
