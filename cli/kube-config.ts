import { printable } from 'kuberx';
import { KubeConfigError, type LoadedKubeConfig, loadKubeConfig } from 'kuberx/kubeconfig';
import { RestConfigError } from 'kuberx/rest';
import type { ClusterArguments } from './arguments/arguments.ts';
import { StartError } from './start-error.ts';

/**
 * The kubeconfig that the arguments name, at the context that they name, found and read as kubectl does it. `warn` is told what works
 * otherwise than it may have been meant.
 *
 * @throws StartError where there is none, it cannot be read, or its context will not do. Nothing of its content is told but
 * names and paths.
 */
export function kubeConfigOf(
  { kubeconfig, context }: Pick<ClusterArguments, 'kubeconfig' | 'context'>,
  warn: (message: string) => void = warnOnStandardError,
): LoadedKubeConfig {
  try {
    const loaded = loadKubeConfig({ files: kubeconfig, context, onWarning: warn });
    checkContext(loaded);
    return loaded;
  } catch (error) {
    if (!(error instanceof KubeConfigError || error instanceof RestConfigError)) throw error;
    throw new StartError(wordsOf(error, kubeconfig), error);
  }
}

/** Reading its source of credentials throws where a context will not do. */
function checkContext({ credentialsSource }: LoadedKubeConfig): unknown {
  return credentialsSource;
}

function wordsOf({ reason, message }: KubeConfigError | RestConfigError, file: string | undefined): string {
  const cause = message.replace(/\.$/, '');
  if (reason === 'NotFound' && file === undefined)
    return `no kubeconfig was found: pass --kubeconfig or set KUBECONFIG; without arguments a demo runs (${cause})`;
  return `${file === undefined ? 'the default kubeconfig' : `the kubeconfig ${printable(file)}`} will not do: ${cause}`;
}

function warnOnStandardError(message: string): void {
  process.stderr.write(`kuberx: ${printable(message)}\n`);
}
