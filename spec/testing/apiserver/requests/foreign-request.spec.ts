import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { apiServer } from 'kuberx/testing/apiserver';
import { foreignRequest } from '#src/testing/apiserver/requests/foreign-request.ts';
import { aServer, configMap } from '../a-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const guests = { hosts: ['kuberx.test'], origins: ['http://localhost:5173'] };

/** Sends a request with just these headers: `fetch` allows neither another `Host` nor no content type. */
function sent(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<{ code: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, headers }, (response) => {
      text(response).then((received) => resolve({ code: response.statusCode, body: received }), reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

describe('foreignRequest', () => {
  it.each([
    [{ host: '127.0.0.1:8001' }],
    [{ host: 'localhost' }],
    [{ host: 'LOCALHOST:1' }],
    [{ host: '[::1]:8001' }],
    [{ host: 'kuberx.test:8001' }],
    [{ host: 'localhost:8001', origin: 'http://localhost:8001', 'sec-fetch-site': 'same-origin' }],
    [{ host: 'localhost:80', origin: 'http://localhost' }],
    [{ host: 'kuberx.test', origin: 'https://kuberx.test' }],
    [{ host: '127.0.0.1:8001', origin: 'http://localhost:5173', 'sec-fetch-site': 'cross-site' }],
    [{ host: '127.0.0.1:8001', 'sec-fetch-site': 'none' }],
  ])('lets %j in', (headers) => {
    expect(foreignRequest(headers, guests)).toBeUndefined();
  });

  it.each([
    [{}, 'host'],
    [{ host: '' }, 'host'],
    [{ host: 'evil.example' }, 'host'],
    [{ host: 'localhost.evil.example' }, 'host'],
    [{ host: 'localhost:1@evil.example' }, 'host'],
    [{ host: '127.0.0.1.evil.example:80' }, 'host'],
    [{ host: 'kuberx.test.' }, 'host'],
    [{ host: 'evil.example', origin: 'http://evil.example' }, 'host'],
    [{ host: 'evil.example', origin: 'http://localhost:5173' }, 'host'],
    [{ host: 'localhost:1', origin: 'http://evil.example' }, 'origin'],
    [{ host: 'localhost:1', origin: 'http://localhost:2' }, 'origin'],
    [{ host: 'localhost:1', origin: 'http://127.0.0.1:1' }, 'origin'],
    [{ host: 'localhost:1', origin: 'null' }, 'origin'],
    [{ host: 'localhost:1', origin: '' }, 'origin'],
    [{ host: 'localhost:1', 'sec-fetch-site': 'cross-site' }, 'origin'],
    [{ host: 'localhost:1', origin: 'http://localhost:1', 'sec-fetch-site': 'cross-site' }, 'origin'],
  ])('refuses %j for its %s', (headers, what) => {
    expect(foreignRequest(headers, guests)).toContain(`the option "${what}s" of the server`);
  });
});

describe('a server', () => {
  it('takes a body without a content type for JSON, as a kube-apiserver does, but none of a foreign page', async () => {
    const server = await aServer();
    const body = JSON.stringify(configMap('a'));
    for (const origin of ['http://evil.example', 'null']) {
      const refused = await sent(server.url + maps, 'POST', { Origin: origin }, body);
      expect(refused.code).toBe(403);
      expect(JSON.parse(refused.body)).toMatchObject({ kind: 'Status', reason: 'Forbidden', code: 403 });
    }
    expect(server.list('v1/configmaps')).toEqual([]);
    expect((await sent(server.url + maps, 'POST', {}, body)).code).toBe(201);
  });

  it('shows nothing under a foreign name, whatever token comes with it', async () => {
    const server = await aServer({ token: 'right' });
    server.create('v1/secrets', { metadata: { name: 'a', namespace: 'default' }, data: { password: 'aHVudGVyMg==' } });
    const { code, body } = await sent(`${server.url}/api/v1/secrets`, 'GET', {
      Authorization: 'Bearer right',
      Host: 'evil.example',
    });
    expect(code).toBe(403);
    expect(body).not.toContain('aHVudGVyMg');
    expect(body).not.toContain('evil');
  });

  it('answers its guests', async () => {
    const server = await aServer(guests);
    expect((await sent(server.url + maps, 'GET', { Host: 'Kuberx.test:80' })).code).toBe(200);
    const origin = { Origin: 'http://localhost:5173' };
    expect((await sent(server.url + maps, 'POST', origin, JSON.stringify(configMap('a')))).code).toBe(201);
  });

  it.each([
    [{ hosts: ['kuberx.test:80'] }, 'invalid host "kuberx.test:80"'],
    [{ hosts: [''] }, 'invalid host ""'],
    [{ hosts: ['http://kuberx.test'] }, 'invalid host "http://kuberx.test"'],
    [{ origins: ['localhost:5173'] }, 'invalid origin "localhost:5173"'],
    [{ origins: ['http://localhost:5173/'] }, 'invalid origin "http://localhost:5173/"'],
    [{ origins: ['null'] }, 'invalid origin "null"'],
    [{ origins: ['*'] }, 'invalid origin "*"'],
  ])('refuses the guests %j', async (options, message) => {
    await expect(apiServer(options)).rejects.toThrow(message);
  });
});
