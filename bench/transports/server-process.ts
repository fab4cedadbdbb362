/** Embedded API servers, plain and over TLS, and beside each the least that Node can do: the same bytes, without a look at the request. */
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { apiServer } from 'kuberx/testing/apiserver';
import { certificate, key } from '../../spec/rest/test-certificate.ts';

const plain = await apiServer();
const secure = await apiServer({ tls: true });
const object = { metadata: { name: 'a', namespace: 'default' }, data: { text: 'x'.repeat(1000) } };
for (const server of [plain, secure]) server.create('v1/configmaps', object);
const body = await (await fetch(`${plain.url}/api/v1/namespaces/default/configmaps/a`)).text();
const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };

const http1 = createServer((_, response) => response.writeHead(200, headers).end(body)).listen(0, '127.0.0.1');
const http2 = createSecureServer({ cert: certificate, key, allowHTTP1: true }, (_, response) => {
  response.writeHead(200, headers).end(body);
}).listen(0, '127.0.0.1');
await Promise.all([http1, http2].map((server) => new Promise((resolve) => server.once('listening', resolve))));
const portOf = (server: { address: () => unknown }) => (server.address() as AddressInfo).port;

process.on('message', (count: number | 'usage') => {
  if (count === 'usage') {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
    return;
  }
  for (let index = 0; index < count; index++) {
    for (const server of [plain, secure]) {
      server.apply('v1/configmaps', { ...object, data: { text: `${index}`.padEnd(1000, 'x') } });
    }
  }
});
process.once('disconnect', () => process.exit());
process.send?.({
  plain: plain.url,
  secure: secure.url,
  ca: secure.ca,
  floor1: `http://127.0.0.1:${portOf(http1)}`,
  floor2: `https://127.0.0.1:${portOf(http2)}`,
  floorCa: certificate,
});
