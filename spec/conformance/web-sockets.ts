import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { connectionTo } from './connection-to.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

const bearer = (token: string): string =>
  `base64url.bearer.authorization.k8s.io.${Buffer.from(token).toString('base64url')}`;

/** Asks for a WebSocket, as a browser does unless it is told otherwise. */
type Asking = (path: string, protocols: readonly string[], options?: ClientOptions) => WebSocket;

async function asking(scene: Scene): Promise<{ readonly ask: Asking; readonly path: string; readonly token: string }> {
  const token = await scene.server.newToken(scene.namespace);
  const question = { signal: new AbortController().signal, waitsFor: new Set<string>() };
  const { endpoint } = await connectionTo(scene.server.kubeconfig).credentialsSource.read(question);
  const { origin } = endpoint.server;
  const ask: Asking = (path, protocols, options = {}) => {
    const url = origin.replace(/^http/, 'ws') + path;
    return new WebSocket(url, [...protocols], { ...endpoint.tls, origin, ...options }).on('error', () => undefined);
  };
  return { ask, path: `/api/v1/namespaces/${scene.namespace}/configmaps`, token };
}

async function refusal(webSocket: WebSocket): Promise<{ readonly code: number | undefined; readonly body: string }> {
  const [, response] = (await once(webSocket, 'unexpected-response')) as [unknown, IncomingMessage];
  const chunks = (await response.toArray()) as Buffer[];
  webSocket.terminate();
  return { code: response.statusCode, body: Buffer.concat(chunks).toString() };
}

/** What a request for a WebSocket is answered with. */
export function webSocketSpecs(subject: Subject): void {
  it('opens a WebSocket for a watch: a text an event, and 1000 when its time is over', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('a');
    const { ask, path, token } = await asking(scene);
    for (const protocol of ['base64.binary.k8s.io', 'binary.k8s.io', 'anything']) {
      const webSocket = ask(`${path}?watch=1&resourceVersion=0&timeoutSeconds=1`, [bearer(token), protocol]);
      const frames: [string, boolean][] = [];
      webSocket.on('message', (data, isBinary) => frames.push([(data as Buffer).toString(), isBinary]));
      const [code] = (await once(webSocket, 'close')) as [number];
      expect([webSocket.protocol, code]).toEqual([protocol, 1000]);
      expect(frames).toHaveLength(1);
      expect(frames[0]?.[0]).toMatch(/^\{"type":"ADDED","object":\{[^]*\}\n$/);
      expect(frames[0]?.[1]).toBe(false);
    }
  });

  it('answers a ping of the client', async (test) => {
    const scene = await Scene.of(subject, test);
    const { ask, path, token } = await asking(scene);
    const webSocket = ask(`${path}?watch=1`, [bearer(token), 'foo']);
    test.onTestFinished(() => webSocket.terminate());
    webSocket.on('open', () => webSocket.ping('hello'));
    const [pong] = (await once(webSocket, 'pong')) as [Buffer];
    expect(pong.toString()).toBe('hello');
  });

  it('refuses a WebSocket with the status and the body of the watch', async (test) => {
    const scene = await Scene.of(subject, test);
    const { ask, path, token } = await asking(scene);
    const good = [bearer(token), 'foo'];
    const headers = { authorization: `Bearer ${token}` };
    const refused = (more: string, protocols: readonly string[], options?: ClientOptions) =>
      refusal(ask(`${path}?watch=1${more}`, protocols, options));
    for (const protocols of [[], ['foo'], [bearer('nobody'), 'foo'], [bearer(token)], [...good, bearer('nobody')]]) {
      const { code, body } = await refused('', protocols);
      expect([code, JSON.parse(body)]).toEqual([401, expect.objectContaining({ reason: 'Unauthorized', code: 401 })]);
    }
    expect((await refused('', [...good, 'bar'])).code).toBe(400);
    expect((await refused('', good, { headers })).code).toBe(400);
    // ws sends none where it is not told.
    expect((await refusal(ask(`${path}?watch=1`, good, { origin: undefined }))).code).toBe(403);
    const invalid = await refused('&sendInitialEvents=true', good);
    expect([invalid.code, JSON.parse(invalid.body)]).toEqual([422, expect.objectContaining({ reason: 'Invalid' })]);
    expect((await refused('&resourceVersion=abc', good)).code).toBe(500);
  });

  it('answers a list as if it had not asked for a WebSocket', async (test) => {
    const scene = await Scene.of(subject, test);
    const { ask, path, token } = await asking(scene);
    const { code, body } = await refusal(ask(path, [bearer(token), 'foo']));
    expect([code, JSON.parse(body)]).toEqual([200, expect.objectContaining({ kind: 'ConfigMapList' })]);
  });
}
