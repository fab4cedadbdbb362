import { describe, expect, it } from 'vitest';
import { aServer, configMap, send, statusText } from './a-server.ts';

const resources = { 'ex.io/v1/widgets': {} };
const maps = '/api/v1/namespaces/default/configmaps';
const uid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const mergePatch = { 'Content-Type': 'application/merge-patch+json' };
const jsonPatch = { 'Content-Type': 'application/json-patch+json' };

describe('create', () => {
  it('stamps the object and drops what is not for clients to set', async () => {
    const server = await aServer();
    const { code, json } = await send(server, 'POST', maps, {
      metadata: {
        name: 'a',
        labels: { app: 'x' },
        uid: 'mine',
        creationTimestamp: '1999-01-01T00:00:00Z',
        deletionTimestamp: '1999-01-01T00:00:00Z',
        selfLink: '/x',
      },
      data: { k: 'v' },
    });
    expect(code).toBe(201);
    expect(json).toEqual({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        name: 'a',
        namespace: 'default',
        uid: expect.stringMatching(uid) as string,
        resourceVersion: '101',
        creationTimestamp: '2030-01-02T03:04:05Z',
        labels: { app: 'x' },
      },
      data: { k: 'v' },
    });
    expect((await send(server, 'GET', `${maps}/a`)).json).toEqual(json);
  });

  it.each([
    [
      'a taken name',
      configMap('taken'),
      409,
      statusText(
        '"message":"configmaps \\"taken\\" already exists","reason":"AlreadyExists","details":{"name":"taken","kind":"configmaps"},"code":409',
      ),
    ],
    [
      'a version',
      { metadata: { name: 'a', resourceVersion: '1' } },
      500,
      statusText('"message":"resourceVersion should not be set on objects to be created","code":500'),
    ],
    [
      'another namespace',
      { metadata: { name: 'a', namespace: 'other' } },
      400,
      statusText(
        '"message":"the namespace of the provided object does not match the namespace sent on the request","reason":"BadRequest","code":400',
      ),
    ],
    [
      'no name',
      { metadata: {} },
      422,
      statusText(
        '"message":"ConfigMap \\"\\" is invalid: metadata.name: Required value: name or generateName is required","reason":"Invalid","details":{"kind":"ConfigMap","causes":[{"reason":"FieldValueRequired","message":"Required value: name or generateName is required","field":"metadata.name"}]},"code":422',
      ),
    ],
    [
      'another kind',
      { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'a' } },
      400,
      statusText(
        '"message":"Secret in version \\"v1\\" cannot be handled as a ConfigMap","reason":"BadRequest","code":400',
      ),
    ],
    [
      'another API version',
      { apiVersion: 'apps/v1', metadata: { name: 'a' } },
      400,
      statusText(
        '"message":"the API version in the data (apps/v1) does not match the expected API version (v1)","reason":"BadRequest","code":400',
      ),
    ],
  ])('refuses %s', async (_what, object, code, text) => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('taken'));
    const answer = await send(server, 'POST', maps, object);
    expect([answer.code, answer.text]).toEqual([code, text]);
    expect(server.resourceVersion).toBe('101');
  });

  it.each([
    ['{"labels":{"a":5}}', 'number', 'labels of type string'],
    ['{"labels":{"a":{}}}', 'object', 'labels of type string'],
    ['{"labels":[]}', 'array', 'labels of type map[string]string'],
    ['{"annotations":{"a":true}}', 'bool', 'annotations of type string'],
    ['{"annotations":"x"}', 'string', 'annotations of type map[string]string'],
  ])('refuses labels and annotations that are not strings: %s', async (metadata, type, field) => {
    const server = await aServer();
    const body = `{"metadata":{"name":"a",${metadata.slice(1)}}`;
    const { code, json } = await send(server, 'POST', maps, body);
    expect(code).toBe(400);
    const fault = `json: cannot unmarshal ${type} into Go struct field ObjectMeta.metadata.${field}`;
    expect(json).toMatchObject({
      message: `ConfigMap in version "v1" cannot be handled as a ConfigMap: ${fault}`,
      reason: 'BadRequest',
    });
  });

  it('takes metadata, labels and annotations that are null for none', async () => {
    const server = await aServer();
    expect((await send(server, 'POST', maps, '{"metadata":null}')).code).toBe(422);
    expect((await send(server, 'POST', maps, '{"metadata":{"name":"a","labels":null,"annotations":null}}')).code).toBe(
      201,
    );
  });

  it('needs the name in an object that takes the place of another', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a'));
    for (const body of ['{"data":{}}', '{"metadata":{"name":""}}']) {
      const { code, json } = await send(server, 'PUT', `${maps}/a`, body);
      expect(code).toBe(400);
      expect(json).toMatchObject({
        message: 'the name of the object (a based on URL) was undeterminable: name must be provided',
      });
    }
  });

  it('refuses a type of patch before it looks for the object', async () => {
    const server = await aServer();
    expect((await send(server, 'PATCH', `${maps}/none`, '{}', { 'Content-Type': 'application/json' })).code).toBe(415);
    expect((await send(server, 'PATCH', `${maps}/none`, '{}', mergePatch)).code).toBe(404);
  });

  it.each([
    ['{', 400, 'application/json'],
    ['[]', 400, 'application/json'],
    ['a: [', 400, 'application/yaml'],
    ['k8s\u0000', 400, 'application/vnd.kubernetes.protobuf'],
    ['a: b', 415, 'text/plain'],
    [JSON.stringify({ data: 'x'.repeat(3 * 1024 * 1024) }), 413, 'application/json'],
  ])('refuses the body %#', async (body, code, type) => {
    const server = await aServer();
    const answer = await send(server, 'POST', maps, body, { 'Content-Type': type });
    expect(answer.code).toBe(code);
    expect(answer.json).toMatchObject({ kind: 'Status', code });
    expect(server.list('v1/configmaps')).toEqual([]);
  });

  it('refuses what is nested too deep, whichever way it comes, and goes on', async () => {
    const server = await aServer();
    // A kind with a field that takes anything.
    const revisions = '/apis/apps/v1/namespaces/default/controllerrevisions';
    const nested = (depth: number): string => '{"a":'.repeat(depth) + '{}' + '}'.repeat(depth);
    const object = (depth: number): string => `{"metadata":{"name":"a"},"data":${nested(depth)}}`;
    const tooDeep = statusText(
      '"message":"the object provided is unrecognized: it exceeds the depth of 500","reason":"BadRequest","code":400',
    );
    for (const depth of [499, 10_000, 400_000]) {
      const refused = await send(server, 'POST', revisions, object(depth));
      expect([refused.code, refused.text]).toEqual([400, tooDeep]);
    }
    expect((await send(server, 'POST', revisions, object(400))).code).toBe(201);
    for (const [type, patch] of [
      ['application/merge-patch+json', object(10_000)],
      ['application/strategic-merge-patch+json', object(10_000)],
      ['application/json-patch+json', `[{"op":"copy","from":"/data","path":"/data${'/a'.repeat(200)}"}]`],
      ['application/json-patch+json', `[{"op":"add","path":"/data${'/a'.repeat(300)}","value":${nested(300)}}]`],
    ] as const) {
      expect((await send(server, 'PATCH', `${revisions}/a`, patch, { 'Content-Type': type })).code).toBe(400);
    }
    expect((await send(server, 'PUT', `${revisions}/a`, object(10_000))).code).toBe(400);
    expect((await send(server, 'DELETE', `${revisions}/a`, object(10_000))).code).toBe(400);
    expect(() => server.create('v1/configpods', JSON.parse(object(1000)) as never)).toThrow('depth');
    expect((await send(server, 'PATCH', `${revisions}/a`, '{"revision":1}', mergePatch)).code).toBe(200);
    const list = await send(server, 'GET', revisions);
    expect(list.code).toBe(200);
    expect(list.text).toContain(nested(400));
  });

  it('refuses two controllers of an object', async () => {
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u', controller: true };
    const at = '/api/v1/namespaces/default/configmaps';
    const refused = await send(await aServer(), 'POST', at, {
      metadata: { name: 'a', ownerReferences: [owner, { ...owner, uid: 'v' }] },
    });
    expect(refused.code).toBe(422);
    expect(refused.json).toMatchObject({
      message: expect.stringContaining(
        'Only one reference can have Controller set to true. Found "true" in references for ConfigMap/o and ConfigMap/o',
      ) as string,
    });
  });

  it('refuses a strategic merge patch that it cannot follow', async () => {
    const server = await aServer();
    server.create('v1/pods', { metadata: { name: 'a', namespace: 'default' }, spec: {} });
    const patch = (body: unknown) =>
      send(server, 'PATCH', '/api/v1/namespaces/default/pods/a', body, {
        'Content-Type': 'application/strategic-merge-patch+json',
      });
    expect(await patch({ spec: { $patch: 'x' } })).toMatchObject({
      code: 500,
      json: { message: 'unknown patch type: x in map: map[$patch:x]' },
    });
    expect(await patch([])).toMatchObject({
      code: 400,
      json: { message: 'json: cannot unmarshal array into Go value of type map[string]interface {}' },
    });
  });

  it('generates names, and tries again where one is taken', async () => {
    // A name takes five, and the uid that follows it 33.
    const draws = Array<number>(43).fill(0).concat(Array<number>(5).fill(0.99));
    const server = await aServer({ random: () => draws.shift() ?? 0.5 });
    const create = () => send(server, 'POST', maps, { metadata: { generateName: 'x'.repeat(60) } });
    expect((await create()).json).toMatchObject({ metadata: { name: `${'x'.repeat(58)}bbbbb` } });
    expect((await create()).json).toMatchObject({ metadata: { name: `${'x'.repeat(58)}99999` } });
  });

  it('keeps an own __proto__ key', async () => {
    const server = await aServer();
    const body = '{"metadata":{"name":"a"},"data":{"__proto__":"x","constructor":"y"}}';
    expect((await send(server, 'POST', maps, body)).text).toContain('"data":{"__proto__":"x","constructor":"y"}');
    const patched = await send(server, 'PATCH', `${maps}/a`, '{"data":{"__proto__":"z"}}', mergePatch);
    expect(patched.text).toContain('"data":{"__proto__":"z","constructor":"y"}');
  });

  it('ignores status, which has its own way in', async () => {
    const server = await aServer();
    const pods = '/api/v1/namespaces/default/pods';
    const created = await send(server, 'POST', pods, {
      metadata: { name: 'a' },
      spec: {},
      status: { phase: 'Failed' },
    });
    expect(created.json).not.toHaveProperty('status');
    const written = await send(server, 'PUT', `${pods}/a/status`, {
      metadata: { name: 'a', labels: { app: 'x' } },
      spec: { nodeName: 'n' },
      status: { phase: 'Running' },
    });
    expect(written.json).toMatchObject({
      spec: {},
      status: { phase: 'Running' },
      metadata: { resourceVersion: '102', labels: { app: 'x' } },
    });
    const moved = await send(server, 'PATCH', `${pods}/a`, { spec: { nodeName: 'n' }, status: null }, mergePatch);
    expect(moved.json).toMatchObject({ spec: { nodeName: 'n' }, status: { phase: 'Running' } });
  });

  it('stores nothing in a dry run', async () => {
    const server = await aServer();
    expect((await send(server, 'POST', `${maps}?dryRun=All`, configMap('a'))).code).toBe(201);
    expect(server.list('v1/configmaps')).toEqual([]);
    expect(server.resourceVersion).toBe('100');
  });
});

describe('get', () => {
  it('answers 404 with the name', async () => {
    const { code, text } = await send(await aServer(), 'GET', `${maps}/zzz`);
    expect(code).toBe(404);
    expect(text).toBe(
      statusText(
        '"message":"configmaps \\"zzz\\" not found","reason":"NotFound","details":{"name":"zzz","kind":"configmaps"},"code":404',
      ),
    );
  });

  it('names the group of other resources', async () => {
    const { json } = await send(await aServer({ resources }), 'GET', '/apis/ex.io/v1/namespaces/default/widgets/w1');
    expect(json).toMatchObject({
      message: 'widgets.ex.io "w1" not found',
      details: { name: 'w1', group: 'ex.io', kind: 'widgets' },
    });
  });

  it('refuses a version that is not a number with a 500 that has no reason', async () => {
    const { code, text } = await send(await aServer(), 'GET', `${maps}/a?resourceVersion=abc`);
    expect(code).toBe(500);
    expect(text).toBe(
      statusText(
        '"message":"resourceVersion: Invalid value: \\"abc\\": strconv.ParseUint: parsing \\"abc\\": invalid syntax","code":500',
      ),
    );
  });

  it('prints metadata only where that is asked for', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a', { k: 'v' }));
    const accept = (as: string) => ({ Accept: `application/json;as=${as};g=meta.k8s.io;v=v1` });
    const { json } = await send(server, 'GET', `${maps}/a`, undefined, accept('PartialObjectMetadata'));
    expect(json).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'a' },
    });
    expect(json).not.toHaveProperty('data');
    expect((await send(server, 'GET', `${maps}/a`, undefined, accept('PartialObjectMetadataList'))).code).toBe(406);
  });
});

describe('update', () => {
  it('replaces an object, keeping what the server has stamped', async () => {
    const server = await aServer();
    const created = server.create('v1/configmaps', configMap('a', { k: '1' }));
    const { json } = await send(server, 'PUT', `${maps}/a`, { metadata: { name: 'a' }, data: { k: '2' } });
    expect(json).toEqual({ ...created, metadata: { ...created.metadata, resourceVersion: '102' }, data: { k: '2' } });
  });

  it('keeps the version where nothing changes', async () => {
    const server = await aServer();
    const created = server.create('v1/configmaps', configMap('a', { k: '1' }));
    const { metadata, ...parts } = created;
    const { json } = await send(server, 'PUT', `${maps}/a`, { ...parts, metadata: { ...metadata, selfLink: '/x' } });
    expect(json).toEqual(created);
    expect(server.resourceVersion).toBe('101');
  });

  it.each([
    [
      { name: 'a', resourceVersion: '7' },
      409,
      statusText(
        '"message":"Operation cannot be fulfilled on configmaps \\"a\\": the object has been modified; please apply your changes to the latest version and try again","reason":"Conflict","details":{"name":"a","kind":"configmaps"},"code":409',
      ),
    ],
    [
      { name: 'b' },
      400,
      statusText(
        '"message":"the name of the object (b) does not match the name on the URL (a)","reason":"BadRequest","code":400',
      ),
    ],
    [
      { name: 'a', uid: 'other' },
      409,
      expect.stringContaining('Precondition failed: UID in precondition: other, UID in object meta: ') as string,
    ],
  ])('refuses %j', async (metadata, code, text) => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a'));
    const answer = await send(server, 'PUT', `${maps}/a`, { metadata, data: { k: 'v' } });
    expect([answer.code, answer.text]).toEqual([code, text]);
    expect(server.resourceVersion).toBe('101');
  });

  it('answers 404 for what is not there', async () => {
    expect((await send(await aServer(), 'PUT', `${maps}/a`, configMap('a'))).code).toBe(404);
  });

  it('wants the version of custom objects', async () => {
    const server = await aServer({ resources });
    const widget = { apiVersion: 'ex.io/v1', kind: 'Widget', metadata: { name: 'w1', namespace: 'default' } };
    server.create('ex.io/v1/widgets', widget);
    const { code, text } = await send(server, 'PUT', '/apis/ex.io/v1/namespaces/default/widgets/w1', widget);
    expect(code).toBe(422);
    expect(text).toContain(
      'widgets.ex.io \\"w1\\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
  });

  it('counts generations by the spec', async () => {
    const server = await aServer();
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const generation = async (method: string, path: string, body: object) => {
      const { json } = await send(server, method, deployments + path, body, method === 'PATCH' ? mergePatch : {});
      return (json as { metadata: { generation: number } }).metadata.generation;
    };
    expect(await generation('POST', '', { metadata: { name: 'a' }, spec: { replicas: 1 } })).toBe(1);
    expect(await generation('PATCH', '/a', { metadata: { labels: { a: 'b' } } })).toBe(1);
    expect(await generation('PATCH', '/a/status', { status: { replicas: 1 } })).toBe(1);
    expect(await generation('PATCH', '/a', { spec: { replicas: 2 } })).toBe(2);
    server.create('v1/configmaps', configMap('a'));
    expect(server.get('v1/configmaps', 'default/a')).not.toHaveProperty('metadata.generation');
  });
});

describe('patch', () => {
  it('merges', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a', { gone: '1', kept: '2', changed: '3' }));
    const patch = { data: { gone: null, changed: '4', added: '5', never: null } };
    const { json } = await send(server, 'PATCH', `${maps}/a`, patch, mergePatch);
    expect(json).toMatchObject({ metadata: { resourceVersion: '102' } });
    expect(json).toHaveProperty('data', { kept: '2', changed: '4', added: '5' });
  });

  it('applies operations', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a', { k: '1' }));
    const patch = [
      { op: 'test', path: '/data/k', value: '1' },
      { op: 'replace', path: '/data/k', value: '2' },
      { op: 'add', path: '/metadata/labels', value: { a: 'b' } },
    ];
    const { json } = await send(server, 'PATCH', `${maps}/a`, patch, jsonPatch);
    expect(json).toMatchObject({ metadata: { labels: { a: 'b' }, resourceVersion: '102' }, data: { k: '2' } });
    expect((await send(server, 'PATCH', `${maps}/a`, patch, jsonPatch)).text).toBe(
      statusText(
        '"message":"the server rejected our request due to an error in our request","reason":"Invalid","details":{},"code":422',
      ),
    );
    expect(server.get('v1/configmaps', 'default/a')).toEqual(json);
  });

  it.each([
    [{ data: { k: '1' } }, mergePatch, 200],
    [{ data: { k: '2' }, metadata: { resourceVersion: '7' } }, mergePatch, 409],
    [[{ op: 'replace', path: '/no/such/path', value: 1 }], jsonPatch, 422],
    [[{ op: 'replace', path: 1, value: 1 }], jsonPatch, 400],
    [[{ op: 'add', path: '/__proto__/x', value: 1 }], jsonPatch, 422],
    [{ data: {} }, jsonPatch, 400],
    [[], mergePatch, 400],
    ['{', mergePatch, 400],
    [{ data: { k: '2' } }, { 'Content-Type': 'application/strategic-merge-patch+json' }, 200],
    [{ data: { $patch: 'explode' } }, { 'Content-Type': 'application/strategic-merge-patch+json' }, 500],
    [{ metadata: { finalizers: ['a.io/b2'] } }, { 'Content-Type': 'application/strategic-merge-patch+json' }, 200],
    [{ data: {} }, { 'Content-Type': 'application/apply-patch+yaml' }, 422],
    [{ data: {} }, { 'Content-Type': 'application/json' }, 415],
  ])('answers %j with %j: %i', async (patch, headers, code) => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a', { k: '1' }));
    expect((await send(server, 'PATCH', `${maps}/a`, patch, headers)).code).toBe(code);
    const isChange = code === 200 && JSON.stringify(patch).includes('2');
    expect(server.resourceVersion).toBe(isChange ? '102' : '101');
  });

  it('merges lists by the keys of their items where a patch is a strategic one', async () => {
    const server = await aServer();
    server.create('v1/pods', { metadata: { name: 'a', namespace: 'default' }, spec: { containers: [{ name: 'c' }] } });
    const patch = { spec: { containers: [{ name: 'd' }] } };
    const headers = { 'Content-Type': 'application/strategic-merge-patch+json' };
    const { code } = await send(server, 'PATCH', '/api/v1/namespaces/default/pods/a', patch, headers);
    expect(code).toBe(200);
    expect(server.get('v1/pods', 'default/a')).toMatchObject({ spec: { containers: [{ name: 'c' }, { name: 'd' }] } });
  });

  it('quotes nothing of an object in what it says of a patch', async () => {
    const server = await aServer();
    server.create('v1/secrets', { metadata: { name: 'a', namespace: 'default' }, stringData: { password: 'hunter2' } });
    for (const data of [{ password: 5 }, { password: 'hunter3' }]) {
      const refused = await send(server, 'PATCH', '/api/v1/namespaces/default/secrets/a', { data }, mergePatch);
      expect(refused.code).toBe(422);
      expect(refused.text).not.toContain('hunter');
    }
    expect(server.get('v1/secrets', 'default/a')).toMatchObject({ data: { password: 'aHVudGVyMg==' }, type: 'Opaque' });
  });

  it('takes 10,000 operations, and refuses copies that double', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a', { k: '1' }));
    const patched = async (operations: readonly object[]) => {
      const { code, json } = await send(server, 'PATCH', `${maps}/a`, operations, jsonPatch);
      return [code, (json as { message?: string }).message];
    };
    const tests = Array<object>(10_000).fill({ op: 'test', path: '/data/k', value: '1' });
    expect(await patched(tests)).toEqual([200, undefined]);
    expect(await patched([...tests, {}])).toEqual([
      413,
      'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    ]);
    const doubling = Array.from({ length: 30 }, (_, index) => ({ op: 'copy', from: '/data', path: `/data/${index}` }));
    expect(await patched(doubling)).toEqual([422, 'the server rejected our request due to an error in our request']);
    expect(server.resourceVersion).toBe('101');
  });

  it('takes no strategic merge patch for custom objects', async () => {
    const server = await aServer({ resources });
    const metadata = { name: 'w1', namespace: 'default' };
    server.create('ex.io/v1/widgets', { apiVersion: 'ex.io/v1', kind: 'Widget', metadata });
    const { code, json } = await send(
      server,
      'PATCH',
      '/apis/ex.io/v1/namespaces/default/widgets/w1',
      {},
      {
        'Content-Type': 'application/strategic-merge-patch+json',
      },
    );
    expect(code).toBe(415);
    expect(json).toMatchObject({ reason: 'UnsupportedMediaType' });
  });
});

describe('delete', () => {
  it('answers with a Status, and pods with the pod', async () => {
    const server = await aServer();
    const { uid: own } = server.create('v1/configmaps', configMap('p1')).metadata;
    const { code, text } = await send(server, 'DELETE', `${maps}/p1`);
    expect(code).toBe(200);
    expect(text).toBe(
      `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"p1","kind":"configmaps","uid":"${own!}"}}\n`,
    );
    expect((await send(server, 'GET', `${maps}/p1`)).code).toBe(404);
    expect((await send(server, 'DELETE', `${maps}/p1`)).code).toBe(404);
    server.create('v1/pods', { metadata: { name: 'a', namespace: 'default' } });
    expect((await send(server, 'DELETE', '/api/v1/namespaces/default/pods/a')).json).toMatchObject({ kind: 'Pod' });
  });

  it('waits for finalizers', async () => {
    const server = await aServer();
    const held = { metadata: { name: 'a', namespace: 'default', finalizers: ['x/y'] }, spec: {} };
    server.create('v1/pods', held);
    const pod = '/api/v1/namespaces/default/pods/a';
    const { json } = await send(server, 'DELETE', pod);
    expect(json).toMatchObject({
      metadata: {
        resourceVersion: '102',
        generation: 2,
        deletionTimestamp: '2030-01-02T03:04:05Z',
        deletionGracePeriodSeconds: 0,
      },
    });
    expect((await send(server, 'DELETE', pod)).json).toEqual(json);
    // The answer shows the version before, the watch the one of the deletion.
    const freed = await send(server, 'PATCH', pod, { metadata: { finalizers: null } }, mergePatch);
    expect(freed.json).toMatchObject({ metadata: { resourceVersion: '102' } });
    expect(server.get('v1/pods', 'default/a')).toBeUndefined();
    expect(server.resourceVersion).toBe('103');
  });

  it('adds the finalizer of a propagation policy', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a'));
    const { json } = await send(server, 'DELETE', `${maps}/a`, { propagationPolicy: 'Foreground' });
    expect(json).toMatchObject({ metadata: { finalizers: ['foregroundDeletion'] } });
  });

  it.each([
    [{ uid: 'xxx' }, /the UID in the precondition \(xxx\) does not match the UID in record \([0-9a-f-]+\)/],
    [{ resourceVersion: '7' }, /the ResourceVersion in the precondition \(7\) does not match/],
  ])('refuses the precondition %j', async (preconditions, message) => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a'));
    const { code, json } = await send(server, 'DELETE', `${maps}/a`, { preconditions });
    expect(code).toBe(409);
    expect(json).toMatchObject({ reason: 'Conflict', message: expect.stringMatching(message) as string });
    expect(server.list('v1/configmaps')).toHaveLength(1);
  });

  it('deletes what a collection request selects, and lists it', async () => {
    const server = await aServer();
    for (const name of ['a', 'b', 'c']) server.create('v1/configmaps', configMap(name));
    server.create('v1/configmaps', configMap('a', {}, 'other'));
    const { json } = await send(server, 'DELETE', `${maps}?fieldSelector=metadata.name!%3Db`);
    expect(json).toMatchObject({
      kind: 'ConfigMapList',
      items: [{ metadata: { name: 'a' } }, { metadata: { name: 'c' } }],
    });
    expect(server.list('v1/configmaps').map(({ metadata }) => `${metadata.namespace!}/${metadata.name}`)).toEqual([
      'default/b',
      'other/a',
    ]);
  });
});

describe('paths', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/apis/ex.io'],
    ['GET', '/apis/ex.io/v1'],
    ['GET', '/apis/ex.io/v1/widgets'],
    ['GET', '/nope'],
  ])('%s %s is not a page', async (method, path) => {
    const { code, text, headers } = await send(await aServer(), method, path);
    expect([code, text]).toEqual([404, '404 page not found\n']);
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it.each([
    ['POST', '/api/v1/namespaces/x/pods/a', 405],
    ['PUT', '/api/v1/namespaces/x/pods', 405],
    ['OPTIONS', '/api/v1/namespaces/x/pods', 405],
    ['POST', '/api/v1/pods', 405],
    ['DELETE', '/api/v1/pods', 405],
    ['DELETE', '/api/v1/namespaces', 405],
    ['GET', '/api/v1/namespaces/x/bindings', 405],
    ['POST', '/api/v1/namespaces/x/pods/a/eviction', 501],
    ['GET', '/api/v1/namespaces/x/bindings/a', 404],
    ['POST', '/api/v1/bindings', 404],
    ['POST', '/api/v1/namespaces/x/nodes', 404],
    ['GET', '/api/v1/namespaces/x/nodes', 404],
    ['GET', '/api/v1/pods/a', 404],
    ['GET', '/api/v1/nope', 404],
    ['GET', '/apis/apps/v9/deployments', 404],
    ['GET', '/api/v1/namespaces/x/pods/a/status/more', 404],
    ['GET', '/api/v1/%E0%A4%A', 404],
    ['GET', '/api/v1/namespaces/x/configmaps/a/status', 404],
    ['GET', '/api/v1/namespaces/x/pods/a/nope', 404],
  ])('%s %s: %i', async (method, path, code) => {
    const { code: answered, json } = await send(
      await aServer(),
      method,
      path,
      method === 'POST' ? { metadata: { name: 'a' } } : undefined,
    );
    expect(answered).toBe(code);
    expect(json).toMatchObject({ kind: 'Status', code });
  });

  it('serves namespaces, and what is in them', async () => {
    const server = await aServer();
    await send(server, 'POST', '/api/v1/namespaces', { metadata: { name: 'x' } });
    await send(server, 'PATCH', '/api/v1/namespaces/x/status', { status: { phase: 'Active' } }, mergePatch);
    await send(server, 'POST', '/api/v1/namespaces/x/configmaps', { metadata: { name: 'a' } });
    expect(server.list('v1/namespaces')).toMatchObject([{ metadata: { name: 'x' }, status: { phase: 'Active' } }]);
    expect((await send(server, 'GET', '/api/v1/namespaces/x')).json).toMatchObject({ kind: 'Namespace' });
    expect((await send(server, 'GET', '/api/v1/namespaces/x/configmaps')).json).toMatchObject({ items: [{}] });
  });
});
