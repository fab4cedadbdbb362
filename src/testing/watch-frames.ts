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

/** The frame of an accepted watch. */
export const open: WatchFrame<never> = { type: 'OPEN' };

/**
 * A frame for an object that was created, or that began to match the selector.
 *
 * ```ts
 * const frame = added(buildObject('default/a', '2'));
 * ```
 */
export const added = <T extends KubernetesObject>(object: T): ChangeFrame<T> => change('ADDED', object);

/**
 * A frame for an object that changed.
 *
 * ```ts
 * const frame = modified(buildObject('default/a', '3'));
 * ```
 */
export const modified = <T extends KubernetesObject>(object: T): ChangeFrame<T> => change('MODIFIED', object);

/**
 * A frame for an object that is gone or left the selector. Its version is that of the deletion.
 *
 * ```ts
 * const frame = deleted(buildObject('default/a', '4'));
 * ```
 */
export const deleted = <T extends KubernetesObject>(object: T): ChangeFrame<T> => change('DELETED', object);

/**
 * A frame that says that all changes up to this version were sent.
 *
 * ```ts
 * const frame = bookmark('5');
 * ```
 */
export const bookmark = (resourceVersion: string): WatchFrame<never> => ({
  type: 'BOOKMARK',
  resourceVersion,
  initialEventsEnd: false,
});

/**
 * The marker after the state of a streaming list.
 *
 * ```ts
 * const frame = initialEventsEnd('5');
 * ```
 */
export const initialEventsEnd = (resourceVersion: string): WatchFrame<never> => ({
  type: 'BOOKMARK',
  resourceVersion,
  initialEventsEnd: true,
});

/**
 * The frame of a stream that failed with this code, and with this reason if one is given.
 *
 * ```ts
 * const frame = errorFrame(410, 'Expired');
 * ```
 */
export const errorFrame = (code: number, reason?: string, message = `code ${code}`): WatchFrame<never> => ({
  type: 'ERROR',
  status: status(code, reason, message),
});

/**
 * A Status as servers send it.
 *
 * ```ts
 * const gone = status(410, 'Expired');
 * ```
 */
export const status = (code: number, reason?: string, message = `code ${code}`): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  message,
  code,
  ...(reason === undefined ? {} : { reason }),
});

/**
 * One page of a list.
 *
 * ```ts
 * const first = page([buildObject('default/a', '1')], '5');
 * ```
 */
export const page = <T>(
  items: readonly T[],
  resourceVersion: string,
  rest: Partial<Omit<ListPage<T>, 'items' | 'resourceVersion'>> = {},
): ListPage<T> => ({ items, resourceVersion, ...rest });
