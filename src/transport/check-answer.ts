import { kubeErrorFrom } from '../protocol/errors/kube-error.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { changeFrame } from './decode/change-frame.ts';
import { isJsonRecord } from './decode/json-record.ts';
import { isText, malformed } from './decode/object-rule.ts';
import { takeItems } from './decode/take-items.ts';

/**
 * Checks a page that another decoder made. Items that no cache can hold, because they have no valid name, are left out
 * and named in `refused`. `items: null` is an empty list. Throws the `KubeError` Malformed, which quotes no content.
 */
export function checkPage<T>(resource: string, page: ListPage<T>): ListPage<T> {
  const given: unknown = page;
  if (!isJsonRecord(given)) throw malformed(resource, 'a list came that is not an object');
  const { items } = given;
  if (items === null) return { ...page, items: [] };
  if (!Array.isArray(items)) throw malformed(resource, 'a list came without items');
  const taken = takeItems<T>(resource, items);
  if (taken.items === items) return page;
  const { error, count } = page.refused ?? { count: 0 };
  const refused = taken.refused && { error: error ?? taken.refused.error, count: count + taken.refused.count };
  return { ...page, items: taken.items, ...(refused && { refused }) };
}

/**
 * Checks a frame of a watch that another decoder made. The change of an object that no cache can hold becomes a REFUSED
 * frame. A version that is not text is left out. Throws the `KubeError` Malformed.
 */
export function checkFrame<T>(resource: string, frame: WatchFrame<T>): WatchFrame<T> {
  const given: unknown = frame;
  if (!isJsonRecord(given)) throw malformed(resource, 'a frame of the watch is not an object');
  const { type, object, resourceVersion, ...rest } = given;
  switch (type) {
    case 'OPEN':
      return frame;
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED': {
      const version = isText(resourceVersion) ? resourceVersion : undefined;
      return changeFrame(type, object, { resource, place: 'an object of the watch' }, version);
    }
    case 'BOOKMARK':
      return isText(resourceVersion) ? frame : ({ type, ...rest } as WatchFrame<T>);
    case 'REFUSED': {
      const error = kubeErrorFrom(resource, rest['error'], 'Malformed');
      return error === rest['error'] ? frame : { type, error, ...(isText(resourceVersion) && { resourceVersion }) };
    }
    case 'ERROR':
      if (!isJsonRecord(given['status'])) throw malformed(resource, 'an ERROR frame has no status');
      return frame;
    default:
      throw malformed(resource, 'a frame has a type that no watch has');
  }
}
