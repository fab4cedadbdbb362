import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addBuiltInSchemas, type OpenApiSchema } from '#src/testing/apiserver/discovery/built-in-open-api.ts';
import { builtInNames } from '#src/testing/apiserver/types/built-in-schema.ts';
import { moduleSource } from '../../scripts/controlplane/module-source.ts';

const unequal = [
  // A field without a description is a bare reference there.
  'io.k8s.api.networking.v1.IngressRule',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps',
  // Bytes that are called a list.
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec',
  // They are described by what else they may be, which is no part of their type.
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions',
];

/** Without prose, and without what no client reads. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, member]) =>
      !(name === 'description' && typeof member === 'string') &&
      name !== 'x-kubernetes-unions' &&
      name !== 'x-kubernetes-group-version-kind',
  );
  // Of what is required, the order means nothing.
  return Object.fromEntries(
    entries.map(([name, member]) => [
      name,
      name === 'required' && Array.isArray(member) ? [...(member as readonly string[])].sort() : plain(member),
    ]),
  );
}

it('describes the built-in types as the documents of a kube-apiserver do', async () => {
  const { directory } = await moduleSource('k8s.io/kubernetes');
  const folder = join(directory, 'api/openapi-spec/v3');
  const published: Record<string, unknown> = {};
  for (const name of await readdir(folder)) {
    if (!/__v\d+_openapi\.json$/u.test(name)) continue;
    const document = JSON.parse(await readFile(join(folder, name), 'utf8')) as { components: { schemas: object } };
    Object.assign(published, plain(document.components.schemas));
  }
  const own = new Map<string, OpenApiSchema>();
  for (const name of builtInNames()) addBuiltInSchemas(own, name);
  let count = 0;
  for (const [name, schema] of own) {
    // What is written in the place of its field is described there.
    if (published[name] === undefined || unequal.includes(name)) continue;
    expect(plain(schema), name).toEqual(published[name]);
    count += 1;
  }
  expect(count).toBeGreaterThan(500);
});
