import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The text of a kubeconfig for a server, with a context named `kuberx`. JSON, which is YAML too.
 *
 * With `ca` the server is trusted by that alone. Over plain HTTP kubectl sends no token; client-node wants to be told to skip the check of a certificate that is not there.
 */
export function kubeconfigText(url: string, token?: string, ca?: string): string {
  const name = 'kuberx';
  const trust =
    ca === undefined
      ? { 'insecure-skip-tls-verify': true }
      : { 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: url, ...trust } }],
    users: [{ name, user: token === undefined ? {} : { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** A kubeconfig on disk, readable by its owner only. */
export class KubeconfigFile {
  readonly path: string;
  /** The directory that was made for the file, and goes with it. */
  readonly #directory: string | undefined;
  readonly #text: string;

  /** Without a path, in a new directory among the temporary files. */
  constructor(text: string, path?: string) {
    this.#directory = path === undefined ? mkdtempSync(join(tmpdir(), 'kuberx-')) : undefined;
    this.path = path ?? join(this.#directory ?? '', 'kubeconfig');
    this.#text = text;
    this.#write();
  }

  /** Writes the file anew after it was removed. A directory in its place that is not ours is an error. */
  restore(): void {
    if (this.#directory !== undefined) mkdirSync(dirname(this.path), { mode: 0o700 });
    this.#write();
  }

  remove(): void {
    rmSync(this.path, { force: true });
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
  }

  #write(): void {
    // A file that is there keeps its mode when it is written, so it goes first.
    rmSync(this.path, { force: true });
    writeFileSync(this.path, this.#text, { mode: 0o600, flag: 'wx' });
  }
}
