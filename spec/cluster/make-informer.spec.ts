import * as clientNode from '@kubernetes/client-node';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadKubeConfig, makeInformer } from 'kuberx/client-node';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { ConfigMapWriter } from '../../scripts/controlplane/config-map-writer.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { freshList } from '../conformance/fresh-list.ts';

/** How long anything may take that is waited for, in milliseconds. */
const timeout = 60_000;

const controlPlane = await startControlPlane().catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

afterAll(() => controlPlane?.stop());

describe.skipIf(controlPlane === undefined)('a program of callbacks', () => {
  it('comes to the same with makeInformer of client-node and of kuberx, the apiserver restarted', async () => {
    const server = controlPlane!;
    const { url, ca, token, kubeconfig } = server;
    const writer = await ConfigMapWriter.start({ url, ca, token, content: 'churn', initial: 50 });
    onTestFinished(() => writer.kill());
    const kubeConfig = loadKubeConfig(kubeconfig);
    const api = kubeConfig.makeApiClient(clientNode.CoreV1Api);

    const programs = [clientNode.makeInformer, makeInformer].map((make) => {
      const informer = make(kubeConfig, '/api/v1/configmaps', () => api.listConfigMapForAllNamespaces());
      const versions = new Map<string, string>();
      const keyOf = ({ metadata }: clientNode.V1ConfigMap): string => `${metadata!.namespace!}/${metadata!.name!}`;
      const set = (object: clientNode.V1ConfigMap): void =>
        void versions.set(keyOf(object), object.metadata!.resourceVersion!);
      informer.on('add', set);
      informer.on('update', set);
      informer.on('delete', (object) => versions.delete(keyOf(object)));
      let isOver = false;
      // What client-node needs to go on, and what does no harm here.
      informer.on('error', () => setTimeout(() => isOver || void informer.start(), 200));
      onTestFinished(() => {
        isOver = true;
        return informer.stop();
      });
      return { informer, versions, held: () => new Map(informer.list().map((object) => [keyOf(object), object.metadata!.resourceVersion!])) }; // prettier-ignore
    });
    await Promise.all(programs.map(({ informer }) => informer.start()));
    await server.killApiServer();
    await server.restartApiServer();
    const { ledger } = await writer.stop();
    const list = await freshList(server, 'v1/configmaps', {});
    const fresh = new Map(Object.entries(list).map(([key, { metadata }]) => [key, metadata.resourceVersion!]));
    for (const [key, version] of Object.entries(ledger)) expect(fresh.get(key) ?? null).toBe(version);
    for (const { versions, held } of programs) {
      await expect.poll(() => versions, { timeout }).toEqual(fresh);
      expect(held()).toEqual(fresh);
    }
  }, 300_000);
});
