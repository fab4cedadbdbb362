import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { Status } from '../protocol/errors/status.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';

/** A frame that carries an object. */
export type ChangeFrame<T> = Extract<WatchFrame<T>, { object: T }>;

const change = <T extends KubernetesObject>(type: ChangeFrame<T>['type'], object: T): ChangeFrame<T> => {
  const { resourceVersion } = object.metadata;
  return { type, object, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
};

/** The frame that says that the watch is accepted. */
export const open: WatchFrame<never> = { type: 'OPEN' };

/** The object came to be, or came to match the selector. */
export const added = <T extends KubernetesObject>(object: T): ChangeFrame<T> => change('ADDED', object);

/** The object changed. */
export const modified = <T extends KubernetesObject>(object: T): ChangeFrame<T> => change('MODIFIED', object);

/** The object is gone, or left the selector; its version is that of the deletion. */
export const deleted = <T extends KubernetesObject>(object: T): ChangeFrame<T> => change('DELETED', object);

/** Nothing changed up to this version. */
export const bookmark = (resourceVersion: string): WatchFrame<never> => ({
  type: 'BOOKMARK',
  resourceVersion,
  initialEventsEnd: false,
});

/** The marker after the state of a streaming list. */
export const initialEventsEnd = (resourceVersion: string): WatchFrame<never> => ({
  type: 'BOOKMARK',
  resourceVersion,
  initialEventsEnd: true,
});

/** The stream has failed with this code, and reason if any. */
export const errorFrame = (code: number, reason?: string, message = `code ${code}`): WatchFrame<never> => ({
  type: 'ERROR',
  status: status(code, reason, message),
});

/** A Status as servers send it. */
export const status = (code: number, reason?: string, message = `code ${code}`): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  message,
  code,
  ...(reason === undefined ? {} : { reason }),
});

/** One page of a list. */
export const page = <T>(
  items: readonly T[],
  resourceVersion: string,
  rest: Partial<Omit<ListPage<T>, 'items' | 'resourceVersion'>> = {},
): ListPage<T> => ({ items, resourceVersion, ...rest });
