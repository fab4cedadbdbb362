import { request } from 'node:https';
import { once } from 'node:events';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { listWatch } from 'kuberx/rest';
import type { ApiServer } from 'kuberx/testing/apiserver';
import { CertificateAuthority } from '#src/testing/apiserver/wire/certificate-authority.ts';
import { aServer } from '../a-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';

/** A user of a server, in place of its token. */
function as(server: ApiServer, user: string, groups: readonly string[] = []) {
  const { token: _, ...address } = server.restConfig;
  return listWatch({ ...address, ...server.clientCertificate(user, groups) }, 'v1/configmaps');
}

/** The status of a request over HTTP/1.1. */
async function statusOf(server: ApiServer, identity: { key?: string; cert?: string }, token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const sent = request(server.url + maps, { ca: server.ca, agent: false, headers, ...identity }).end();
  const [response] = (await once(sent, 'response')) as [{ statusCode: number; resume: () => void }];
  response.resume();
  return response.statusCode;
}

describe('a client certificate', () => {
  it.each([true, false])('lets its user in without a token, and tells who it is: HTTP/2 %s', async (http2) => {
    const server = await aServer({ tls: true, token: 'secret', http2 });
    await firstValueFrom(as(server, 'alice', ['dev']).list({}));
    await firstValueFrom(as(server, 'bob').list({}));
    expect(server.requests.map(({ user }) => user)).toEqual(['alice', 'bob']);
    expect(new Set(server.requests.map(({ transport }) => transport)).size).toBe(1);
    server.intercept(({ user }) => (user === 'bob' ? { code: 403 } : undefined));
    await firstValueFrom(as(server, 'alice').list({}));
    await expect(firstValueFrom(as(server, 'bob').list({}))).rejects.toMatchObject({ code: 403 });
  });

  it('is refused with 401 where another authority has signed it, unless there is a token', async () => {
    const stranger = new CertificateAuthority().client('alice', []);
    const open = await aServer({ tls: true });
    expect([await statusOf(open, {}), await statusOf(open, stranger)]).toEqual([200, 401]);
    const closed = await aServer({ tls: true, token: 'secret' });
    expect([await statusOf(closed, {}), await statusOf(closed, stranger)]).toEqual([401, 401]);
    expect(await statusOf(closed, stranger, 'secret')).toBe(200);
    expect(await statusOf(closed, closed.clientCertificate('alice'))).toBe(200);
  });

  it('is not made by a server without an authority of its own', async () => {
    const server = await aServer();
    expect(() => server.clientCertificate('alice')).toThrow('tls');
  });
});
