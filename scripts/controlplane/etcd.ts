import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Daemon } from './daemon.ts';
import { request } from './http-request.ts';
import type { Supervisor } from './supervisor.ts';

/** Where an etcd on this loopback port is reached. */
export function etcdUrlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Where etcd keeps what it stores: to be copied or replaced only while it is down. */
export function etcdDir(dataDir: string): string {
  return join(dataDir, 'etcd');
}

/** Starts an etcd on the given loopback port; it keeps nothing safe from a power cut. */
export function startEtcd(
  supervisor: Supervisor,
  { program, port }: { readonly program: string; readonly port: number },
  signal?: AbortSignal,
): Promise<Daemon> {
  const { dataDir } = supervisor;
  // The name tells this etcd from another that was faster to the port.
  const name = `kuberx-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const url = etcdUrlOf(port);
  const args = [
    `--name=${name}`,
    `--data-dir=${etcdDir(dataDir)}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    // There are no peers: any port will do.
    '--listen-peer-urls=http://127.0.0.1:0',
    // As kubeadm sets it: without it the bookmarks of an idle resource stand still.
    '--watch-progress-notify-interval=5s',
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
  return supervisor.start({ program, args }, () => answersAs(name, url), signal);
}

async function answersAs(name: string, url: string): Promise<boolean> {
  const answer = (await gateway(url, 'cluster/member/list', {})) as { members?: { name?: string }[] };
  return answer.members?.[0]?.name === name;
}

/**
 * Compacts the history, and tells the apiserver so: it looks at its key `compact_rev_key` every 15 seconds.
 *
 * @param revision - Default: the present one.
 * @returns The revision that was compacted at: a watch from the one before it is answered with 410.
 */
export async function compactEtcd(url: string, revision?: string): Promise<string> {
  const key = base64('compact_rev_key');
  const present = (await gateway(url, 'kv/range', { key })) as { header: { revision: string } };
  const at = revision ?? present.header.revision;
  await gateway(url, 'kv/compaction', { revision: at, physical: true });
  await gateway(url, 'kv/put', { key, value: base64(at) });
  return at;
}

/** Deletes a key, whatever an apiserver thinks of it; not told apart from a key that is not there. */
export async function deleteFromEtcd(url: string, key: string): Promise<void> {
  await gateway(url, 'kv/deleterange', { key: base64(key) });
}

// So many requests keep two cores busy.
const requestsAtATime = 32;

/**
 * Stores values under their keys, whatever an apiserver thinks of them: several times as fast as through one. Each is a
 * revision of its own, as an apiserver expects it: of a transaction it would show a part.
 */
export async function storeInEtcd(url: string, entries: Iterable<readonly [key: string, value: string]>): Promise<void> {
  const left = entries[Symbol.iterator]();
  const store = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const [key, value] = next.value;
      await gateway(url, 'kv/put', { key: base64(key), value: base64(value) });
    }
  };
  await Promise.all(Array.from({ length: requestsAtATime }, store));
}

/** etcd serves its gRPC API as JSON over HTTP too, so that no etcdctl is needed. */
async function gateway(url: string, method: string, body: unknown): Promise<unknown> {
  const answer = await request(`${url}/v3/${method}`, { body });
  if (answer.status !== 200) throw new Error(`etcd answered ${method} with ${answer.status}: ${answer.body.trim()}`);
  return JSON.parse(answer.body);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
