import type { ObjectOf, ResourceString } from '../protocol/resource-types.ts';
import type { KubeScope } from './kube-options.ts';
import { useKubeProvided } from './kube-provider.ts';
import type { ObjectState } from './object-state.ts';
import { useShown } from './use-shown.ts';

/**
 * One object by its key, `namespace/name`, or `name` where there are no namespaces. It shares the informer of `useKube` with the same
 * scope. A deleted object stays, as it was last, until another key is asked for or it comes back.
 *
 * Throws a TypeError for a key that is neither a text nor undefined.
 *
 * ```ts
 * function useWeb() {
 *   const { object, presence } = useObject('v1/pods', 'default/web-0');
 *   return presence === 'deleted' ? 'gone' : object?.status?.phase;
 * }
 * ```
 */
export function useObject<R extends ResourceString>(
  resource: R,
  key: string | undefined,
  scope: KubeScope = {},
): ObjectState<ObjectOf<R>> {
  const { page, hydration, moments } = useKubeProvided('useObject');
  checkKey(key);
  const source = page.source<ObjectOf<R>>(resource, scope, hydration);
  return useShown(source.object(key).shown, false, moments && (() => moments.of(source, false).object(key)));
}

function checkKey(key: unknown): void {
  if (key === undefined || typeof key === 'string') return;
  const type = key === null ? 'null' : `of type ${typeof key}`;
  throw new TypeError(`the key of useObject is ${type}; it takes a text such as default/web-0, or undefined`);
}
