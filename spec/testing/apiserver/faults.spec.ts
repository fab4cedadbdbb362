import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Interceptor } from 'kuberx/testing/apiserver';
import { eventually } from '../../eventually.ts';
import { aServer, configMap, send, statusText } from './a-server.ts';
import { openWatch } from './open-watch.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const fromStart = `${maps}?watch=1&resourceVersion=100`;

describe('failNext', () => {
  it.each([
    [{ code: 401 }, 401, null, statusText('"message":"Unauthorized","reason":"Unauthorized","code":401')],
    [
      { code: 403 },
      403,
      null,
      statusText(
        '"message":"configmaps is forbidden: User \\"alice\\" cannot list resource \\"configmaps\\" in API group \\"\\" in the namespace \\"default\\"","reason":"Forbidden","details":{"kind":"configmaps"},"code":403',
      ),
    ],
    [{ code: 404 }, 404, null, '404 page not found\n'],
    [
      { code: 410 },
      410,
      null,
      statusText('"message":"The resourceVersion for the provided list is too old.","reason":"Expired","code":410'),
    ],
    [
      { code: 429 },
      429,
      '1',
      statusText(
        '"message":"storage is (re)initializing","reason":"TooManyRequests","details":{"retryAfterSeconds":1},"code":429',
      ),
    ],
    [{ code: 429, plain: true, retryAfter: 5 }, 429, '5', 'Too many requests, please try again later.\n'],
    [
      { code: 500, message: 'etcdserver: no leader' },
      500,
      null,
      statusText('"message":"etcdserver: no leader","reason":"InternalError","code":500'),
    ],
    [
      { code: 503, retryAfter: 7 },
      503,
      '7',
      statusText(
        '"message":"the server is currently unable to handle the request","reason":"ServiceUnavailable","details":{"retryAfterSeconds":7},"code":503',
      ),
    ],
    [
      { code: 504 },
      504,
      null,
      '{"metadata":{},"status":"Failure","message":"Timeout: request did not complete within the allotted timeout","reason":"Timeout","details":{},"code":504}\n',
    ],
  ] as const)('answers %j as a kube-apiserver does', async (failure, code, retryAfter, text) => {
    const server = await aServer();
    server.failNext(failure);
    const answer = await send(server, 'GET', maps);
    expect([answer.code, answer.headers.get('retry-after'), answer.text]).toEqual([code, retryAfter, text]);
    expect((await send(server, 'GET', maps)).code).toBe(200);
  });

  it('is meant for verbs and resources, and for a number of times', async () => {
    const server = await aServer();
    server.failNext({ code: 503, verbs: ['watch'], times: 2 });
    server.failNext({ code: 500, resource: 'v1/pods' });
    const codes: number[] = [];
    for (const path of [maps, '/api/v1/pods', '/api/v1/pods', fromStart, fromStart]) {
      codes.push((await send(server, 'GET', path)).code);
    }
    expect(codes).toEqual([200, 500, 200, 503, 503]);
    const watch = await openWatch(server.url + fromStart);
    expect(watch.response.status).toBe(200);
  });

  it('can be taken back', async () => {
    const server = await aServer();
    server.failNext({ code: 500, times: Infinity });
    expect((await send(server, 'GET', maps)).code).toBe(500);
    server.clearFailures();
    expect((await send(server, 'GET', maps)).code).toBe(200);
  });

  it('breaks the connection, or leaves it hanging', async () => {
    const server = await aServer();
    server.failNext({ code: 'reset' });
    await expect(send(server, 'GET', maps)).rejects.toThrow();
    server.failNext({ code: 'hang' });
    const abort = new AbortController();
    const hanging = fetch(server.url + maps, { signal: abort.signal });
    await eventually(() => expect(server.requests).toHaveLength(2));
    expect((await send(server, 'GET', maps)).code).toBe(200);
    abort.abort();
    await expect(hanging).rejects.toThrow();
  });
});

describe('intercept', () => {
  it.each([
    [() => ({ status: 403 }), 'the invalid code undefined'],
    [() => ({ code: 42 }), 'the invalid code 42'],
    [() => ({ code: 101 }), 'the invalid code 101'],
    [() => ({ code: '200' }), 'the invalid code 200'],
    [() => 'rest', 'the invalid code undefined'],
    [() => null, 'null'],
    [() => ({ code: 200, headers: { 'X-A': 'a\r\nX-B: b' } }), 'Invalid character in header'],
    [() => ({ code: 200, body: { a: Object(1n) as unknown } }), 'BigInt'],
    [
      () => {
        throw new Error('no tea');
      },
      'no tea',
    ],
  ])('says with a 500 what is wrong with an interceptor, and goes on: %#', async (interceptor, message) => {
    const server = await aServer({ intercept: interceptor as unknown as Interceptor });
    const { code, json } = await send(server, 'GET', maps);
    expect(code).toBe(500);
    expect(json).toMatchObject({ kind: 'Status', message: expect.stringContaining(message) as string });
  });

  it('looks at requests and may answer them, until it is stopped', async () => {
    const server = await aServer();
    const stop = server.intercept(({ verb, resource }) =>
      verb === 'list' && resource === 'v1/configmaps'
        ? { code: 418, headers: { 'X-Tea': 'pot' }, body: { a: 1 } }
        : undefined,
    );
    const answer = await send(server, 'GET', maps);
    expect([answer.code, answer.headers.get('x-tea'), answer.json]).toEqual([418, 'pot', { a: 1 }]);
    expect((await send(server, 'GET', '/api/v1/pods')).code).toBe(200);
    stop();
    expect((await send(server, 'GET', maps)).code).toBe(200);
  });

  it('comes as an option too, and sends a text as it is', async () => {
    const server = await aServer({ intercept: () => ({ code: 200, body: '{"kind":"Pod' }) });
    expect((await send(server, 'GET', maps)).text).toBe('{"kind":"Pod');
  });
});

describe('endStreams', () => {
  it('ends them cleanly, after what is due', async () => {
    const server = await aServer();
    const watch = await openWatch(server.url + fromStart);
    server.create('v1/configmaps', configMap('a'));
    expect(server.endStreams()).toBe(1);
    server.create('v1/configmaps', configMap('b'));
    expect(await watch.inShort(1)).toEqual(['ADDED a 101']);
    expect(await watch.line()).toBeUndefined();
    expect(server.openStreams).toBe(0);
  });

  it('breaks the connection', async () => {
    const server = await aServer();
    const watch = await openWatch(server.url + fromStart);
    server.endStreams({ how: 'reset' });
    await expect(watch.line()).rejects.toThrow();
  });

  it('cuts a line', async () => {
    const server = await aServer();
    const watch = await openWatch(server.url + fromStart);
    server.endStreams({ how: 'mid-line' });
    expect(await watch.line()).toBe('{"type":"MODIFIED","object":{"kind":');
    expect(await watch.line()).toBeUndefined();
  });

  it('can be meant for one resource', async () => {
    const server = await aServer();
    const ofMaps = await openWatch(server.url + fromStart);
    const ofPods = await openWatch(`${server.url}/api/v1/pods?watch=1&resourceVersion=100`);
    expect(server.endStreams({ resource: 'v1/pods' })).toBe(1);
    expect(await ofPods.line()).toBeUndefined();
    server.create('v1/configmaps', configMap('a'));
    expect(await ofMaps.inShort(1)).toEqual(['ADDED a 101']);
  });
});

describe('versions', () => {
  it('cannot be watched from before a restart of the cache, but listed from', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a'));
    const watch = await openWatch(server.url + fromStart);
    server.restartCache();
    expect(await watch.inShort(1)).toEqual(['ADDED a 101']);
    expect(await watch.line()).toBeUndefined();
    const again = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=101`);
    expect(await again.line()).toContain(
      '"message":"too old resource version: 101 (102)","reason":"Expired","code":410',
    );
    // A collection that nobody has asked for before the restart is not an exception.
    const pods = await openWatch(`${server.url}/api/v1/pods?watch=1&resourceVersion=101`);
    expect(await pods.line()).toContain('too old resource version: 101 (102)');
    const { json } = await send(server, 'GET', `${maps}?resourceVersion=101&resourceVersionMatch=NotOlderThan`);
    expect(json).toMatchObject({ metadata: { resourceVersion: '102' }, items: [{}] });
    const from = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=102`);
    server.create('v1/configmaps', configMap('b'));
    expect(await from.inShort(1)).toEqual(['ADDED b 103']);
  });

  it('stay open for streams when older ones are compacted', async () => {
    const server = await aServer();
    const watch = await openWatch(server.url + fromStart);
    server.create('v1/configmaps', configMap('a'));
    server.compact();
    server.create('v1/configmaps', configMap('b'));
    expect(await watch.inShort(2)).toEqual(['ADDED a 101', 'ADDED b 102']);
  });

  it('jump forwards', async () => {
    const server = await aServer();
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=100&allowWatchBookmarks=1`);
    server.jumpResourceVersion('12345678901234567890');
    server.bookmark();
    server.create('v1/configmaps', configMap('a'));
    expect(await watch.inShort(2)).toEqual(['BOOKMARK - 12345678901234567890', 'ADDED a 12345678901234567891']);
  });

  it('jump backwards as when a backup is restored', async () => {
    const server = await aServer();
    server.jumpResourceVersion('500');
    server.create('v1/configmaps', configMap('a'));
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=501`);
    server.jumpResourceVersion('200');
    expect(await watch.line()).toBeUndefined();
    const { json } = await send(server, 'GET', maps);
    expect(json).toMatchObject({
      metadata: { resourceVersion: '200' },
      items: [{ metadata: { resourceVersion: '200' } }],
    });
    server.create('v1/configmaps', configMap('b'));
    expect(server.get('v1/configmaps', 'default/b')).toMatchObject({ metadata: { resourceVersion: '201' } });
  });
});

describe('a backup', () => {
  it('is gone back to, with the objects and the version of then', async () => {
    const server = await aServer();
    const changed = server.create('v1/configmaps', configMap('changed', { k: 'before' }));
    const deleted = server.create('v1/configmaps', configMap('deleted'));
    const backup = server.backUp();
    server.apply('v1/configmaps', configMap('changed', { k: 'after' }));
    server.delete('v1/configmaps', 'default/deleted');
    server.create('v1/configmaps', configMap('created'));
    server.create('v1/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'created', namespace: 'default' },
    });
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=${server.resourceVersion}`);
    server.restore(backup);
    expect(await watch.line()).toBeUndefined();
    expect(server.list('v1/configmaps')).toEqual([changed, deleted]);
    expect(server.list('v1/secrets')).toEqual([]);
    expect(server.resourceVersion).toBe('102');
    expect((await send(server, 'GET', `${maps}?limit=1&resourceVersion=101&resourceVersionMatch=Exact`)).code).toBe(
      410,
    );
    server.delete('v1/configmaps', 'default/changed');
    expect((await send(server, 'GET', maps)).json).toMatchObject({ items: [{ metadata: { name: 'deleted' } }] });
    server.restore(backup);
    expect(server.list('v1/configmaps')).toEqual([changed, deleted]);
  });
});

describe('a token', () => {
  it('has to come with every request', async () => {
    const server = await aServer({ token: 'secret' });
    expect((await send(server, 'GET', maps)).text).toBe(
      statusText('"message":"Unauthorized","reason":"Unauthorized","code":401'),
    );
    expect((await send(server, 'GET', maps, undefined, { Authorization: 'Bearer other' })).code).toBe(401);
    expect((await send(server, 'GET', maps, undefined, { Authorization: 'Bearer secret' })).code).toBe(200);
    expect(JSON.stringify(server.requests)).not.toContain('secret');
  });

  it('is refused once there is another, which kubeconfigs written from then on have', async () => {
    const server = await aServer({ token: 'first' });
    const get = async (token: string) =>
      (await send(server, 'GET', maps, undefined, { Authorization: `Bearer ${token}` })).code;
    server.rotateToken('second');
    expect([await get('first'), await get('second')]).toEqual([401, 200]);
    expect(readFileSync(server.writeKubeconfig(), 'utf8')).toContain('"token": "second"');
  });
});

describe('latency', () => {
  it('comes before the answer, and the request is not carried out when the client has gone', async () => {
    const server = await aServer({ latency: 50 });
    const started = performance.now();
    expect((await send(server, 'GET', maps)).code).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(45);
    const abort = new AbortController();
    const aborted = fetch(server.url + maps, {
      method: 'POST',
      body: '{"metadata":{"name":"a"}}',
      signal: abort.signal,
    });
    await eventually(() => expect(server.requests).toHaveLength(2));
    abort.abort();
    await expect(aborted).rejects.toThrow();
    expect((await send(server, 'GET', maps)).json).toMatchObject({ items: [] });
  });
});
