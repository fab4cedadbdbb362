import { expect, it } from 'vitest';
import { aServer, send } from '../a-server.ts';

const path = '/api/v1/namespaces/default/configmaps/a?fieldManager=m';
const yaml = { 'Content-Type': 'application/apply-patch+yaml' };

it('applies YAML, and reads no alias bomb', async () => {
  const server = await aServer();
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: "1"\n';
  expect(await send(server, 'PATCH', path, text, yaml)).toMatchObject({ code: 201, json: { data: { k: '1' } } });
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f']
    .map((name, index) => {
      const above = String.fromCharCode('a'.charCodeAt(0) + index);
      return `${name}: &${name} [${Array(9).fill(`*${above}`).join(',')}]`;
    })
    .join('\n')}`;
  expect((await send(server, 'PATCH', path, bomb, yaml)).code).toBe(400);
  expect((await send(server, 'PATCH', path, 'x: [', yaml)).code).toBe(400);
});

it('applies a status through its own path, and nothing else there', async () => {
  const server = await aServer();
  server.create('v1/pods', { metadata: { name: 'a', namespace: 'default' }, spec: { nodeName: 'n' } });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', labels: { l: '1' } },
    status: { phase: 'Running' },
  };
  const at = (part: string) => `/api/v1/namespaces/default/pods/a${part}?fieldManager=m`;
  const { code, json } = await send(server, 'PATCH', at('/status'), pod, yaml);
  expect([code, json]).toMatchObject([200, { spec: { nodeName: 'n' }, status: { phase: 'Running' } }]);
  expect(json).toMatchObject({
    metadata: {
      managedFields: [{ manager: 'm', subresource: 'status', fieldsV1: { 'f:status': { 'f:phase': {} } } }, {}],
    },
  });
  expect(json).not.toHaveProperty('metadata.labels');
  const own = await send(server, 'PATCH', at(''), { ...pod, status: { phase: 'Failed' } }, yaml);
  expect(own.json).toMatchObject({ metadata: { labels: { l: '1' } }, status: { phase: 'Running' } });
});

it('keeps managed fields of what was not applied only where that is asked for', async () => {
  const maps = '/api/v1/namespaces/default/configmaps';
  const body = { metadata: { name: 'a' }, data: { k: '1' } };
  const plain = await send(await aServer(), 'POST', maps, body, { 'User-Agent': 'kubectl/v1.36' });
  expect(plain.json).not.toHaveProperty('metadata.managedFields');
  const kept = await send(await aServer({ managedFields: true }), 'POST', maps, body, {
    'User-Agent': 'kubectl/v1.36',
  });
  expect(kept.json).toMatchObject({ metadata: { managedFields: [{ manager: 'kubectl', operation: 'Update' }] } });
});

it('refuses what is not of its type, and nulls that the schema does not take', async () => {
  const server = await aServer();
  const text = { type: 'string' };
  const schema = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          n: { type: 'integer' },
          d: { ...text, default: 'x' },
          m: { type: 'object', additionalProperties: text },
        },
      },
    },
  };
  server.create('apiextensions.k8s.io/v1/customresourcedefinitions', {
    metadata: { name: 'widgets.example.io' },
    spec: {
      group: 'example.io',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  });
  const apply = (spec: unknown, metadata: object = {}) =>
    send(
      server,
      'PATCH',
      '/apis/example.io/v1/namespaces/default/widgets/a?fieldManager=m',
      { apiVersion: 'example.io/v1', kind: 'Widget', metadata: { name: 'a', ...metadata }, spec },
      yaml,
    );
  // As a kube-apiserver 1.36 says it.
  const untyped = 'failed to create typed patch object (/a; example.io/v1, Kind=Widget): ';
  for (const [spec, why] of [
    [{ n: 'x' }, '.spec.n: expected numeric (int or float), got string'],
    [[], '.spec: expected map, got &{[]}'],
    [{ o: 1 }, '.spec.o: field not declared in schema'],
  ] as const) {
    expect(await apply(spec)).toMatchObject({ code: 500, json: { message: untyped + why } });
  }
  expect(await apply({ n: null, m: { x: null } })).toMatchObject({
    code: 422,
    json: {
      details: {
        causes: [
          { field: 'spec.n', message: 'Invalid value: "null": spec.n in body must be of type integer: "null"' },
          { field: 'spec.m.x', message: 'Invalid value: "null": spec.m.x in body must be of type string: "null"' },
        ],
      },
    },
  });
  // The version of what is not there is not looked at.
  expect(await apply({ d: null }, { resourceVersion: '5' })).toMatchObject({ code: 201, json: { spec: { d: 'x' } } });
});

it('refuses a manager whose name is too long, or cannot be printed', async () => {
  const server = await aServer();
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  const at = (manager: string) => `/api/v1/namespaces/default/configmaps/a?fieldManager=${encodeURIComponent(manager)}`;
  const message = 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: ';
  expect(await send(server, 'PATCH', at('x'.repeat(129)), body, yaml)).toMatchObject({
    code: 422,
    json: { message: `${message}Too long: may not be more than 128 bytes` },
  });
  expect(await send(server, 'PATCH', at('\u00e9\n'), body, yaml)).toMatchObject({
    code: 422,
    json: { message: `${message}Invalid value: "\u00e9\\n": invalid character U+000A (at position 2)` },
  });
  expect((await send(server, 'PATCH', at('a b\u00e9'), body, yaml)).code).toBe(201);
});
