import type { WatchFrame } from '../../protocol/watch-frame.ts';
import { holdable } from './holdable.ts';
import { isJsonRecord } from './json-record.ts';
import { isText, malformed } from './object-rule.ts';

/** The place of a change, for errors. */
export interface ChangePlace {
  readonly resource: string;
  /** The object in words: `an object of the watch`. */
  readonly place: string;
}

/**
 * The frame of a change. It is REFUSED if the object is not {@link holdable}. Its version is `resourceVersion`, or else
 * the version of the object. It has no version if both are missing.
 */
export function changeFrame<T>(
  type: 'ADDED' | 'MODIFIED' | 'DELETED',
  given: unknown,
  { resource, place }: ChangePlace,
  resourceVersion: unknown = versionOf(given),
): WatchFrame<T> {
  const version = isText(resourceVersion) ? { resourceVersion } : {};
  const object = holdable(given);
  if (typeof object !== 'string') return { type, object: object as T, ...version };
  return { type: 'REFUSED', error: malformed(resource, `${place} ${object}, and is left out`), ...version };
}

function versionOf(object: unknown): unknown {
  return isJsonRecord(object) && isJsonRecord(object['metadata']) ? object['metadata']['resourceVersion'] : undefined;
}
