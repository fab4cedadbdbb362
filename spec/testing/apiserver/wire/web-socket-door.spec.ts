import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../eventually.ts';
import { aServer, configMap, statusText } from '../a-server.ts';
import { bearer, openSocket, refusedSocket } from '../a-web-socket.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const watch = `${maps}?watch=1`;
const unauthorized = statusText('"message":"Unauthorized","reason":"Unauthorized","code":401');

describe('a request for a WebSocket', () => {
  it('is refused with the answer that it would have without one', async () => {
    const server = await aServer();
    for (const code of [401, 403, 404, 410, 429, 500, 503, 504] as const) {
      server.failNext({ code });
      server.failNext({ code });
      const refused = await refusedSocket(server, watch);
      const plain = await fetch(server.url + watch);
      expect(refused.code).toBe(code);
      expect([refused.code, refused.text]).toEqual([plain.status, await plain.text()]);
      expect(refused.headers['retry-after']).toBe(plain.headers.get('retry-after') ?? undefined);
      expect(refused.headers['content-type']).toBe(plain.headers.get('content-type'));
    }
    for (const [path, code] of [
      ['/api/v1/nopes?watch=1', 404],
      ['/apis/nope/v1/nopes?watch=1', 404],
      [`${watch}&sendInitialEvents=true`, 422],
      [`${watch}&resourceVersion=abc`, 500],
      [`${watch}&labelSelector=!!`, 400],
    ] as const) {
      expect((await refusedSocket(server, path)).code).toBe(code);
    }
  });

  it('leaves nothing where it is refused', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    const server = await aServer();
    const before = timers();
    for (let index = 0; index < 5; index++) {
      expect((await refusedSocket(server, watch, ['foo', 'bar'])).code).toBe(400);
    }
    await eventually(() => expect(timers()).toBeLessThanOrEqual(before));
    expect(server.openStreams).toBe(0);
  });

  it('is answered as if it had not asked where it is no watch', async () => {
    const server = await aServer();
    server.create('v1/configmaps', configMap('a'));
    const { code, text } = await refusedSocket(server, maps);
    expect(code).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ kind: 'ConfigMapList', items: [{ metadata: { name: 'a' } }] });
    expect(server.requests.at(-1)?.transport).toBe('http/1.1');
  });

  it('has one subprotocol, any', async () => {
    const server = await aServer();
    for (const protocol of ['base64.binary.k8s.io', 'binary.k8s.io', 'v4.channel.k8s.io', 'anything']) {
      const { webSocket } = await openSocket(server, watch, [protocol]);
      expect(webSocket.protocol).toBe(protocol);
    }
    expect((await openSocket(server, watch)).webSocket.protocol).toBe('');
    expect((await refusedSocket(server, watch, ['foo', 'bar'])).code).toBe(400);
  });

  it('carries its token as a subprotocol, which the answer does not name', async () => {
    const server = await aServer({ token: 'secret' });
    const { webSocket } = await openSocket(server, watch, [bearer('secret'), 'base64.binary.k8s.io']);
    expect(webSocket.protocol).toBe('base64.binary.k8s.io');
    const other = await openSocket(server, watch, ['base64.binary.k8s.io', bearer('secret')]);
    expect(other.webSocket.protocol).toBe('base64.binary.k8s.io');
    await openSocket(server, watch, [], { headers: { authorization: 'Bearer secret' } });
    expect(JSON.stringify(server.requests)).not.toContain(bearer('secret'));
  });

  it.each([
    ['nothing', []],
    ['a protocol', ['foo']],
    ['another token', [bearer('nope'), 'foo']],
    ['a token and nothing beside it', [bearer('secret')]],
    ['two tokens', [bearer('secret'), bearer('nope'), 'foo']],
    ['a token that is no base64url', ['base64url.bearer.authorization.k8s.io.!!!', 'foo']],
    ['an empty token', ['base64url.bearer.authorization.k8s.io.', 'foo']],
  ])('is refused with 401 where it carries %s', async (_, protocols) => {
    const server = await aServer({ token: 'secret' });
    expect(await refusedSocket(server, watch, protocols)).toMatchObject({ code: 401, text: unauthorized });
  });

  it('is refused with 400 where it carries a token twice, in both ways', async () => {
    const server = await aServer({ token: 'secret' });
    const headers = { authorization: 'Bearer secret' };
    expect((await refusedSocket(server, watch, [bearer('secret'), 'foo'], { headers })).code).toBe(400);
  });

  it('is refused with 403 where a page of another site may have sent it', async () => {
    const server = await aServer();
    expect((await refusedSocket(server, watch, [], { origin: 'http://example.com' })).code).toBe(403);
    const guest = await aServer({ origins: ['http://localhost:5173'] });
    await openSocket(guest, watch, [], { origin: 'http://localhost:5173' });
  });

  it('is refused with 501, and the server says what to install, where the package is missing', async () => {
    const program = `
      import { request } from 'node:http';
      import { registerHooks } from 'node:module';
      import { apiServer } from 'kuberx/testing/apiserver';
      registerHooks({
        resolve(specifier, context, next) {
          if (specifier !== 'ws') return next(specifier, context);
          throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
        },
      });
      const server = await apiServer();
      const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
      const headers = { ...upgrade, 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', origin: server.url };
      for (let index = 0; index < 2; index++) {
        await new Promise((resolve) => {
          request(server.url + '${watch}', { headers }, async (response) => {
            console.log(response.statusCode, (await response.setEncoding('utf8').toArray()).join(''));
            resolve();
          }).end();
        });
      }
      await server.stop();
    `;
    const flags = ['--conditions=kuberx-source', '--input-type=module', '--eval', program];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, flags, { timeout: 30_000 });
    const told = 'watches over WebSockets need the package ws, which is not installed: npm install ws';
    expect(stdout.match(/^501 .*$/gm)).toHaveLength(2);
    expect(stdout).toContain(told);
    expect(stderr).toContain(`Warning: ${told}`);
  });
});
