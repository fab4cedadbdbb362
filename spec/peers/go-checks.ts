import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { loadKubeConfig, resourceClient } from 'kuberx/client-node';
import { it } from 'vitest';
import { buildClient, type Client } from '../../scripts/peers/build-client.ts';
import { onBothServers } from './on-both-servers.ts';

const run = promisify(execFile);

/** Runs checks of a Go program, each in a process and a namespace of its own, on both servers. */
export async function goChecks(
  client: Client,
  checks: readonly (readonly [check: string, title: string])[],
): Promise<void> {
  const program = await buildClient(client);
  onBothServers((server) => {
    it.each(checks)('%s: %s', async (check) => {
      const { kubeconfig } = server();
      const namespace = `${client}-${check}`;
      await resourceClient(loadKubeConfig(kubeconfig), 'v1/namespaces').create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      await run(program, [check, kubeconfig, namespace]);
    });
  });
}
