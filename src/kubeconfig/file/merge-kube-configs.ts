import type { KubeConfigEntries } from './entries.ts';

/**
 * Several kubeconfigs as one. The first that has an entry of a name has it all: nothing of a later one of that name is added.
 * The first that chooses a context chooses it.
 */
export function mergeKubeConfigs(files: readonly KubeConfigEntries[]): KubeConfigEntries {
  return {
    clusters: merged(files.map(({ clusters }) => clusters)),
    users: merged(files.map(({ users }) => users)),
    contexts: merged(files.map(({ contexts }) => contexts)),
    currentContext: files.find(({ currentContext }) => currentContext !== undefined)?.currentContext,
  };
}

function merged<T>(maps: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> {
  const all = new Map<string, T>();
  for (const map of maps) for (const [name, entry] of map) if (!all.has(name)) all.set(name, entry);
  return all;
}
