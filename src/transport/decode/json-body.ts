import { KubeError } from '../../protocol/errors/kube-error.ts';

/**
 * The JSON of what is sent. Throws the `KubeError` BadRequest for what cannot be written as JSON: what nests deeper than
 * the engine's stack reaches, which is some thousand levels, cycles, a BigInt, a `toJSON` that fails. The error has no cause,
 * because that would name members of the object.
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
