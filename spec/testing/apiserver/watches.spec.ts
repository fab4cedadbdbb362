import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { aServer, configMap, send, statusText } from './a-server.ts';
import { openWatch } from './open-watch.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const streaming = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';

describe('watch', () => {
  it('streams the state, the marker and changes, one event on a line', async () => {
    const server = await aServer();
    server.create('v1/pods', { metadata: { name: 'a', namespace: 'x' }, spec: {} });
    const watch = await openWatch(`${server.url}/api/v1/pods?${streaming}`);
    expect(watch.response.headers.get('content-type')).toBe('application/json');
    expect(await watch.line()).toBe(`{"type":"ADDED","object":${JSON.stringify(server.get('v1/pods', 'x/a'))}}`);
    expect(await watch.line()).toBe(
      '{"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"101","annotations":{"k8s.io/initial-events-end":"true"}},"spec":{"containers":null},"status":{}}}',
    );
    server.apply('v1/pods', { metadata: { name: 'a', namespace: 'x' }, spec: { nodeName: 'n' } });
    server.create('v1/pods', { metadata: { name: 'b', namespace: 'x' } });
    server.delete('v1/pods', 'x/a');
    expect(await watch.inShort(3)).toEqual(['MODIFIED a 102', 'ADDED b 103', 'DELETED a 104']);
    watch.close();
    await eventually(() => expect(server.openStreams).toBe(0));
  });

  it('resumes, sees no change that changed nothing, and tells leaving a selector', async () => {
    const server = await aServer();
    const labelled = (app: string) => ({ metadata: { name: 'a', namespace: 'default', labels: { app } } });
    server.create('v1/configmaps', labelled('x'));
    server.apply('v1/configmaps', labelled('x'));
    server.apply('v1/configmaps', labelled('y'));
    const watch = await openWatch(`${server.url}${maps}?watch=true&resourceVersion=101&labelSelector=app%3Dx`);
    const { type, object } = await watch.event();
    expect([type, object.metadata.resourceVersion, object.metadata.labels]).toEqual(['DELETED', '102', { app: 'x' }]);
  });

  it('watches one object, and one namespace', async () => {
    const server = await aServer();
    const one = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=100&fieldSelector=metadata.name%3Db`);
    const other = await openWatch(`${server.url}/api/v1/namespaces/other/configmaps?watch=1&resourceVersion=100`);
    for (const name of ['a', 'b']) server.create('v1/configmaps', configMap(name));
    server.create('v1/configmaps', configMap('b', {}, 'other'));
    expect(await one.inShort(1)).toEqual(['ADDED b 102']);
    expect(await other.inShort(1)).toEqual(['ADDED b 103']);
  });

  it('shows only the deletion of what its last finalizer leaves', async () => {
    const server = await aServer();
    const held = { metadata: { name: 'a', namespace: 'default', finalizers: ['x/y'] } };
    server.create('v1/configmaps', held);
    server.delete('v1/configmaps', 'default/a');
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=102`);
    server.apply('v1/configmaps', { metadata: { name: 'a', namespace: 'default' } });
    expect(await watch.inShort(1)).toEqual(['DELETED a 103']);
  });

  it('ends cleanly when its time is over', async () => {
    const server = await aServer();
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=100&timeoutSeconds=1`);
    expect(await watch.line()).toBeUndefined();
    await eventually(() => expect(server.openStreams).toBe(0));
  });

  it('tells of a version that is too old in the stream, and ends it', async () => {
    const server = await aServer();
    for (const name of ['a', 'b', 'c']) server.create('v1/configmaps', configMap(name));
    server.compact('102');
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=1`);
    expect(watch.response.status).toBe(200);
    expect(await watch.line()).toBe(
      '{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (102)","reason":"Expired","code":410}}',
    );
    expect(await watch.line()).toBeUndefined();
  });

  it('is refused where streaming lists are off', async () => {
    const server = await aServer({ watchList: false });
    const { code, text } = await send(server, 'GET', `${maps}?${streaming}`);
    expect(code).toBe(422);
    expect(text).toBe(
      statusText(
        '"message":"ListOptions.meta.k8s.io \\"\\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled","reason":"Invalid","details":{"group":"meta.k8s.io","kind":"ListOptions","causes":[{"reason":"FieldValueForbidden","message":"Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled","field":"sendInitialEvents"}]},"code":422',
      ),
    );
  });

  it.each([
    [
      'sendInitialEvents=true',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'resourceVersionMatch=NotOlderThan',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [
      'continue=x',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided',
    ],
    [
      'sendInitialEvents=true&resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]',
    ],
    [
      'resourceVersion=abc',
      500,
      'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    ['timeoutSeconds=', 400, 'strconv.ParseInt: parsing "": invalid syntax'],
    ['timeoutSeconds=abc', 400, 'strconv.ParseInt: parsing "abc": invalid syntax'],
  ])('refuses %s', async (parameters, code, message) => {
    const { code: answered, json } = await send(await aServer(), 'GET', `${maps}?watch=1&${parameters}`);
    expect([answered, json]).toEqual([code, expect.objectContaining({ message }) as unknown]);
  });

  it('ends before it has begun where its time is negative', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a'));
    const watch = await openWatch(`${server.url}${maps}?watch=1&timeoutSeconds=-1`);
    expect(await watch.line()).toBeUndefined();
  });

  it('prints metadata only, and nothing at all to whom asks for lists of it', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a', { k: 'v' }));
    const accept = (as: string) => ({ Accept: `application/json;as=${as};v=v1;g=meta.k8s.io` });
    const watch = await openWatch(`${server.url}${maps}?${streaming}`, accept('PartialObjectMetadata'));
    expect((await watch.event()).object).toMatchObject({ kind: 'PartialObjectMetadata' });
    const lists = await openWatch(`${server.url}${maps}?${streaming}`, accept('PartialObjectMetadataList'));
    expect(await lists.line()).toBeUndefined();
  });

  it('sends bookmarks on demand, and by the clock', async () => {
    const server = await aServer({ bookmarkInterval: 20 });
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=100&allowWatchBookmarks=1`);
    server.bookmark();
    expect(await watch.line()).toBe(
      '{"type":"BOOKMARK","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"100"}}}',
    );
    server.create('v1/secrets', { metadata: { name: 'a', namespace: 'default' } });
    expect(await watch.inShort(1)).toEqual(['BOOKMARK - 101']);
  });

  it('ends the stream of a slow reader cleanly, after all that was held for it, in order', async () => {
    const server = await aServer({ watchBuffer: 5 });
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=100`);
    const data = { text: 'x'.repeat(1_000_000) };
    let count = 0;
    while (server.openStreams > 0) {
      expect(count).toBeLessThan(1000);
      server.create('v1/configmaps', configMap(`map-${count++}`, data));
      // Gives the sockets their turn, so that what fits into them does not count as held back.
      await new Promise((resolve) => setImmediate(resolve));
    }
    server.create('v1/configmaps', configMap('late'));
    const versions: number[] = [];
    for (let line = await watch.line(); line !== undefined; line = await watch.line()) {
      versions.push(
        Number(
          (JSON.parse(line) as { object: { metadata: { resourceVersion: string } } }).object.metadata.resourceVersion,
        ),
      );
    }
    expect(versions.length).toBeGreaterThan(5);
    expect(versions).toEqual(versions.map((_version, index) => 101 + index));
    expect(versions.length).toBeLessThanOrEqual(count);
  });
});
