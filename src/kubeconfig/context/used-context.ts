import { printable } from '../../protocol/errors/printable.ts';
import { KubeConfigError } from '../kube-config-error.ts';
import type { KubeConfigCluster, KubeConfigContext, KubeConfigEntries, KubeConfigUser } from '../file/entries.ts';

/** A context with the entries that it names. */
export interface UsedContext {
  readonly name: string;
  readonly context: KubeConfigContext;
  readonly clusterName: string;
  readonly cluster: KubeConfigCluster;
  /** Empty where the context names none. */
  readonly userName: string;
  /** Undefined where the context names none, or one that is not there: requests go out without credentials then. */
  readonly user: KubeConfigUser | undefined;
  /** The file that the user stands in; undefined where it is none. */
  readonly userFile: string | undefined;
}

/**
 * The current context of a kubeconfig with its entries. Throws a `KubeConfigError`: NoContext, UnknownContext, UnknownCluster.
 * kubectl goes on with `http://localhost:8080` in these cases.
 */
export function usedContext(
  { clusters, users, contexts, currentContext }: KubeConfigEntries,
  userFiles: ReadonlyMap<string, string>,
): UsedContext {
  if (currentContext === undefined)
    throw new KubeConfigError('NoContext', `the kubeconfig chooses no context; it has ${namesOf(contexts)}.`);
  const context = contexts.get(currentContext);
  if (context === undefined) throw unknownContext(currentContext, contexts);
  const { cluster: clusterName, user: userName = '' } = context;
  if (clusterName === undefined)
    throw new KubeConfigError('UnknownCluster', `the context ${quoted(currentContext)} names no cluster.`);
  const cluster = clusters.get(clusterName);
  if (cluster === undefined) {
    const message = `the context ${quoted(currentContext)} names the cluster ${quoted(clusterName)}, which is not there; there is ${namesOf(clusters)}.`;
    throw new KubeConfigError('UnknownCluster', message);
  }
  const ofUser = { user: users.get(userName), userFile: userFiles.get(userName) };
  return { name: currentContext, context, clusterName, cluster, userName, ...ofUser };
}

/** The error of a context that is not there. */
export function unknownContext(name: string, contexts: KubeConfigEntries['contexts']): KubeConfigError {
  const message = `the kubeconfig has no context ${quoted(name)}; it has ${namesOf(contexts)}.`;
  return new KubeConfigError('UnknownContext', message);
}

// Longer than any name that people give.
const longestName = 200;

/** A name as an error tells it: long ones are cut, so that the rest of the error can be read. */
export function quoted(name: string): string {
  return printable(JSON.stringify(name), longestName);
}

function namesOf(entries: ReadonlyMap<string, unknown>): string {
  return [...entries.keys()].map(quoted).join(', ') || 'none';
}
