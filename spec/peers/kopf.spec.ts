import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { KubeError, type KubernetesObject, type ResourceClient } from 'kuberx';
import { loadKubeConfig, resourceClient } from 'kuberx/client-node';
import { buildClient } from '../../scripts/peers/build-client.ts';
import { onBothServers } from './on-both-servers.ts';

const kopf = await buildClient('kopf');
const operator = fileURLToPath(new URL('./kopf/operator.py', import.meta.url));
const soon = { timeout: 30_000, interval: 50 };

interface Widget extends KubernetesObject {
  readonly spec: { readonly size: number };
  readonly status?: Readonly<Record<string, unknown>>;
}

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.kopf.example.io' },
  spec: {
    group: 'kopf.example.io',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
      },
    ],
  },
} as const;

/** Starts the operator, and gives what it has said so far. It ends with the spec. */
function runOperator(kubeconfig: string): { readonly said: () => string } {
  let said = '';
  const flags = ['run', '--standalone', '--all-namespaces', '--log-format=plain', operator];
  const child = spawn(kopf, flags, {
    env: { ...process.env, KUBECONFIG: kubeconfig, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  onTestFinished(async () => {
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    if (child.exitCode === null) await ended;
  });
  return { said: () => said };
}

onBothServers((server) => {
  it('finds its resource, and runs handlers of creations, updates, deletions and events', async () => {
    const config = loadKubeConfig(server().kubeconfig);
    const of = (resource: string): ResourceClient<KubernetesObject> => resourceClient(config, resource);
    await of('apiextensions.k8s.io/v1/customresourcedefinitions').create(definition);
    const widgets = resourceClient<Widget>(config, 'kopf.example.io/v1/widgets');
    const metadata = { name: 'a', namespace: 'default' };
    const widget: Widget = { apiVersion: 'kopf.example.io/v1', kind: 'Widget', metadata, spec: { size: 1 } };
    await expect.poll(async () => (await widgets.create(widget)).metadata.name, soon).toBe('a');
    const { said } = runOperator(server().kubeconfig);
    const status = async (): Promise<unknown> => (await widgets.get(metadata)).status;

    await expect.poll(status, { ...soon, message: said() }).toMatchObject({ size: 1, created: { name: 'a' } });
    await widgets.patch(metadata, { type: 'merge', body: { spec: { size: 2 } } });
    await expect.poll(status, soon).toMatchObject({ size: 2, was: 1 });
    await of('v1/configmaps').create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: 'default', labels: { watched: 'yes' } },
    });
    await expect.poll(said, soon).toContain('event ADDED c');
    await widgets.delete(metadata);
    await expect.poll(said, soon).toContain('deleted a');
    const reason = (error: unknown): string => (error instanceof KubeError ? error.reason : 'another error');
    await expect.poll(() => widgets.get(metadata).then(() => 'there', reason), soon).toBe('NotFound');
    expect(said()).not.toMatch(/Traceback|ERROR/u);
  });
});
