import { describe, expect, it, vi } from 'vitest';
import type { KubernetesObject, ResourceClient } from 'kuberx';
import { loadKubeConfig, resourceClient } from 'kuberx/client-node';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { ExampleProcess } from '../examples/example-process.ts';

const controlPlane = await startControlPlane({ controllers: ['garbagecollector'] }).catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

describe.skipIf(!controlPlane)('website-operator on a real control plane', () => {
  it('does for a Website what it says, from the definition to the cleanup', async () => {
    await using disposal = new AsyncDisposableStack();
    disposal.defer(() => controlPlane!.stop());
    const operator = disposal.use(new ExampleProcess('website-operator/website-operator', controlPlane!.kubeconfig));
    const kubeConfig = loadKubeConfig(controlPlane!.kubeconfig);
    const client = (resource: string): ResourceClient<KubernetesObject> => resourceClient(kubeConfig, resource);
    const websites = client('example.com/v1/websites');
    const [deployments, services] = [client('apps/v1/deployments'), client('v1/services')];
    const shop = { namespace: 'default', name: 'shop' };
    const eventually = (look: () => Promise<unknown>) => vi.waitFor(look, { timeout: 60_000, interval: 200 });
    const shown = (resource: ResourceClient<KubernetesObject>, expected: object) =>
      eventually(async () => expect(await resource.get(shop)).toMatchObject(expected));

    const spec = { image: 'nginx', replicas: 2 };
    const website = { apiVersion: 'example.com/v1', kind: 'Website', metadata: shop, spec };
    await eventually(async () => await websites.create(website));
    await shown(deployments, { spec: { replicas: 2 }, metadata: { ownerReferences: [{ kind: 'Website' }] } });
    await shown(services, { spec: { selector: { website: 'shop' } } });
    await shown(websites, { status: { conditions: [{ type: 'Ready', status: 'False', observedGeneration: 1 }] } });

    const status = { replicas: 2, readyReplicas: 2 };
    await deployments.subresource('status').patch(shop, { type: 'merge', body: { status } });
    await shown(websites, { status: { readyReplicas: 2, conditions: [{ type: 'Ready', status: 'True' }] } });

    const settled = await deployments.get(shop);
    await deployments.patch(shop, { type: 'merge', body: { spec: { replicas: 7 } } });
    await shown(deployments, { spec: { replicas: 2 } });
    expect((await deployments.get(shop)).metadata.uid).toBe(settled.metadata.uid);

    // Where nothing differs, an apply changes nothing: no event, no run.
    const { resourceVersion } = (await services.get(shop)).metadata;
    await websites.patch(shop, { type: 'merge', body: { metadata: { labels: { a: 'b' } } } });
    await operator.printed('default/shop done', operator.output.length);
    expect((await services.get(shop)).metadata.resourceVersion).toBe(resourceVersion);

    await websites.delete(shop);
    await operator.printed('shop: taken off the load balancer');
    // What it owned is the garbage collector's.
    for (const each of [websites, deployments, services])
      await eventually(async () => {
        await expect((async () => await each.get(shop))()).rejects.toMatchObject({ reason: 'NotFound' });
      });
  });
});
