import { KubeConfig } from '@kubernetes/client-node';
import { certificate } from '../rest/test-certificate.ts';

/** A kubeconfig of one server, which it trusts if it has a certificate, and one user. */
export function kubeConfigOf(server: string, user: object = {}, cluster: object = {}): KubeConfig {
  const kubeConfig = new KubeConfig();
  const isTrusted = server.startsWith('https:') && !('skipTLSVerify' in cluster);
  const authority = isTrusted ? { caData: Buffer.from(certificate).toString('base64') } : {};
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'c', server, ...authority, ...cluster }],
    users: [{ name: 'u', ...user }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
  return kubeConfig;
}
