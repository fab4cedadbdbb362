import { KubeError } from '../../protocol/errors/kube-error.ts';

/** The facts about the objects of a resource that are known before they come. */
export interface ObjectRule {
  /** The resource in words, for errors. */
  readonly resource: string;
  /** The requested group and version, for objects that do not name theirs: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** The kind, for objects that do not name theirs. Unset: not known. */
  readonly kind?: string | undefined;
  /** Takes only the metadata of each object, as PartialObjectMetadata. Default false. */
  readonly metadataOnly?: boolean | undefined;
}

/** The error for an invalid answer of the server. `what` names the place and the fault, never the content. */
export function malformed(resource: string, what: string): KubeError {
  return new KubeError({ reason: 'Malformed', resource, message: what });
}

/** True for a text with at least one character. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
