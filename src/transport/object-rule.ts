import { KubeError } from '../protocol/kube-error.ts';
import { isJsonRecord } from './json-record.ts';

/** What every object of a resource must look like. */
export interface ObjectRule {
  /** The resource in words, for errors. */
  readonly resource: string;
  /** The group and version that was asked for: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** Unset: not known, so the first object of a response decides for the others. */
  readonly kind?: string | undefined;
  /** Is told the kind of a response where `kind` is unset. */
  readonly onKind?: ((kind: string) => void) | undefined;
}

/** Says in words why a value is no object of the resource, `undefined` where it is one. */
export type ObjectCheck = (value: unknown) => string | undefined;

/**
 * The check for the objects of one response. What a cache relies on must be there: kind, apiVersion, `metadata.name`,
 * `metadata.resourceVersion`, and the namespace and uid are text or absent. It never says an object's content.
 */
export function objectCheck(rule: ObjectRule): ObjectCheck {
  const { apiVersion } = rule;
  let { kind } = rule;
  return (value) => {
    if (!isJsonRecord(value)) return 'is not an object';
    if (value['apiVersion'] !== apiVersion || !isText(value['kind']) || (kind ?? value['kind']) !== value['kind']) {
      return `is ${shown(value['kind'])} of ${shown(value['apiVersion'])}, not ${kind ?? 'an object'} of ${apiVersion}`;
    }
    const metadata = value['metadata'];
    if (!isJsonRecord(metadata)) return 'has no metadata';
    if (!isText(metadata['name'])) return 'has no metadata.name';
    if (!isText(metadata['resourceVersion'])) return 'has no metadata.resourceVersion';
    if (!isTextOrAbsent(metadata['namespace'])) return 'has a metadata.namespace that is not text';
    if (!isTextOrAbsent(metadata['uid'])) return 'has a metadata.uid that is not text';
    if (kind === undefined) {
      kind = value['kind'];
      rule.onKind?.(kind);
    }
    return undefined;
  };
}

/** The error for what the server should not have sent. `what` names the place and the fault, never the content. */
export function malformed(resource: string, what: string): KubeError {
  return new KubeError({ reason: 'Malformed', resource, message: what });
}

/** True for a text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

// Kinds and versions are names; anything longer or other is content, which stays out of messages.
function shown(value: unknown): string {
  return typeof value === 'string' && /^[\w./-]{1,100}$/.test(value) ? value : 'something unknown';
}
