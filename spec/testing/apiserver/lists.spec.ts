import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { aServer, configMap, send, statusText } from './a-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';

const invalidOptions = (field: string, reason: string, message: string) =>
  statusText(
    `"message":${JSON.stringify(`ListOptions.meta.k8s.io "" is invalid: ${field}: ${message}`)},"reason":"Invalid","details":{"group":"meta.k8s.io","kind":"ListOptions","causes":[{"reason":"${reason}","message":${JSON.stringify(message)},"field":"${field}"}]},"code":422`,
  );

const badRequest = (message: string) =>
  statusText(`"message":${JSON.stringify(message)},"reason":"BadRequest","code":400`);

describe('list', () => {
  it('prints items of built-in resources without kind and apiVersion, metadata first', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('b', { k: 'v' }));
    server.create('v1/configmaps', configMap('a'));
    const { text, headers } = await send(server, 'GET', maps);
    expect(headers.get('content-type')).toBe('application/json');
    expect(text.replaceAll(/"uid":"[^"]+"/g, '"uid":"-"')).toBe(
      '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"102"},"items":[' +
        '{"metadata":{"name":"a","namespace":"default","uid":"-","resourceVersion":"102","creationTimestamp":"2030-01-02T03:04:05Z"}},' +
        '{"metadata":{"name":"b","namespace":"default","uid":"-","resourceVersion":"101","creationTimestamp":"2030-01-02T03:04:05Z"},"data":{"k":"v"}}]}\n',
    );
  });

  it('prints lists of custom objects with sorted keys, and items whole', async () => {
    const server = await aServer({
      resources: { 'ex.io/v1/policies': {}, 'ex.io/v1/widgets': { kind: 'BigWidget', namespaced: false } },
    });
    expect((await send(server, 'GET', '/apis/ex.io/v1/policies')).text).toBe(
      '{"apiVersion":"ex.io/v1","items":[],"kind":"PolicyList","metadata":{"continue":"","resourceVersion":"100"}}\n',
    );
    const widget = (name: string) => ({ apiVersion: 'ex.io/v1', kind: 'BigWidget', metadata: { name } });
    server.create('ex.io/v1/widgets', widget('a'));
    server.create('ex.io/v1/widgets', widget('b'));
    const { json } = await send(server, 'GET', '/apis/ex.io/v1/widgets?limit=1');
    expect(json).toEqual({
      apiVersion: 'ex.io/v1',
      items: [expect.objectContaining({ apiVersion: 'ex.io/v1', kind: 'BigWidget' })],
      kind: 'BigWidgetList',
      metadata: { continue: expect.any(String) as string, remainingItemCount: 1, resourceVersion: '102' },
    });
  });

  it('prints metadata only where that is asked for, and null for no items', async () => {
    const server = await aServer();
    const accept = {
      Accept: 'application/vnd.kubernetes.protobuf, application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
    };
    expect((await send(server, 'GET', maps, undefined, accept)).text).toBe(
      '{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"100"},"items":null}\n',
    );
    server.create('v1/configmaps', configMap('a', { k: 'v' }));
    const { json } = await send(server, 'GET', maps, undefined, accept);
    expect(json).toMatchObject({ items: [{ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' }] });
    expect(json).not.toHaveProperty('items.0.data');
  });

  it.each([
    [
      'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
      'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)',
    ],
    [
      'application/vnd.kubernetes.protobuf',
      '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
    ],
  ])('cannot answer to %s', async (accept, message) => {
    const { code, text } = await send(await aServer(), 'GET', maps, undefined, { Accept: accept });
    expect(code).toBe(406);
    expect(text).toBe(
      statusText(`"message":${JSON.stringify(message)},"reason":"NotAcceptable","details":{},"code":406`),
    );
  });

  it('takes the first form it can print', async () => {
    const accept = { Accept: 'application/json;as=Chart;v=v1;g=meta.k8s.io,application/json' };
    expect((await send(await aServer(), 'GET', maps, undefined, accept)).json).toMatchObject({ kind: 'ConfigMapList' });
  });

  it.each([
    [
      'resourceVersionMatch=Exact',
      invalidOptions(
        'resourceVersionMatch',
        'FieldValueForbidden',
        'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    ],
    [
      'resourceVersion=0&resourceVersionMatch=Exact',
      invalidOptions(
        'resourceVersionMatch',
        'FieldValueForbidden',
        'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      ),
    ],
    [
      'resourceVersion=1&resourceVersionMatch=NotOlderThan&continue=x',
      invalidOptions(
        'resourceVersionMatch',
        'FieldValueForbidden',
        'Forbidden: resourceVersionMatch is forbidden when continue is provided',
      ),
    ],
    [
      'resourceVersion=1&resourceVersionMatch=Foo',
      invalidOptions(
        'resourceVersionMatch',
        'FieldValueNotSupported',
        'Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""',
      ),
    ],
    [
      'sendInitialEvents=true',
      invalidOptions('sendInitialEvents', 'FieldValueForbidden', 'Forbidden: sendInitialEvents is forbidden for list'),
    ],
    [
      'continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NzIsInN0YXJ0IjoiL2FcdTAwMDAifQ&resourceVersion=-5',
      badRequest('specifying resource version is not allowed when using continue'),
    ],
    [
      'continue=x&resourceVersion=5',
      badRequest('invalid continue token: continue key is not valid: illegal base64 data at input byte 0'),
    ],
    [
      'fieldSelector=spec.foo=1&sendInitialEvents=true',
      invalidOptions('sendInitialEvents', 'FieldValueForbidden', 'Forbidden: sendInitialEvents is forbidden for list'),
    ],
    ['limit=', badRequest('strconv.ParseInt: parsing "": invalid syntax')],
    ['limit=a&timeoutSeconds=b', badRequest('strconv.ParseInt: parsing "b": invalid syntax')],
    ['limit=9223372036854775808', badRequest('strconv.ParseInt: parsing "9223372036854775808": value out of range')],
    [
      'resourceVersion=abc',
      badRequest(
        'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
      ),
    ],
    ['limit=abc', badRequest('strconv.ParseInt: parsing "abc": invalid syntax')],
    ['labelSelector=!%20%3Da', badRequest("unable to parse requirement: found '=', expected: identifier")],
    [
      'fieldSelector=spec.foo%3Da',
      badRequest('"spec.foo" is not a known field selector: only "metadata.name", "metadata.namespace"'),
    ],
  ])('refuses %s in the words of the server', async (parameters, text) => {
    const { code, text: answered } = await send(await aServer(), 'GET', `${maps}?${parameters}`);
    expect(answered).toBe(text);
    expect(code).toBe(text.includes('422') ? 422 : 400);
  });

  it('refuses an invalid token', async () => {
    const { code, json } = await send(await aServer(), 'GET', `${maps}?continue=abc`);
    expect(code).toBe(400);
    expect(json).toMatchObject({
      message: expect.stringMatching(/^invalid continue token: continue key is not valid/) as string,
    });
  });

  it('selects by the fields of the resource', async () => {
    const server = await aServer({
      resources: { 'ex.io/v1/widgets': { namespaced: false, selectableFields: ['spec.color'] } },
    });
    const pod = (name: string, nodeName?: string) => ({ metadata: { name, namespace: 'x' }, spec: { nodeName } });
    server.create('v1/pods', pod('a', 'n1'));
    server.create('v1/pods', pod('b'));
    const names = async (path: string) => {
      const { json } = await send(server, 'GET', path);
      return (json as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);
    };
    expect(await names('/api/v1/pods?fieldSelector=spec.nodeName%3Dn1')).toEqual(['a']);
    expect(await names('/api/v1/pods?fieldSelector=spec.nodeName%3D,spec.hostNetwork%3Dfalse')).toEqual(['b']);
    expect(await names('/api/v1/pods?fieldSelector=metadata.namespace!%3Dx')).toEqual([]);
    for (const [name, color] of [
      ['a', 'red'],
      ['b', 'blue'],
    ] as const) {
      server.create('ex.io/v1/widgets', { kind: 'Widget', metadata: { name }, spec: { color } });
    }
    expect(await names('/apis/ex.io/v1/widgets?fieldSelector=spec.color%3Dred')).toEqual(['a']);
    expect((await send(server, 'GET', '/api/v1/pods?fieldSelector=spec.foo%3Da')).json).toMatchObject({
      message: 'field label not supported: spec.foo',
    });
  });

  it('answers an expired token with one for the remainder, and an expired version', async () => {
    const server = await aServer();
    for (const name of ['ev1', 'ev2', 'ev3']) server.create('v1/configmaps', configMap(name));
    const { json } = await send(server, 'GET', `${maps}?limit=1`);
    const { metadata } = json as { metadata: { continue: string } };
    expect(Buffer.from(metadata.continue, 'base64url').toString()).toBe(
      String.raw`{"v":"meta.k8s.io/v1","rv":103,"start":"/ev1\u0000"}`,
    );
    server.create('v1/configmaps', configMap('ev4'));
    server.compact();
    const expired = await send(server, 'GET', `${maps}?limit=1&continue=${metadata.continue}`);
    expect(expired.code).toBe(410);
    const token = Buffer.from(String.raw`{"v":"meta.k8s.io/v1","rv":-1,"start":"ev1\u0000"}`).toString('base64url');
    expect(expired.text).toBe(
      `{"kind":"Status","apiVersion":"v1","metadata":{"continue":"${token}"},"status":"Failure","message":"The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.","reason":"Expired","code":410}\n`,
    );
    const rest = await send(server, 'GET', `${maps}?continue=${token}`);
    expect(rest.json).toMatchObject({ metadata: { resourceVersion: '104' }, items: [{}, {}, {}] });
    const old = await send(server, 'GET', `${maps}?resourceVersion=103&resourceVersionMatch=Exact`);
    expect(old.code).toBe(410);
    expect(old.text).toBe(
      statusText('"message":"The resourceVersion for the provided list is too old.","reason":"Expired","code":410'),
    );
  });

  it('asks to come again where a version does not come', async () => {
    const scheduler = new VirtualTimeScheduler();
    const server = await aServer({ scheduler });
    const answer = send(server, 'GET', `${maps}?resourceVersion=999999`);
    await eventually(() => expect(server.requests).toHaveLength(1));
    scheduler.flush();
    expect(scheduler.now()).toBe(3000);
    const { code, text, headers } = await answer;
    expect(code).toBe(504);
    expect(headers.get('retry-after')).toBe('1');
    expect(text).toBe(
      statusText(
        '"message":"Timeout: Too large resource version: 999999, current: 100","reason":"Timeout","details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}],"retryAfterSeconds":1},"code":504',
      ),
    );
  });

  it('lists all namespaces, unknown ones as empty', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a', {}, 'x'));
    server.create('v1/configmaps', configMap('a', {}, 'y'));
    expect((await send(server, 'GET', '/api/v1/configmaps')).json).toMatchObject({ items: [{}, {}] });
    expect((await send(server, 'GET', maps)).json).toMatchObject({ items: [] });
  });

  it('lists many objects whole, by pages and at once, and leaves turns to others', async () => {
    const server = await aServer();
    const count = 20_000;
    for (let index = 0; index < count; index++) {
      server.create('v1/configmaps', configMap(`map-${index}`, { text: 'x'.repeat(200) }, `ns-${index % 10}`));
    }
    let turns = 0;
    let done = false;
    const turn = (): void => {
      turns++;
      if (!done) setImmediate(turn);
    };
    turn();
    const { json } = await send(server, 'GET', '/api/v1/configmaps');
    done = true;
    const names = (body: unknown) =>
      (body as { items: { metadata: { namespace: string; name: string } }[] }).items.map(
        ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
      );
    const all = names(json);
    expect(new Set(all).size).toBe(count);
    expect(all).toEqual(all.toSorted());
    // Some 7 MB go out in slices of less than 100 kB, each in a turn of its own.
    expect(turns).toBeGreaterThan(70);
    const paged: string[] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const page = await send(server, 'GET', `/api/v1/configmaps?limit=5000&continue=${token}`);
      paged.push(...names(page.json));
      token = (page.json as { metadata: { continue?: string } }).metadata.continue;
    }
    expect(paged).toEqual(all);
  });
});
