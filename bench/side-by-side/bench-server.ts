import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { storeInEtcd } from '../../scripts/controlplane/etcd.ts';
import { request } from '../../scripts/controlplane/http-request.ts';
import { benchPod, namespacesOf } from './bench-pod.ts';

/** A server with pods, in other processes. */
export interface BenchServer {
  /** Its description, for the head of the tables. */
  readonly name: string;
  readonly url: string;
  readonly kubeconfig: string;
  /** PEM certificates, if it speaks TLS. */
  readonly ca: string | undefined;
  /** Bearer token, if it needs one. */
  readonly token: string | undefined;
  stop(): Promise<void>;
}

/** Which server: a control plane, unless Go is missing; or the embedded one. */
export type ServerChoice = 'controlplane' | 'embedded';

/**
 * Starts a server with this number of pods. Without Go it is the embedded one, and `log` is called with a line that
 * says so.
 */
export async function startBenchServer(
  choice: ServerChoice,
  objects: number,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<BenchServer> {
  if (choice === 'embedded') return startEmbedded(objects);
  try {
    return await startReal(objects, log, signal);
  } catch (error) {
    if (!(error instanceof GoMissing)) throw error;
    log(`${error.message}. The embedded API server stands in for it.`);
    return startEmbedded(objects);
  }
}

async function startReal(objects: number, log: (line: string) => void, signal?: AbortSignal): Promise<BenchServer> {
  const controlPlane = await startControlPlane({ log, signal });
  const { url, ca, token, etcd, kubeconfig } = controlPlane;
  try {
    for (const name of namespacesOf(objects)) {
      const { status, body } = await request(`${url}/api/v1/namespaces`, { ca, token, body: { metadata: { name } } });
      if (status !== 201) throw new Error(`the namespace ${name} was not created: ${body}`);
    }
    log(`storing ${objects} pods`);
    await storeInEtcd(etcd, entries(objects));
    await untilServed(`${url}/api/v1/pods?limit=1`, objects, { ca, token });
    const { body } = await request(`${url}/version`, { ca, token });
    const { gitVersion } = JSON.parse(body) as { gitVersion: string };
    const stop = (): Promise<void> => controlPlane.stop();
    return { name: `kube-apiserver ${gitVersion} and etcd`, url, kubeconfig, ca, token, stop };
  } catch (error) {
    await controlPlane.stop();
    throw error;
  }
}

function* entries(objects: number): Generator<readonly [string, string]> {
  for (let index = 0; index < objects; index++) {
    const pod = benchPod(index);
    yield [`/registry/pods/${pod.metadata.namespace}/${pod.metadata.name}`, JSON.stringify(pod)];
  }
}

/** The watch cache of the server learns of them after etcd does. */
async function untilServed(url: string, objects: number, credentials: { ca: string; token: string }): Promise<void> {
  for (let count = -1; count < objects;) {
    const { body } = await request(url, { ...credentials, timeout: 60_000 });
    const list = JSON.parse(body) as { items: unknown[]; metadata: { remainingItemCount?: number } };
    count = list.items.length + (list.metadata.remainingItemCount ?? 0);
  }
}

async function startEmbedded(objects: number): Promise<BenchServer> {
  const program = fileURLToPath(new URL('./embedded-server-process.ts', import.meta.url));
  const flags = ['--conditions=kuberx-source', '--max-old-space-size=18000'];
  const child = fork(program, [String(objects)], { execArgv: flags });
  const [{ url, kubeconfig }] = (await once(child, 'message')) as [{ url: string; kubeconfig: string }];
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    if (child.connected) child.disconnect();
    if (child.exitCode === null) await ended;
  };
  return { name: 'the embedded API server', url, kubeconfig, ca: undefined, token: undefined, stop };
}
