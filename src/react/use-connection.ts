import type { KubeConnection } from './kube-connection.ts';
import { useKubeProvided } from './kube-provider.ts';
import { useShown } from './use-shown.ts';

/**
 * Where the page stands: the worst of all that its components hold, and what the page's own connection knows, such as that the user is
 * signed out. It holds nothing itself.
 *
 * ```ts
 * function useConnectionText() {
 *   const { state, since, retryNow } = useConnection();
 *   return { text: `${state} since ${new Date(since).toLocaleTimeString()}`, onClick: retryNow };
 * }
 * ```
 */
export function useConnection(): KubeConnection {
  const { connection, moments } = useKubeProvided('useConnection');
  return useShown(connection, false, moments && (() => beforeAnything));
}

const beforeAnything: KubeConnection = {
  state: 'catching up',
  since: 0,
  retryAt: undefined,
  denied: [],
  streams: undefined,
  retryNow: undefined,
  signedIn: undefined,
};
