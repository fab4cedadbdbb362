import { homedir } from 'node:os';
import path from 'node:path';
import { printable } from '../protocol/errors/printable.ts';
import type { UseOptions } from './context/use-options.ts';
import type { KubeConfigEntries } from './file/entries.ts';
import { mergeKubeConfigs } from './file/merge-kube-configs.ts';
import { type ReadFile, readFiles } from './file/read-files.ts';
import { hasServiceAccount, inClusterEntries, isInPod } from './in-cluster.ts';
import { KubeConfigError } from './kube-config-error.ts';
import { type LoadedKubeConfig, loadedKubeConfig } from './loaded-kube-config.ts';

/** Options of {@link loadKubeConfig}: where it looks, and how what it finds is used. */
export interface LoadKubeConfigOptions extends UseOptions {
  /**
   * One file, which has to be there, as `--kubeconfig` of kubectl; or several, that are merged and may be missing, as
   * `$KUBECONFIG` has them. Default the files of `$KUBECONFIG`, and `~/.kube/config` where it is not set.
   */
  readonly files?: string | readonly string[] | undefined;
  /** The context to use. Default the one that the kubeconfig chooses as current. */
  readonly context?: string | undefined;
  /**
   * What counts in a pod: its service account `first`, or `last`, where no file is there or none has an entry, or `never`.
   * Default `last`, as kubectl does it.
   */
  readonly inCluster?: 'first' | 'last' | 'never' | undefined;
  /** The environment: `KUBECONFIG`, `HOME`, what a pod has, `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Default that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where a pod's service account is mounted. Default `/var/run/secrets/kubernetes.io/serviceaccount`. */
  readonly serviceAccount?: string | undefined;
}

/**
 * Reads kubeconfigs by kubectl's rules. Several are merged: the first file that has an entry of a name has it all, the first
 * that chooses a context chooses it; a relative path is taken from the directory of its own file. What is wrong with an entry is told when
 * it is used, not before. The value goes wherever a `RestConfig` goes:
 *
 * ```ts
 * import { sharedInformer } from 'kuberx';
 * import { loadKubeConfig } from 'kuberx/kubeconfig';
 * import { listWatch } from 'kuberx/rest';
 *
 * const pods = sharedInformer(listWatch(loadKubeConfig({ context: 'production' }), 'v1/pods'));
 * ```
 *
 * Files are read here, once; certificates, keys and token files are read when they are needed, so that they may rotate.
 *
 * @throws KubeConfigError NotFound, Unreadable, Syntax, or UnknownContext where `context` is not there; RestConfigError in a
 * pod without a token or a CA; TypeError on an option that there is not.
 */
export function loadKubeConfig(options: LoadKubeConfigOptions = {}): LoadedKubeConfig {
  checkOptions(options);
  const { files, context, inCluster = 'last', env = process.env, serviceAccount, ...use } = options;
  const pod = { env, directory: serviceAccount };
  const loaded = (entries: KubeConfigEntries, read: readonly ReadFile[]): LoadedKubeConfig => {
    const all = loadedKubeConfig(entries, read.map(({ file }) => file), userFilesOf(read), { ...use, env, logins: new Map() }); // prettier-ignore
    return context === undefined ? all : all.use(context);
  };
  if (inCluster === 'first' && hasServiceAccount(pod)) return loaded(inClusterEntries(pod), []);
  const places = typeof files === 'string' ? [files] : (files ?? usualFiles(env));
  const read = readFiles(places);
  const merged = mergeKubeConfigs(read.map(({ entries }) => entries));
  const isEmpty = merged.clusters.size + merged.users.size + merged.contexts.size === 0;
  const isNamed = typeof files === 'string';
  if (isEmpty && !isNamed && inCluster === 'last' && isInPod(pod)) return loaded(inClusterEntries(pod), []);
  if (read.length === 0)
    throw new KubeConfigError('NotFound', `there is no kubeconfig: looked for ${inWords(places)}.`);
  return loaded(merged, read);
}

function usualFiles(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { KUBECONFIG: listed, HOME: home } = env;
  return listed ? listed.split(path.delimiter) : [path.join(home || homedir(), '.kube', 'config')];
}

function userFilesOf(read: readonly ReadFile[]): ReadonlyMap<string, string> {
  // Backwards, so that the first file counts.
  return new Map(
    [...read].reverse().flatMap(({ file, entries }) => [...entries.users.keys()].map((name) => [name, file])),
  );
}

function inWords(places: readonly string[]): string {
  return places.filter((place) => place !== '').join(', ') || 'none, for no file is named';
}

const optionNames: readonly string[] = [
  'files',
  'context',
  'inCluster',
  'env',
  'serviceAccount',
  'allowInsecureCredentials',
  'renewedTokens',
  'onWarning',
] satisfies (keyof LoadKubeConfigOptions)[];

// An option that nothing reads may have been meant to choose another cluster.
function checkOptions(options: LoadKubeConfigOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || optionNames.includes(name)) continue;
    throw new TypeError(`${printable(name)} is not an option of loadKubeConfig; it has ${optionNames.join(', ')}.`);
  }
  const { inCluster = 'last' } = options;
  if (!['first', 'last', 'never'].includes(inCluster))
    throw new TypeError(`inCluster takes 'first', 'last' or 'never'.`);
}
