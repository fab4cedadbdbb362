import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LoadedKubeConfig, loadKubeConfig, type LoadKubeConfigOptions } from 'kuberx/kubeconfig';
import { directory } from '../rest/directory.ts';
import { certificate } from '../rest/test-certificate.ts';

/** The text of a kubeconfig: a server, whose certificate is trusted, and a user. */
export function kubeConfigText(server: string, user: object, cluster: object = {}): string {
  const authority = server.startsWith('https:')
    ? { 'certificate-authority-data': Buffer.from(certificate).toString('base64') }
    : {};
  return JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'k', cluster: { server, ...authority, ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [
      { name: 'c', context: { cluster: 'k', user: 'u' } },
      { name: 'd', context: { cluster: 'k', user: 'u', namespace: 'n' } },
    ],
  });
}

/** A kubeconfig in a file of its own, loaded. */
export function kubeConfigOf(
  text: string,
  options: LoadKubeConfigOptions = {},
): { readonly file: string; readonly loaded: LoadedKubeConfig } {
  const file = path.join(directory(), 'config');
  writeFileSync(file, text, { mode: 0o600 });
  return { file, loaded: loadKubeConfig({ files: file, ...options }) };
}
