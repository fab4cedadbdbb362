import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type CredentialsSource, listWatch, resourceClient, type ServerConnection } from 'kuberx/rest';
import { answered, clientOf } from './outcomes.ts';
import { http2Server, httpServer, httpsServer } from './servers.ts';
import { certificate } from './test-certificate.ts';

/** A connection whose token is that of the latest question. */
function connectionTo(
  url: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): ServerConnection & { readonly asked: () => number } {
  let [asked, token] = [0, 0];
  const credentialsSource: CredentialsSource = {
    host: url,
    read() {
      asked += 1;
      const endpoint = { server: new URL(url), tls: { ca: certificate } };
      return Promise.resolve({ endpoint, headers: { authorization: `Bearer ${token}`, ...headers } });
    },
    forget() {
      token += 1;
    },
  };
  return { credentialsSource, asked: () => asked };
}

const list = '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}';

describe('ServerConnection', () => {
  it('is taken by listWatch and resourceClient as a RestConfig is', async () => {
    const server = await httpServer((request, response) => {
      response.end(request.url!.includes('/pods/one') ? '{"metadata":{"name":"one"}}' : list);
    });
    const connection = connectionTo(server.url);
    const pods = resourceClient(connection, 'v1/pods');
    expect((await listWatch(connection, 'v1/pods').list({})).resourceVersion).toBe('1');
    expect((await firstValueFrom(pods.get({ name: 'one', namespace: 'a' }))).metadata.name).toBe('one');
    expect(connection.asked()).toBe(2);
  });

  it('is asked once more after a 401', async () => {
    const shown: unknown[] = [];
    const server = await httpServer((request, response) => {
      shown.push(request.headers.authorization);
      response.writeHead(request.headers.authorization === 'Bearer 1' ? 200 : 401).end();
    });
    expect((await answered(clientOf(connectionTo(server.url)))).status).toBe(200);
    expect(shown).toEqual(['Bearer 0', 'Bearer 1']);
  });

  it('answers all who ask at the same time with one reading, whichever client they use', async () => {
    const server = await httpServer((_request, response) => response.end());
    const connection = connectionTo(server.url);
    await Promise.all([answered(clientOf(connection)), answered(clientOf(connection))]);
    expect(connection.asked()).toBe(1);
  });

  it('sends a header once for each value, over HTTP/1.1 and HTTP/2', async () => {
    const seen: unknown[] = [];
    const overHttp1 = await httpsServer((request, response) => {
      seen.push(request.headersDistinct['impersonate-group']);
      response.end();
    });
    const overHttp2 = await http2Server((stream, _headers, raw) => {
      seen.push(raw.filter((_, i) => raw[i - 1] === 'impersonate-group'));
      stream.respond();
      stream.end();
    });
    for (const { url } of [overHttp1, overHttp2])
      await answered(clientOf(connectionTo(url, { 'impersonate-group': ['a', 'b, c'] })));
    expect(seen).toEqual([
      ['a', 'b, c'],
      ['a', 'b, c'],
    ]);
  });
});
