import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { apiServer } from 'kuberx/testing/apiserver';
import { buildPrograms, GoMissing } from '../../scripts/controlplane/binaries.ts';

const kubectl = await buildPrograms(['kubectl']).then(
  (programs) => programs.kubectl,
  (error: unknown) => {
    if (error instanceof GoMissing) return undefined;
    throw error;
  },
);

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'default' },
  data: { k: 'v' },
};
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.io' },
  spec: {
    group: 'example.io',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'] },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};

it.skipIf(kubectl === undefined)('kubectl finds its way on the embedded server', async () => {
  const server = await apiServer({ namespaces: true, managedFields: true });
  const directory = mkdtempSync(join(tmpdir(), 'kuberx-kubectl-'));
  onTestFinished(async () => {
    await server.stop({ how: 'reset' });
    rmSync(directory, { recursive: true, force: true });
  });
  const kubeconfig = server.writeKubeconfig(join(directory, 'kubeconfig'));
  const run = async (...args: string[]): Promise<string> => {
    const own = [`--kubeconfig=${kubeconfig}`, `--cache-dir=${join(directory, 'cache')}`];
    return (await promisify(execFile)(kubectl!, [...own, ...args], { encoding: 'utf8' })).stdout;
  };
  const fileOf = (object: object): string => {
    const path = join(directory, 'object.json');
    writeFileSync(path, JSON.stringify(object));
    return path;
  };
  expect(await run('version')).toContain('+kuberx');
  expect(await run('api-resources', '--no-headers')).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m);
  expect(await run('get', 'ns', '-o', 'name')).toContain('namespace/default');
  expect(await run('apply', '-f', fileOf(configMap))).toContain('configmap/a created');
  expect(await run('apply', '-f', fileOf(configMap))).toContain('configmap/a unchanged');
  const forced = ['--server-side', '--field-manager=spec', '--force-conflicts'];
  expect(await run('apply', ...forced, '-f', fileOf(configMap))).toContain('configmap/a serverside-applied');
  expect(await run('create', '-f', fileOf(definition))).toContain('widgets.example.io created');
  const condition = '--for=condition=Established';
  expect(await run('wait', condition, 'crd/widgets.example.io', '--timeout=20s')).toContain('condition met');
  expect(await run('get', 'wd', '-A')).toBe('');
  expect(await run('delete', 'crd', 'widgets.example.io')).toContain('deleted');
});
