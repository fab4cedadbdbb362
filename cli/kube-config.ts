import type { KubeConfig } from '@kubernetes/client-node';
import { printable } from 'kuberx';
import { loadKubeConfig } from 'kuberx/client-node';
import type { ClusterArguments } from './arguments.ts';
import { StartError } from './start-error.ts';

/**
 * The kubeconfig that the arguments name, at the context that they name.
 *
 * @throws StartError where there is none, it cannot be read, or it lacks the context. Nothing of its content is told but
 * names of contexts.
 */
export function kubeConfigOf({ kubeconfig, context }: Pick<ClusterArguments, 'kubeconfig' | 'context'>): KubeConfig {
  const what = kubeconfig === undefined ? 'the default kubeconfig' : `the kubeconfig ${printable(kubeconfig)}`;
  const kubeConfig = loaded(kubeconfig, what);
  // Without any configuration client-node makes one up, which names a server nobody asked for.
  if (kubeconfig === undefined && kubeConfig.getCurrentContext() === 'loaded-context')
    throw new StartError('no kubeconfig was found: pass --kubeconfig or set KUBECONFIG; without arguments a demo runs');
  const contexts = kubeConfig.getContexts().map(({ name }) => name);
  if (context !== undefined && !contexts.includes(context)) {
    const known = printable(contexts.join(', ')) || 'none';
    throw new StartError(`${what} has no context ${printable(JSON.stringify(context))}; it has ${known}`);
  }
  if (context !== undefined) kubeConfig.setCurrentContext(context);
  const cluster = kubeConfig.getCurrentCluster();
  const where = context === undefined ? 'its current context' : 'that context';
  if (cluster === null) throw new StartError(`${what} names no cluster in ${where}`);
  if (!/^https?:$/.test(URL.parse(cluster.server)?.protocol ?? ''))
    throw new StartError(`${what} has no http or https address for the server of ${where}`);
  return kubeConfig;
}

function loaded(file: string | undefined, what: string): KubeConfig {
  try {
    return loadKubeConfig(file);
  } catch (error) {
    throw new StartError(`${what} cannot be read: ${fault(error)}`, error);
  }
}

/** The system's word where it has one; a parser's message may quote what it read. */
function fault(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT') return 'there is no such file';
  return typeof code === 'string' ? code : 'it is not a kubeconfig';
}
