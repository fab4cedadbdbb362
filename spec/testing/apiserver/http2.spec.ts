import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { aServer, configMap } from './a-server.ts';
import { Http2Client } from './http2-client.ts';

const maps = '/api/v1/namespaces/default/configmaps';

describe('a server over HTTP/2', () => {
  it('says what a kube-apiserver says of its connections', async () => {
    const { session } = await Http2Client.of(await aServer({ tls: true }));
    expect(session.remoteSettings).toMatchObject({
      maxConcurrentStreams: 100,
      initialWindowSize: 262_144,
      maxFrameSize: 262_144,
    });
  });

  it('reads and writes, also bodies of many frames', async () => {
    const server = await aServer({ tls: true });
    const client = await Http2Client.of(server);
    const text = 'x'.repeat(900_000);
    const created = await client.post(maps, JSON.stringify(configMap('a', { text })));
    expect([created.code, created.resetCode]).toEqual([201, 0]);
    const list = await client.get(maps);
    expect(list.code).toBe(200);
    expect(JSON.parse(list.text)).toMatchObject({ items: [{ data: { text } }] });
    expect((await client.get('/api/v1/nopes')).code).toBe(404);
    expect(server.requests[0]).toMatchObject({ transport: 'http/2', method: 'POST', verb: 'create' });
  });

  it('carries a hundred watches on one connection', async () => {
    const server = await aServer({ tls: true });
    const client = await Http2Client.of(server);
    const watches = Array.from({ length: 100 }, () => client.open(`${maps}?watch=1&resourceVersion=0`));
    await Promise.all(watches.map(({ headers }) => headers));
    expect([server.openStreams, server.connections]).toEqual([100, 1]);
    server.create('v1/configmaps', configMap('a'));
    server.endStreams();
    const answers = await Promise.all(watches.map(({ ended }) => ended));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).toMatch(/^\{"type":"ADDED".*\}\n$/);
    expect(answers.every(({ resetCode }) => resetCode === 0)).toBe(true);
  });

  it('lets go of a watch that is cancelled', async () => {
    const server = await aServer({ tls: true });
    const client = await Http2Client.of(server);
    const { stream, headers } = client.open(`${maps}?watch=1`);
    await headers;
    stream.close(8);
    await eventually(() => expect(server.openStreams).toBe(0));
    expect(server.connections).toBe(1);
  });

  it('announces its end, ends watches cleanly, and stops within a second', async () => {
    const server = await aServer({ tls: true });
    const client = await Http2Client.of(server);
    const watch = client.open(`${maps}?watch=1`);
    await watch.headers;
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await watch.ended).toMatchObject({ code: 200, resetCode: 0 });
    expect(client.goneAway).toEqual([0]);
    expect(server.connections).toBe(0);
  });

  it('stops within a second where a client reads nothing', async () => {
    const server = await aServer({ tls: true });
    for (let index = 0; index < 20; index++) {
      server.create('v1/configmaps', configMap(`map-${index}`, { text: 'x'.repeat(500_000) }));
    }
    const client = await Http2Client.of(server);
    const { stream, headers } = client.open(`${maps}?watch=1`);
    await headers;
    stream.pause();
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(1500);
    expect(server.connections).toBe(0);
  });

  it('sends a failure, and leaves out headers that are about a connection', async () => {
    const server = await aServer({ tls: true });
    const client = await Http2Client.of(server);
    server.failNext({ code: 429 });
    const refused = await client.get(maps);
    expect(refused).toMatchObject({ code: 429, headers: { 'retry-after': '1' } });
    const headers = { Connection: 'close', 'Keep-Alive': 'timeout=5', 'X-Kept': 'yes' };
    server.intercept(() => ({ code: 429, headers, body: 'the server is shutting down' }));
    const closing = await client.get(maps);
    expect(closing).toMatchObject({ code: 429, text: 'the server is shutting down', headers: { 'x-kept': 'yes' } });
  });

  it('refuses a body of more than 3 MiB with 413, a foreign host with 403, and a tunnel with 404', async () => {
    const server = await aServer({ tls: true });
    const client = await Http2Client.of(server);
    const large = await client.post(maps, 'x'.repeat(3 * 1024 * 1024 + 1));
    expect(large.code).toBe(413);
    expect((await client.get(maps, { ':authority': 'example.com' })).code).toBe(403);
    const tunnel = client.session.request({ ':method': 'CONNECT', ':authority': 'localhost:80' });
    const code = await new Promise((resolve) => tunnel.once('response', (headers) => resolve(headers[':status'])));
    expect(code).toBe(404);
    tunnel.destroy();
    expect((await client.get('/healthz')).text).toBe('ok');
  });
});
