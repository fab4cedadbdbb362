import path from 'node:path';
import type { KubeConfigCluster, KubeConfigEntries, KubeConfigUser } from './entries.ts';

/** The same entries with absolute paths: relative ones are taken from the directory of the file that they stand in. */
export function resolvePaths(entries: KubeConfigEntries, file: string): KubeConfigEntries {
  const directory = path.dirname(path.resolve(file));
  const resolved = <T extends object>(entry: T, names: readonly (keyof T)[]): T => ({
    ...entry,
    ...Object.fromEntries(
      names
        .filter((name) => entry[name] !== undefined)
        .map((name) => [name, path.resolve(directory, String(entry[name]))]),
    ),
  });
  const ofCluster = (entry: KubeConfigCluster): KubeConfigCluster => resolved(entry, ['certificate-authority']);
  const ofUser = (entry: KubeConfigUser): KubeConfigUser => {
    const user = resolved(entry, ['client-certificate', 'client-key', 'tokenFile']);
    const { exec } = user;
    // A name without a separator is looked for in PATH.
    const isPath = exec?.command?.includes(path.sep) === true;
    return isPath ? { ...user, exec: resolved(exec, ['command']) } : user;
  };
  return {
    ...entries,
    clusters: mapped(entries.clusters, ofCluster),
    users: mapped(entries.users, ofUser),
  };
}

function mapped<T>(entries: ReadonlyMap<string, T>, change: (entry: T) => T): ReadonlyMap<string, T> {
  return new Map([...entries].map(([name, entry]) => [name, change(entry)]));
}
