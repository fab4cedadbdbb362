import { describe, expect, it } from 'vitest';
import { aServer, send } from '../a-server.ts';

interface Document {
  readonly paths: Record<string, Record<string, object>>;
  readonly components: { readonly schemas: Record<string, object> };
}

interface Index {
  readonly paths: Record<string, { readonly serverRelativeURL: string }>;
}

function definition(size: object): object {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.ex.io' },
    spec: {
      group: 'ex.io',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', listKind: 'WidgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size } } } },
          },
        },
      ],
    },
  };
}

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

describe('/openapi/v3', () => {
  it('names a document of each group version by its hash', async () => {
    const server = await aServer();
    const { json, code } = await send(server, 'GET', '/openapi/v3');
    expect(code).toBe(200);
    const { paths } = json as Index;
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['api/v1', 'apis/apps/v1']));
    const url = paths['apis/apps/v1']!.serverRelativeURL;
    const { headers, text } = await send(server, 'GET', url);
    expect(headers.get('cache-control')).toBe('public, immutable');
    expect(url).toBe(`/openapi/v3/apis/apps/v1?hash=${headers.get('etag')!.replaceAll('"', '')}`);
    expect((await send(server, 'GET', '/openapi/v3/apis/apps/v1?hash=OLD')).text).toBe(text);
    const again = await send(server, 'GET', url, undefined, { 'If-None-Match': headers.get('etag')! });
    expect(again.code).toBe(304);
  });

  it('has what may be done with each resource, and its schema', async () => {
    const server = await aServer();
    const { json } = await send(server, 'GET', '/openapi/v3/apis/apps/v1');
    const { paths, components } = json as Document;
    const deployments = '/apis/apps/v1/namespaces/{namespace}/deployments';
    expect(Object.keys(paths[deployments]!)).toEqual(['get', 'post', 'delete']);
    expect(paths[`${deployments}/{name}`]!['patch']).toMatchObject({
      'x-kubernetes-group-version-kind': { group: 'apps', kind: 'Deployment', version: 'v1' },
      requestBody: { content: { 'application/strategic-merge-patch+json': {} } },
    });
    expect(components.schemas['io.k8s.api.apps.v1.Deployment']).toMatchObject({
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'Deployment', version: 'v1' }],
    });
    expect(components.schemas).toHaveProperty(['io.k8s.api.apps.v1.DeploymentList']);
  });

  it('follows definitions, and gives their documents other hashes', async () => {
    const server = await aServer();
    const hashOf = async (): Promise<string | undefined> =>
      ((await send(server, 'GET', '/openapi/v3')).json as Index).paths['apis/ex.io/v1']?.serverRelativeURL;
    expect(await hashOf()).toBeUndefined();
    await send(server, 'POST', definitions, definition({ type: 'integer' }));
    const first = await hashOf();
    const { json } = await send(server, 'GET', first!);
    expect((json as Document).components.schemas['io.ex.v1.Widget']).toMatchObject({
      properties: { spec: { properties: { size: { type: 'integer' } } } },
    });
    await send(server, 'PATCH', `${definitions}/widgets.ex.io`, definition({ type: 'string' }), {
      'Content-Type': 'application/merge-patch+json',
    });
    const second = await hashOf();
    expect(second).not.toBe(first);
    expect((await send(server, 'GET', first!)).text).toContain('"size":{"type":"string"}');
    await send(server, 'DELETE', `${definitions}/widgets.ex.io`);
    expect((await send(server, 'GET', second!)).code).toBe(404);
  });

  it('describes declared resources as objects, and refuses what nobody accepts or serves', async () => {
    const server = await aServer({ resources: { 'ex.io/v1/gadgets': { kind: 'Gadget' } } });
    const { json } = await send(server, 'GET', '/openapi/v3/apis/ex.io/v1');
    expect((json as Document).components.schemas).toHaveProperty(['io.ex.v1.Gadget']);
    expect((await send(server, 'GET', '/openapi/v3/api/v1', undefined, { Accept: 'text/x' })).code).toBe(406);
    expect((await send(server, 'GET', '/openapi/v3/apis/none/v1')).code).toBe(404);
    expect((await send(server, 'POST', '/openapi/v3', {})).code).toBe(405);
  });
});
