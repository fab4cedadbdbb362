import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../eventually.ts';
import { aServer, configMap } from '../a-server.ts';
import { openSocket } from '../a-web-socket.ts';

const maps = '/api/v1/namespaces/default/configmaps';

describe.each([
  ['plain', false],
  ['TLS', true],
])('a watch over a WebSocket, %s', (_, tls) => {
  it('sends an event a frame, a text with its line feed', async () => {
    const server = await aServer({ tls });
    server.create('v1/configmaps', configMap('a'));
    const watch = await openSocket(server, `${maps}?watch=1&resourceVersion=0`);
    await eventually(() => expect(watch.inShort).toEqual(['ADDED a']));
    server.create('v1/configmaps', configMap('b'));
    server.apply('v1/configmaps', configMap('a', { k: 'ñ' }));
    server.delete('v1/configmaps', 'default/b');
    await eventually(() => expect(watch.inShort).toEqual(['ADDED a', 'ADDED b', 'MODIFIED a', 'DELETED b']));
    expect(watch.frames.every(({ text, isBinary }) => text.endsWith('}\n') && !isBinary)).toBe(true);
    expect(watch.frames[2]?.text).toContain('"k":"ñ"');
    expect(server.openStreams).toBe(1);
    expect(server.requests.at(-1)).toMatchObject({ transport: 'websocket', verb: 'watch' });
    watch.webSocket.close();
    await eventually(() => expect(server.openStreams).toBe(0));
  });

  it('says in a frame that a version is too old, and ends', async () => {
    const server = await aServer({ tls });
    server.create('v1/configmaps', configMap('a'));
    server.compact();
    const watch = await openSocket(server, `${maps}?watch=1&resourceVersion=1`);
    expect(await watch.closed).toBe(1000);
    expect(watch.frames).toHaveLength(1);
    expect(JSON.parse(watch.frames[0]!.text)).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
  });

  it('ends with 1000 when its time is over, when it is ended and when the server stops', async () => {
    const server = await aServer({ tls });
    const short = await openSocket(server, `${maps}?watch=1&timeoutSeconds=1`);
    expect(await short.closed).toBe(1000);
    const ended = await openSocket(server, `${maps}?watch=1`);
    expect(server.endStreams()).toBe(1);
    expect(await ended.closed).toBe(1000);
    const stopped = await openSocket(server, `${maps}?watch=1`);
    await server.stop();
    expect(await stopped.closed).toBe(1000);
    expect(server.connections).toBe(0);
  });

  it('breaks off, and ends in the middle of an event, where that is asked for', async () => {
    const server = await aServer({ tls });
    const reset = await openSocket(server, `${maps}?watch=1`);
    server.endStreams({ how: 'reset' });
    expect(await reset.closed).toBe(1006);
    const cut = await openSocket(server, `${maps}?watch=1`);
    server.endStreams({ how: 'mid-line' });
    expect(await cut.closed).toBe(1000);
    expect(cut.frames.map(({ text }) => text)).toEqual(['{"type":"MODIFIED","object":{"kind":']);
  });

  it('answers a ping, and takes no notice of what a client says', async () => {
    const server = await aServer({ tls });
    const { webSocket } = await openSocket(server, `${maps}?watch=1`);
    webSocket.send('hello');
    webSocket.send(Buffer.alloc(100_000));
    webSocket.ping('are you there');
    expect(String(await once(webSocket, 'pong'))).toBe('are you there');
    expect(server.openStreams).toBe(1);
  });

  it('ends that of a client who does not read, in order, with a bound on what is held', async () => {
    const server = await aServer({ tls, watchBuffer: 20 });
    const watch = await openSocket(server, `${maps}?watch=1`);
    watch.webSocket.pause();
    for (let index = 0; index < 60; index++) {
      server.create('v1/configmaps', configMap(`map-${index}`, { text: 'x'.repeat(500_000) }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => expect(server.openStreams).toBe(0));
    watch.webSocket.resume();
    expect(await watch.closed).toBe(1000);
    const { inShort } = watch;
    expect(inShort.length).toBeLessThan(60);
    expect(inShort).toEqual(inShort.map((_, index) => `ADDED map-${index}`));
  });
});
