import type { ExecConfig } from '../file/entries.ts';
import { KubeConfigError } from '../kube-config-error.ts';

/** A credential plugin that can be run. */
export interface CheckedExec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly installHint: string | undefined;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
}

const versions: readonly string[] = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/**
 * Checks a plugin's configuration without running the plugin, and returns it. Throws a `KubeConfigError` Exec for one that
 * kubectl refuses. `whose` names the user.
 */
export function checkedExec(whose: string, exec: ExecConfig): CheckedExec {
  const invalid = (what: string): KubeConfigError => new KubeConfigError('Exec', `exec of ${whose} ${what}.`);
  const { command, args = [], env = [], apiVersion, installHint, provideClusterInfo = false, interactiveMode } = exec;
  if (command === undefined) throw invalid('has no command');
  if (apiVersion === undefined) throw invalid(`has no apiVersion; it takes ${versions.join(' or ')}`);
  if (!versions.includes(apiVersion))
    throw invalid(`has an apiVersion that is not ${versions.join(' or ')}; the plugin needs an update`);
  if (interactiveMode === undefined) throw invalid('has no interactiveMode; it takes Never, IfAvailable or Always');
  if (!isMode(interactiveMode)) throw invalid('has an interactiveMode that is not Never, IfAvailable or Always');
  const variables = Object.fromEntries(
    env.map(({ name, value = '' }) => {
      if (name === undefined) throw invalid('has a variable without a name in env');
      return [name, value];
    }),
  );
  return { command, args, env: variables, apiVersion, installHint, provideClusterInfo, interactiveMode };
}

function isMode(mode: string): mode is CheckedExec['interactiveMode'] {
  return mode === 'Never' || mode === 'IfAvailable' || mode === 'Always';
}
