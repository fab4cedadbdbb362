import { KubeError } from '../../protocol/errors/kube-error.ts';

/** What is known of the objects of a resource before they come. */
export interface ObjectRule {
  /** The resource in words, for errors. */
  readonly resource: string;
  /** The group and version that was asked for, of objects that do not say theirs: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** The kind of objects that do not say theirs. Unset: not known. */
  readonly kind?: string | undefined;
  /** Of each object its metadata is wanted and nothing else, as PartialObjectMetadata. Default false. */
  readonly metadataOnly?: boolean | undefined;
}

/** The error for what the server should not have sent. `what` names the place and the fault, never the content. */
export function malformed(resource: string, what: string): KubeError {
  return new KubeError({ reason: 'Malformed', resource, message: what });
}

/** True for a text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
