import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Daemon } from './daemon.ts';
import { request } from './http-request.ts';
import { writeSecretFile } from './secret-file.ts';
import { type Identity, selfSignedCertificate } from './self-signed-certificate.ts';
import type { Supervisor } from './supervisor.ts';

/** The access to an etcd: only holders of this certificate's key may connect, and the etcd itself is one. */
export interface EtcdIdentity extends Identity {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** An etcd, and how it is spoken with. */
export interface Etcd {
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  readonly identity: EtcdIdentity;
}

/** Makes a fresh identity, and writes it for its owner alone. */
export async function writeEtcdIdentity(dataDir: string): Promise<EtcdIdentity> {
  const identity = selfSignedCertificate('kuberx etcd');
  const [certificateFile, keyFile] = [join(dataDir, 'etcd.crt'), join(dataDir, 'etcd.key')];
  await writeSecretFile(certificateFile, identity.certificate);
  await writeSecretFile(keyFile, identity.key);
  return { ...identity, certificateFile, keyFile };
}

/** An etcd on this loopback port. */
export function etcdOn(port: number, identity: EtcdIdentity): Etcd {
  return { url: `https://127.0.0.1:${port}`, identity };
}

/** The directory of etcd's data. Copy or replace it only while etcd is down. */
export function etcdDir(dataDir: string): string {
  return join(dataDir, 'etcd');
}

/** Starts an etcd, which listens to nobody but its own; it keeps nothing safe from a power cut. */
export function startEtcd(
  supervisor: Supervisor,
  { program, etcd }: { readonly program: string; readonly etcd: Etcd },
  signal?: AbortSignal,
): Promise<Daemon> {
  const { dataDir } = supervisor;
  // The name distinguishes this etcd from another one that was faster to the port.
  const name = `kuberx-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const { url, identity } = etcd;
  const args = [
    `--name=${name}`,
    `--data-dir=${etcdDir(dataDir)}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    ...tlsFlags('', identity),
    // There are no peers: any port will do.
    '--listen-peer-urls=https://127.0.0.1:0',
    ...tlsFlags('peer-', identity),
    // As kubeadm sets it: without it the bookmarks of an idle resource stand still.
    '--watch-progress-notify-interval=5s',
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
  return supervisor.start({ program, args }, () => answersAs(name, etcd), signal);
}

/** Its own certificate is the only authority that it trusts. */
function tlsFlags(prefix: '' | 'peer-', { certificateFile, keyFile }: EtcdIdentity): string[] {
  return [
    `--${prefix}cert-file=${certificateFile}`,
    `--${prefix}key-file=${keyFile}`,
    `--${prefix}client-cert-auth`,
    `--${prefix}trusted-ca-file=${certificateFile}`,
  ];
}

async function answersAs(name: string, etcd: Etcd): Promise<boolean> {
  const answer = (await gateway(etcd, 'cluster/member/list', {})) as { members?: { name?: string }[] };
  return answer.members?.[0]?.name === name;
}

/**
 * Compacts the history, and tells the apiserver so: it looks at its key `compact_rev_key` every 15 seconds.
 *
 * @param revision - Default: the present one.
 * @returns The revision that was compacted at: a watch from the one before it is answered with 410.
 */
export async function compactEtcd(etcd: Etcd, revision?: string): Promise<string> {
  const key = base64('compact_rev_key');
  const present = (await gateway(etcd, 'kv/range', { key })) as { header: { revision: string } };
  const at = revision ?? present.header.revision;
  await gateway(etcd, 'kv/compaction', { revision: at, physical: true });
  await gateway(etcd, 'kv/put', { key, value: base64(at) });
  return at;
}

/** Deletes a key, without the apiserver's checks. A missing key is no error. */
export async function deleteFromEtcd(etcd: Etcd, key: string): Promise<void> {
  await gateway(etcd, 'kv/deleterange', { key: base64(key) });
}

// The number of requests that keeps two cores busy.
const requestsAtATime = 32;

/**
 * Stores values under their keys, without the apiserver's checks, and several times faster than through an apiserver.
 * Each is a revision of its own, as an apiserver expects it: it would show a part of a transaction.
 */
export async function storeInEtcd(etcd: Etcd, entries: Iterable<readonly [key: string, value: string]>): Promise<void> {
  const left = entries[Symbol.iterator]();
  const store = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const [key, value] = next.value;
      await gateway(etcd, 'kv/put', { key: base64(key), value: base64(value) });
    }
  };
  await Promise.all(Array.from({ length: requestsAtATime }, store));
}

/** etcd serves its gRPC API as JSON over HTTP too, so that no etcdctl is needed. */
async function gateway({ url, identity }: Etcd, method: string, body: unknown): Promise<unknown> {
  const answer = await request(`${url}/v3/${method}`, { body, ca: identity.certificate, identity });
  if (answer.status !== 200) throw new Error(`etcd answered ${method} with ${answer.status}: ${answer.body.trim()}`);
  return JSON.parse(answer.body);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
