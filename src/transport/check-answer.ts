import type { ListPage } from '../protocol/list-page.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { isJsonRecord } from './json-record.ts';
import { isText, malformed } from './object-rule.ts';

/**
 * A page that did not come through our own decoder, once what a cache relies on is known to be there: each item has a
 * name to be held by. `items: null` is an empty list. Throws the `KubeError` Malformed, which says no content.
 */
export function checkPage<T>(resource: string, page: ListPage<T>): ListPage<T> {
  const given: unknown = page;
  if (!isJsonRecord(given)) throw malformed(resource, 'a list came that is not an object');
  const { items } = given;
  if (items === null) return { ...page, items: [] };
  if (!Array.isArray(items)) throw malformed(resource, 'a list came without items');
  items.forEach((item: unknown, index) => {
    if (!hasName(item)) throw malformed(resource, `item ${index + 1} of the list has no metadata.name`);
  });
  return page;
}

/**
 * The same for a frame of a watch, which also has to carry its version: resuming without one would miss deletions.
 * Throws the `KubeError` Malformed.
 */
export function checkFrame<T>(resource: string, frame: WatchFrame<T>): WatchFrame<T> {
  const given: unknown = frame;
  if (!isJsonRecord(given)) throw malformed(resource, 'a frame of the watch is not an object');
  switch (given['type']) {
    case 'OPEN':
      return frame;
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      if (!hasName(given['object'])) throw malformed(resource, 'an object of the watch has no metadata.name');
      break;
    case 'BOOKMARK':
      break;
    case 'ERROR':
      if (!isJsonRecord(given['status'])) throw malformed(resource, 'an ERROR frame has no status');
      return frame;
    default:
      throw malformed(resource, 'a frame has a type that no watch has');
  }
  if (!isText(given['resourceVersion'])) throw malformed(resource, 'a frame of the watch has no resourceVersion');
  return frame;
}

function hasName(object: unknown): boolean {
  return isJsonRecord(object) && isJsonRecord(object['metadata']) && isText(object['metadata']['name']);
}
