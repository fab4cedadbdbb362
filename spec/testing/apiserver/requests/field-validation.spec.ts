import { describe, expect, it } from 'vitest';
import { aServer, send } from '../a-server.ts';

const path = '/apis/ex.io/v1/namespaces/default/widgets';
const spec = { type: 'object', properties: { a: { type: 'string' } } };
const version = { name: 'v1', served: true, storage: true };
const definition = {
  metadata: { name: 'widgets.ex.io' },
  spec: {
    group: 'ex.io',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [{ ...version, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }],
  },
};
const widget = (name: string) => ({
  apiVersion: 'ex.io/v1',
  kind: 'Widget',
  metadata: { name },
  spec: { a: 'x', b: 1 },
  top: 1,
});

describe('fieldValidation', () => {
  it('warns of the fields of a custom object that are left out, unless it is told otherwise', async () => {
    const server = await aServer();
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    const created = await send(server, 'POST', path, widget('a'));
    expect(created).toMatchObject({ code: 201, json: { spec: { a: 'x' } } });
    expect(created.headers.get('warning')).toBe(
      String.raw`299 - "unknown field \"spec.b\"", 299 - "unknown field \"top\""`,
    );
    const ignored = await send(server, 'POST', `${path}?fieldValidation=Ignore`, widget('b'));
    expect([ignored.code, ignored.headers.get('warning')]).toEqual([201, null]);
    const { metadata } = server.get('ex.io/v1/widgets', 'default/a')!;
    const put = await send(server, 'PUT', `${path}/a?fieldValidation=Warn`, { ...widget('a'), metadata });
    expect([put.code, put.headers.get('warning')]).toEqual([200, created.headers.get('warning')]);
  });

  it.each(['n', 'ñ'])('names a field that is not of ASCII in UTF-8, also beside %j', async (a) => {
    const server = await aServer();
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    const { headers, json } = await send(server, 'POST', path, { ...widget('a'), spec: { a, ñ: 1 } });
    expect(json).toMatchObject({ spec: { a } });
    const bytes = Buffer.from(headers.get('warning') ?? '', 'latin1');
    expect(bytes.toString('utf8')).toBe(String.raw`299 - "unknown field \"spec.ñ\"", 299 - "unknown field \"top\""`);
  });

  it('refuses them where the client is strict', async () => {
    const server = await aServer();
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    const refused = await send(server, 'POST', `${path}?fieldValidation=Strict`, widget('a'));
    expect(refused).toMatchObject({
      code: 400,
      json: {
        message:
          'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.b", unknown field "top"',
      },
    });
    expect(server.list('ex.io/v1/widgets')).toEqual([]);
    const { top: _top, ...known } = widget('a');
    const body = { ...known, spec: { a: 'x' } };
    expect((await send(server, 'POST', `${path}?fieldValidation=Strict`, body)).code).toBe(201);
  });

  const maps = '/api/v1/namespaces/default/configmaps';
  const deployments = '/apis/apps/v1/namespaces/default/deployments';
  const deployment = { metadata: { name: 'a', bar: 1 }, spec: { replicas: 1, foo: 1 }, zed: 1 };
  const unknown = ['metadata.bar', 'spec.foo', 'zed'];
  const header = unknown.map((field) => String.raw`299 - "unknown field \"${field}\""`).join(', ');

  it('tells of the fields of built-in objects, and leaves them out', async () => {
    const server = await aServer();
    const created = await send(server, 'POST', deployments, deployment);
    expect([created.code, created.headers.get('warning')]).toEqual([201, header]);
    expect(server.get('apps/v1/deployments', 'default/a')).not.toHaveProperty('spec.foo');
    const put = await send(server, 'PUT', `${deployments}/a?fieldValidation=Strict`, deployment);
    expect(put).toMatchObject({
      code: 400,
      json: {
        message: `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ${unknown.map((field) => `unknown field "${field}"`).join(', ')}`,
      },
    });
    const status = await send(server, 'PUT', `${deployments}/a/status`, {
      metadata: { name: 'a' },
      status: { foo: 1 },
    });
    expect(status.headers.get('warning')).toContain('status.foo');
    const scale = { metadata: { name: 'a' }, spec: { replicas: 2, foo: 1 } };
    expect((await send(server, 'PUT', `${deployments}/a/scale`, scale)).headers.get('warning')).toContain('spec.foo');
    expect((await send(server, 'PUT', `${deployments}/a/scale?fieldValidation=Strict`, scale)).json).toMatchObject({
      message: 'Scale in version "v1" cannot be handled as a Scale: strict decoding error: unknown field "spec.foo"',
    });
    const map = await send(server, 'POST', `${maps}?fieldValidation=Strict`, { metadata: { name: 'a' }, dat: {} });
    expect(map.code).toBe(400);
  });

  it('refuses members of another type than that of a built-in kind', async () => {
    const server = await aServer();
    const body = { metadata: { name: 'a' }, spec: { replicas: 'x' } };
    const why = 'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32';
    expect(await send(server, 'POST', `${deployments}?fieldValidation=Ignore`, body)).toMatchObject({
      code: 400,
      json: { message: `Deployment in version "v1" cannot be handled as a Deployment: ${why}` },
    });
    await send(server, 'POST', deployments, { ...body, spec: {} });
    const patched = await send(server, 'PATCH', `${deployments}/a`, body, {
      'Content-Type': 'application/merge-patch+json',
    });
    expect(patched).toMatchObject({ code: 422, json: { message: ` "" is invalid: patch: Invalid value: ${why}` } });
  });

  it.each([
    ['application/merge-patch+json', { spec: { foo: 1 }, zed: 2 }],
    ['application/strategic-merge-patch+json', { spec: { foo: 1 }, zed: 2 }],
    [
      'application/json-patch+json',
      [
        { op: 'add', path: '/zed', value: 2 },
        { op: 'add', path: '/spec/foo', value: 1 },
      ],
    ],
  ])('tells of what a patch of type %s brings', async (type, patch) => {
    const server = await aServer();
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    await send(server, 'POST', deployments, { metadata: { name: 'a' }, spec: { replicas: 1 } });
    await send(server, 'POST', path, { ...widget('a'), spec: { a: 'x' } });
    const isStrategic = type.includes('strategic');
    for (const at of [`${deployments}/a`, ...(isStrategic ? [] : [`${path}/a`])]) {
      const options = { 'Content-Type': type };
      const warned = await send(server, 'PATCH', at, patch, options);
      expect([warned.code, warned.headers.get('warning')]).toEqual([
        200,
        String.raw`299 - "unknown field \"spec.foo\"", 299 - "unknown field \"zed\""`,
      ]);
      const strict = await send(server, 'PATCH', `${at}?fieldValidation=Strict`, patch, options);
      expect(strict).toMatchObject({
        code: 422,
        json: {
          message:
            ' "" is invalid: patch: Invalid value: strict decoding error: unknown field "spec.foo", unknown field "zed"',
        },
      });
      const ignored = await send(server, 'PATCH', `${at}?fieldValidation=Ignore`, patch, options);
      expect([ignored.code, ignored.headers.get('warning')]).toEqual([200, null]);
    }
  });

  it('tells of the fields of definitions, and of the metadata of custom objects', async () => {
    const server = await aServer();
    const misspelt = structuredClone(definition) as { spec: Record<string, unknown> };
    misspelt.spec['foo'] = 1;
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    expect((await send(server, 'POST', `${definitions}?fieldValidation=Strict`, misspelt)).code).toBe(400);
    const created = await send(server, 'POST', definitions, misspelt);
    expect([created.code, created.headers.get('warning')]).toEqual([
      201,
      String.raw`299 - "unknown field \"spec.foo\""`,
    ]);
    const body = { ...widget('a'), metadata: { name: 'a', foo: 1 } };
    expect((await send(server, 'POST', path, body)).headers.get('warning')).toMatch(
      /^299 - "unknown field \\"metadata.foo/,
    );
  });

  it('refuses to apply what is not of its type', async () => {
    const server = await aServer();
    const apply = (spec: unknown, metadata: object = {}) =>
      send(
        server,
        'PATCH',
        `${deployments}/a?fieldManager=m`,
        { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', ...metadata }, spec },
        { 'Content-Type': 'application/apply-patch+yaml' },
      );
    const what = '(/a; apps/v1, Kind=Deployment)';
    for (const [answer, why] of [
      [apply({ foo: 1 }), '.spec.foo: field not declared in schema'],
      [apply({}, { foo: 1 }), '.metadata.foo: field not declared in schema'],
      [apply({ replicas: 'x' }), '.spec.replicas: expected numeric (int or float), got string'],
      [apply({ template: 'x' }), '.spec.template: expected map, got &{x}'],
      [apply({}, { labels: { a: 1 } }), '.metadata.labels.a: expected string, got &value.valueUnstructured{Value:1}'],
    ] as const) {
      expect(await answer).toMatchObject({
        code: 500,
        json: { message: `failed to create typed patch object ${what}: ${why}` },
      });
    }
    const container = { name: 'c', resources: { limits: { memory: '1 x' } } };
    expect(await apply({ template: { spec: { containers: [container] } } })).toMatchObject({
      code: 500,
      json: {
        message: `failed to convert new object ${what} to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
      },
    });
    expect((await apply({ replicas: 1 })).code).toBe(201);
  });
});
