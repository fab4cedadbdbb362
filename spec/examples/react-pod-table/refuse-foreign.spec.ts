import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePage } from '../../../examples/react-pod-table/page.ts';

// As a `kubectl proxy`, which lets everybody in that names it by loopback.
let target: Server;
let page: ViteDevServer;
let reached: string[];
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  reached = [];
  target = createServer(({ method = '' }, response) => {
    reached.push(method);
    response.end();
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  page = await servePage(`http://127.0.0.1:${portOf(target)}`, 'silent');
});

afterAll(async () => {
  await page.close();
  target.close();
});

function statusOf(method: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { port } = page.httpServer?.address() as AddressInfo;
  const options = { host: '127.0.0.1', port, path: '/api/v1/pods', method, headers };
  return new Promise((resolve, reject) => {
    const sending = request(options, (response) => resolve(response.resume().statusCode));
    sending.on('error', reject);
    sending.end(method === 'POST' ? '{}' : undefined);
  });
}

describe('the proxy of react-pod-table', () => {
  it('passes on what its own page asks for', async () => {
    const { port } = page.httpServer?.address() as AddressInfo;
    for (const name of ['127.0.0.1', 'localhost']) {
      const host = `${name}:${port}`;
      reached = [];
      expect(await statusOf('GET', { host, 'sec-fetch-site': 'same-origin' })).toBe(200);
      expect(await statusOf('POST', { host, origin: `http://${host}` })).toBe(200);
      expect(reached).toEqual(['GET', 'POST']);
    }
  });

  it.each([
    ['POST', { origin: 'http://evil.example' }],
    ['POST', { origin: 'null' }],
    ['POST', { origin: 'http://localhost:1' }],
    ['GET', { 'sec-fetch-site': 'cross-site' }],
    ['GET', { host: 'evil.example' }],
    ['GET', { host: '10.1.2.3' }],
    ['OPTIONS', { origin: 'http://localhost:1', 'access-control-request-method': 'PUT' }],
  ])('refuses %s with %j', async (method, headers) => {
    reached = [];
    expect(await statusOf(method, { ...headers })).toBe(403);
    expect(reached).toEqual([]);
  });
});
