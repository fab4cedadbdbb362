import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { KubeConfig, loadYaml, type User } from '@kubernetes/client-node';

/**
 * Loads a kubeconfig as client-node does, and keeps the `tokenFile` of its users, which client-node drops: it is read
 * at each request from then on, because such files rotate. Without `file`: `$KUBECONFIG`, `~/.kube/config`, or the
 * service account of the pod that this runs in. For a program that needs client-node's `KubeConfig`: `loadKubeConfig` of
 * `kuberx/kubeconfig` reads kubeconfigs by kubectl's rules, several files too.
 *
 * ```ts
 * const pods = sharedInformer(listWatch(loadKubeConfig(), 'v1/pods'));
 * ```
 *
 * @throws client-node's errors: for a file that is missing, is invalid YAML, or lacks a needed field.
 */
export function loadKubeConfig(file?: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (file === undefined) kubeConfig.loadFromDefault();
  else kubeConfig.loadFromFile(file);
  const tokenFiles = new Map((file === undefined ? defaultFiles() : [file]).flatMap(tokenFilesOf));
  kubeConfig.users = kubeConfig.users.map((user) => withTokenFile(user, tokenFiles.get(user.name)));
  return kubeConfig;
}

function defaultFiles(): string[] {
  const listed = (process.env['KUBECONFIG'] ?? '').split(path.delimiter).filter((each) => each !== '');
  const home = path.join(homedir(), '.kube', 'config');
  return listed.length > 0 ? listed : existsSync(home) ? [home] : [];
}

function tokenFilesOf(file: string): [string, string][] {
  const { users } = loadYaml<{ users?: unknown }>(readFileSync(file, 'utf8'));
  if (!Array.isArray(users)) return [];
  return users.flatMap(({ name, user }: { name?: unknown; user?: { tokenFile?: unknown } | null }) =>
    typeof name === 'string' && typeof user?.tokenFile === 'string'
      ? [[name, path.resolve(path.dirname(file), user.tokenFile)] as [string, string]]
      : [],
  );
}

// The form in which client-node keeps a pod's token file, so its own clients see it too.
function withTokenFile(user: User, tokenFile: string | undefined): User {
  return tokenFile === undefined ? user : { ...user, authProvider: { name: 'tokenFile', config: { tokenFile } } };
}
