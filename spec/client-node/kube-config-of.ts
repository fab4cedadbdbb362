import { KubeConfig } from '@kubernetes/client-node';
import { certificate } from '../rest/test-certificate.ts';

/** A kubeconfig of one server, which it trusts, and one user. */
export function kubeConfigOf(server: string, user: object = {}, cluster: object = {}): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'c', server, caData: Buffer.from(certificate).toString('base64'), ...cluster }],
    users: [{ name: 'u', ...user }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
  return kubeConfig;
}
