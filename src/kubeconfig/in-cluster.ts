import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inClusterConfig, type InClusterOptions } from '../rest/config/in-cluster-config.ts';
import type { KubeConfigEntries } from './file/entries.ts';

/** The name of the one cluster, user and context that a pod has. */
const inCluster = 'in-cluster';

// Source: client-go, tools/clientcmd, inClusterClientConfig.Possible.
const usualDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Whether this process runs in a pod, by its variables. */
export function isInPod({ env = process.env }: InClusterOptions): boolean {
  return Boolean(env['KUBERNETES_SERVICE_HOST']) && Boolean(env['KUBERNETES_SERVICE_PORT']);
}

/** Whether this process runs in a pod that has the token of a service account. */
export function hasServiceAccount(pod: InClusterOptions): boolean {
  return isInPod(pod) && existsSync(path.join(pod.directory ?? usualDirectory, 'token'));
}

/**
 * What a pod knows of its cluster, as a kubeconfig would have it. Throws a `RestConfigError` outside of a pod, and where the pod
 * has no token or no CA.
 */
export function inClusterEntries(pod: InClusterOptions): KubeConfigEntries {
  const { server, tokenFile, caFile } = inClusterConfig(pod);
  const namespace = (pod.env ?? process.env)['POD_NAMESPACE'] ?? namespaceIn(pod.directory ?? usualDirectory);
  const context = { cluster: inCluster, user: inCluster, ...(namespace && { namespace }) };
  return {
    clusters: new Map([[inCluster, { server, ...(caFile !== undefined && { 'certificate-authority': caFile }) }]]),
    users: new Map([[inCluster, { ...(tokenFile !== undefined && { tokenFile }) }]]),
    contexts: new Map([[inCluster, context]]),
    currentContext: inCluster,
  };
}

function namespaceIn(directory: string): string | undefined {
  try {
    return readFileSync(path.join(directory, 'namespace'), 'utf8').trim();
  } catch {
    return undefined;
  }
}
