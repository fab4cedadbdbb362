import type { CredentialsSource } from '../rest/config/credentials.ts';
import type { ServerConnection } from '../rest/config/server-connection.ts';
import { contextCredentials } from './context/context-credentials.ts';
import type { ContextOptions } from './context/use-options.ts';
import { unknownContext, usedContext } from './context/used-context.ts';
import type { KubeConfigEntries } from './file/entries.ts';

/**
 * A kubeconfig that was loaded, at one of its contexts. It goes wherever a `RestConfig` goes, and is a value: `use` returns
 * another one. All that were loaded together share what plugins and providers gave. Mind that `users` holds secrets.
 */
export interface LoadedKubeConfig extends KubeConfigEntries, ServerConnection {
  /** The namespace of the context; `default` where it has none. */
  readonly namespace: string;
  /** The files that were read, first the one that goes before the others. */
  readonly files: readonly string[];
  /**
   * Where requests go, and as whom. It throws a `KubeConfigError` where the context will not do: here is where `listWatch` and others
   * fail.
   */
  readonly credentialsSource: CredentialsSource;
  /** The same kubeconfig at another context. Throws a `KubeConfigError` UnknownContext. */
  use(context: string): LoadedKubeConfig;
}

/** A kubeconfig of entries that were read from files: `userFiles` has, for each user, the one that it stands in. */
export function loadedKubeConfig(
  entries: KubeConfigEntries,
  files: readonly string[],
  userFiles: ReadonlyMap<string, string>,
  options: ContextOptions,
): LoadedKubeConfig {
  const sources = new Map<string, CredentialsSource>();

  function sourceOf(at: KubeConfigEntries): CredentialsSource {
    const used = usedContext(at, userFiles);
    const key = JSON.stringify([used.clusterName, used.userName]);
    const source = sources.get(key) ?? contextCredentials(used, options);
    sources.set(key, source);
    return source;
  }

  function at(currentContext: string | undefined): LoadedKubeConfig {
    const own: KubeConfigEntries = { ...entries, currentContext };
    return {
      ...own,
      files,
      namespace: entries.contexts.get(currentContext ?? '')?.namespace ?? 'default',
      get credentialsSource() {
        return sourceOf(own);
      },
      use(context) {
        if (!entries.contexts.has(context)) throw unknownContext(context, entries.contexts);
        return at(context);
      },
    };
  }
  return at(entries.currentContext);
}
