import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { listWatch, loadKubeConfig, resourceClient } from 'kuberx/client-node';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { type ConfigMap, faultsOf } from '../examples/digests.ts';
import { ExampleProcess } from '../examples/example-process.ts';

const controlPlane = await startControlPlane().catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

describe.skipIf(!controlPlane)('configmap-controller on a real control plane', () => {
  it('converges whatever becomes of the digests and of the apiserver', async () => {
    await using disposal = new AsyncDisposableStack();
    disposal.defer(() => controlPlane!.stop());
    const controller = disposal.use(new ExampleProcess('configmap-controller', controlPlane!.kubeconfig));
    const kubeConfig = loadKubeConfig(controlPlane!.kubeconfig);
    const client = resourceClient(kubeConfig, 'v1/configmaps');
    const configMaps = listWatch(kubeConfig, 'v1/configmaps', { namespace: 'default' });

    const reference = (name: string) => ({ namespace: 'default', name });
    const create = (name: string): Promise<ConfigMap> =>
      firstValueFrom(
        client.create({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { ...reference(name), labels: { digest: 'wanted' } },
          data: { name },
        }),
      );
    const patch = (name: string, body: object): Promise<ConfigMap> =>
      firstValueFrom(client.patch(reference(name), { type: 'merge', body }));
    const remove = (name: string): Promise<unknown> => firstValueFrom(client.delete(reference(name)));
    const digests = async (): Promise<string[]> => {
      const { items } = await firstValueFrom(configMaps.list({}));
      expect(faultsOf(items)).toEqual([]);
      return items.map(({ metadata }) => metadata.name).filter((name) => name.endsWith('.sha256'));
    };
    const converged = (expected: readonly string[]): Promise<void> =>
      vi.waitFor(async () => expect(await digests()).toEqual(expected), 60_000);

    for (const name of ['changed', 'deleted', 'edited', 'lost', 'replaced', 'unlabelled']) await create(name);
    await converged(['changed', 'deleted', 'edited', 'lost', 'replaced', 'unlabelled'].map((name) => `${name}.sha256`));

    const change = async (round: string): Promise<void> => {
      await patch('changed', { data: { round } });
      await patch('edited.sha256', { data: { sha256: round }, metadata: { ownerReferences: null } });
      await remove('lost.sha256');
      await remove('replaced');
      await create('replaced');
    };
    await change('before');
    await remove('deleted');
    await patch('unlabelled', { metadata: { labels: null } });
    const left = ['changed', 'edited', 'lost', 'replaced'].map((name) => `${name}.sha256`);
    await converged(left);

    await controlPlane!.killApiServer();
    await controlPlane!.restartApiServer();
    await change('after');
    await converged(left);
    expect(controller.output).toContain('default/deleted: deleted');
  });
});
