import { readFile } from 'node:fs/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { connectionOf } from 'kuberx/client-node';
import type { ServerConnection } from 'kuberx/rest';
import type { KubernetesObject } from 'kuberx';
import { apiServer } from 'kuberx/testing/apiserver';
import { startControlPlane } from '../controlplane/control-plane.ts';
import { request } from '../controlplane/http-request.ts';
import { wholeNumber } from './seeded-random.ts';

/** The resource that is written and reflected, and its namespaces. */
export const resource = 'v1/configmaps';
export const namespaces: readonly string[] = ['soak-a', 'soak-b', 'soak-c'];

/** The faults of a server. */
export interface Disturbance {
  readonly name: string;
  /** It could not be reached meanwhile. */
  readonly isDown: boolean;
}

/** A server that a soak runs against. */
export interface SoakServer {
  readonly port: number;
  /** How its connections can be broken, see `FaultProxyOptions`. */
  readonly protocol: 'http1' | 'bytes';
  /** A kubeconfig that reaches it through another loopback port. */
  kubeConfig(port?: number): ServerConnection;
  /** All objects by a plain request around everything that is tested, in the form in which a watch has them. */
  freshList(): Promise<readonly KubernetesObject[]>;
  /** Does something to its history that no proxy can do, and says what. */
  disturb(random: () => number): Promise<Disturbance>;
  /** The number of open connections to it, if it is known. */
  connections(): number;
  stop(): Promise<void>;
}

/** The API server in this process. Its history is short and its bookmarks come every second. */
export async function embeddedServer(): Promise<SoakServer> {
  const server = await apiServer({ bookmarkInterval: 1000, historySize: 2000 });
  const text = await readFile(server.writeKubeconfig(), 'utf8');
  return {
    port: Number(new URL(server.url).port),
    protocol: 'http1',
    kubeConfig: (port) => kubeConfigFrom(text, server.url, port),
    freshList: () => freshList(server.url),
    disturb(random) {
      const restarts = random() < 0.3;
      if (restarts) server.restartCache();
      else server.compact();
      return Promise.resolve({ name: restarts ? 'server restart' : 'server compaction', isDown: false });
    },
    connections: () => server.connections,
    stop: () => server.stop(),
  };
}

/** An etcd and a kube-apiserver. */
export async function controlPlaneServer(log: (line: string) => void): Promise<SoakServer> {
  const controlPlane = await startControlPlane({ log });
  const { url, ca, token } = controlPlane;
  const text = await readFile(controlPlane.kubeconfig, 'utf8');
  for (const name of namespaces) {
    const { status } = await request(`${url}/api/v1/namespaces`, { ca, token, body: { metadata: { name } } });
    if (status !== 201) throw new Error(`the namespace ${name} was not created: ${status}`);
  }
  return {
    port: Number(new URL(url).port),
    protocol: 'bytes',
    kubeConfig: (port) => kubeConfigFrom(text, url, port),
    freshList: () => freshList(url, { ca, token }),
    async disturb(random) {
      await controlPlane.compact();
      if (wholeNumber(random, 1, 3) > 1) return { name: 'etcd compaction', isDown: false };
      await controlPlane.killApiServer();
      await controlPlane.restartApiServer();
      return { name: 'etcd compaction and apiserver kill', isDown: true };
    },
    // Another process has them, and keeps them.
    connections: () => 0,
    stop: () => controlPlane.stop(),
  };
}

function kubeConfigFrom(text: string, url: string, port?: number): ServerConnection {
  const { protocol } = new URL(url);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(port === undefined ? text : text.replaceAll(url, `${protocol}//127.0.0.1:${port}`));
  // The embedded server speaks plain http.
  return connectionOf(kubeConfig, { allowInsecureCredentials: true });
}

async function freshList(
  url: string,
  credentials: { ca?: string; token?: string } = {},
): Promise<readonly KubernetesObject[]> {
  const { status, body } = await request(`${url}/api/v1/configmaps`, { ...credentials, timeout: 20_000 });
  if (status !== 200) throw new Error(`a fresh list was answered ${status}`);
  const { items } = JSON.parse(body) as { items: Partial<KubernetesObject>[] };
  // The items of a list of a built-in resource have neither on the wire.
  return items.map((item) => ({ apiVersion: 'v1', kind: 'ConfigMap', ...item }) as KubernetesObject);
}
