import type { Status } from '../protocol/errors/status.ts';
import type { CacheChange } from './cache-change.ts';
import { type ObjectForm, objectText } from './list-text.ts';
import type { Revision } from './revision.ts';
import type { Selection } from './selection.ts';
import { apiVersionOf, type ServedResource } from './served-resource.ts';

/** One event, one line. */
export function eventLine(type: 'ADDED' | 'MODIFIED' | 'DELETED', revision: Revision, form: ObjectForm): string {
  return `{"type":"${type}","object":${objectText(revision, form)}}\n`;
}

/** The line that ends a stream that has failed. */
export function errorLine(status: Status): string {
  return `${JSON.stringify({ type: 'ERROR', object: status })}\n`;
}

// A bookmark is an empty object of the kind, and these kinds print fields that are not set.
const emptyParts: Readonly<Record<string, object>> = { Pod: { spec: { containers: null }, status: {} } };

/** A bookmark; `marker`: the one that ends the initial state of a streaming list. */
export function bookmarkLine(resource: ServedResource, version: bigint, form: ObjectForm, marker: boolean): string {
  const object = {
    kind: form === 'metadata' ? 'PartialObjectMetadata' : resource.kind,
    apiVersion: form === 'metadata' ? 'meta.k8s.io/v1' : apiVersionOf(resource),
    metadata: {
      resourceVersion: String(version),
      ...(marker && { annotations: { 'k8s.io/initial-events-end': 'true' } }),
    },
    ...(form === 'whole' && resource.builtIn && emptyParts[resource.kind]),
  };
  return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`;
}

/**
 * The line of a change for a selection, or `undefined` if it concerns none of the selected objects. An object that
 * leaves the selection is deleted for its watchers.
 */
export function changeLine(change: CacheChange, selection: Selection, form: ObjectForm): string | undefined {
  const { previous, current, departed } = change;
  const was = previous !== undefined && selection.matches(previous.object);
  if (current !== undefined && selection.matches(current.object)) {
    return eventLine(was ? 'MODIFIED' : 'ADDED', current, form);
  }
  return was && departed !== undefined ? eventLine('DELETED', departed, form) : undefined;
}
