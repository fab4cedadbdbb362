import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

/** A process in which packages are not installed, and what it does with a definition that needs them. */
const program = `
import Module from 'node:module';
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => {
  if (['ajv', 're2js', 'ws'].includes(name)) throw Object.assign(new Error('no ' + name), { code: 'MODULE_NOT_FOUND' });
  return resolve(name, ...rest);
};
const { apiServer } = await import('kuberx/testing/apiserver');
const { resourceClient } = await import('kuberx/rest');
await using server = await apiServer();
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.io' },
  spec: {
    group: 'example.io',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
const told = async (write) => {
  try {
    await write();
    console.log('stored');
  } catch (error) {
    console.log(error.code, error.message);
  }
};
const client = resourceClient(server.restConfig, 'apiextensions.k8s.io/v1/customresourcedefinitions');
await told(() => client.create(definition));
await told(() => server.applyManifest(definition));
await told(() => server.create('v1/configmaps', { metadata: { namespace: 'default', name: 'a' } }));
console.log(server.list('apiextensions.k8s.io/v1/customresourcedefinitions').length, 'definitions');
`;

it('refuses a definition where the packages that it needs are not installed, and goes on', async () => {
  const { stdout } = await run(process.execPath, ['--conditions=kuberx-source', '--input-type=module', '-e', program]);
  const [byHttp, inProcess, ...others] = stdout.trim().split('\n');
  for (const told of [byHttp, inProcess]) {
    expect(told).toMatch(/^501 .*need the package ajv, which is not installed: npm install ajv$/);
  }
  expect(others).toEqual(['stored', '0 definitions']);
}, 20_000);
