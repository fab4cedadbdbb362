import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { onFreePort } from './free-port.ts';
import { request } from './http-request.ts';
import type { Supervisor } from './supervisor.ts';

/**
 * Starts an etcd on a free loopback port; it keeps nothing safe from a power cut.
 *
 * @returns Its URL.
 */
export function startEtcd(supervisor: Supervisor, program: string, signal?: AbortSignal): Promise<string> {
  const { dataDir } = supervisor;
  // The name tells this etcd from another that was faster to the port.
  const name = `kuberx-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  return onFreePort(async (port) => {
    const url = `http://127.0.0.1:${port}`;
    const args = [
      `--name=${name}`,
      `--data-dir=${join(dataDir, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      // There are no peers: any port will do.
      '--listen-peer-urls=http://127.0.0.1:0',
      // As kubeadm sets it: without it the bookmarks of an idle resource stand still.
      '--watch-progress-notify-interval=5s',
      '--unsafe-no-fsync',
      '--log-level=warn',
    ];
    await supervisor.start({ program, args }, () => answersAs(name, url), signal);
    return url;
  });
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

/** etcd serves its gRPC API as JSON over HTTP too, so that no etcdctl is needed. */
async function gateway(url: string, method: string, body: unknown): Promise<unknown> {
  const answer = await request(`${url}/v3/${method}`, { body });
  if (answer.status !== 200) throw new Error(`etcd answered ${method} with ${answer.status}: ${answer.body.trim()}`);
  return JSON.parse(answer.body);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
