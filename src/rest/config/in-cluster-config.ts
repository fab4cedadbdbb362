import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { RestConfig } from './rest-config.ts';
import { RestConfigError } from './rest-config-error.ts';

/** Options of {@link inClusterConfig}: the places where it looks. */
export interface InClusterOptions {
  /** The environment variables. Default those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The directory of the service account. Default `/var/run/secrets/kubernetes.io/serviceaccount`. */
  readonly directory?: string | undefined;
}

// The place where the server's admission plugin mounts it. Source: client-go, rest.InClusterConfig.
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The config of a process in a pod: the server of its cluster, as the pod's service account. client-go's
 * `rest.InClusterConfig`. Token and CA stay in their files, which rotate. Unlike in client-go, a pod without a CA is an
 * error: its token would go to any server that the system trusts.
 *
 * ```ts
 * const pods = sharedInformer(listWatch<V1Pod>(inClusterConfig(), 'v1/pods'));
 * ```
 *
 * @throws RestConfigError: NotInCluster outside of a pod, NoServiceAccount if token or CA cannot be read, Invalid if
 * the variables make no address.
 */
export function inClusterConfig({ env = process.env, directory = serviceAccount }: InClusterOptions = {}): RestConfig {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host || !port) {
    const message =
      'this process does not run in a pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set.';
    throw new RestConfigError('NotInCluster', message);
  }
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  if (/[^\w.:-]/.test(host) || /\D/.test(port) || !URL.canParse(server)) {
    const message = 'KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT make no address of a server.';
    throw new RestConfigError('Invalid', message);
  }
  return { server, tokenFile: mounted(directory, 'token'), caFile: mounted(directory, 'ca.crt') };
}

function mounted(directory: string, name: string): string {
  const file = join(directory, name);
  try {
    readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message =
      `the service account of the pod has no ${name}: the file ${file} could not be read: ${code}. ` +
      'A pod with automountServiceAccountToken: false has none.';
    throw new RestConfigError('NoServiceAccount', message);
  }
  return file;
}
