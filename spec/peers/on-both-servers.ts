import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { apiServer } from 'kuberx/testing/apiserver';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';

/** A server that clients are run on. */
export interface PeerServer {
  readonly name: 'the embedded server' | 'a control plane';
  readonly kubeconfig: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** The embedded server, in this process. */
export async function embeddedServer(): Promise<PeerServer> {
  const server = await apiServer({ namespaces: true, garbageCollection: true, managedFields: true, defaults: true });
  const directory = mkdtempSync(join(tmpdir(), 'kuberx-peers-'));
  return {
    name: 'the embedded server',
    url: server.url,
    kubeconfig: server.writeKubeconfig(join(directory, 'kubeconfig')),
    async stop() {
      await server.stop({ how: 'reset' });
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** An etcd, a kube-apiserver and the controllers that the embedded server has. */
export async function controlPlaneServer(): Promise<PeerServer> {
  const controlPlane = await startControlPlane({
    controllers: ['garbage-collector-controller', 'namespace-controller'],
  });
  const { kubeconfig, url } = controlPlane;
  return { name: 'a control plane', kubeconfig, url, stop: () => controlPlane.stop() };
}

/**
 * Runs the same specs on both servers: what fails on the embedded one alone is its fault, what fails on both is the fault of
 * the spec. The function is called when the specs are collected, what it is given works within a spec.
 */
export function onBothServers(specs: (server: () => PeerServer) => void): void {
  for (const [name, start] of [
    ['the embedded server', embeddedServer],
    ['a control plane', controlPlaneServer],
  ] as const) {
    describe(`on ${name}`, () => {
      let server: PeerServer | undefined;
      beforeAll(async () => {
        server = await start();
      });
      afterAll(() => server?.stop());
      specs(() => server!);
    });
  }
}
