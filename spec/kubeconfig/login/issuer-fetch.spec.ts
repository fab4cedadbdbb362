import type { ServerHttp2Stream } from 'node:http2';
import { expect, it } from 'vitest';
import { issuerFetch } from '#src/kubeconfig/login/issuer-fetch.ts';
import { eventually } from '../../eventually.ts';
import { http2Server } from '../../rest/servers.ts';
import { certificate } from '../../rest/test-certificate.ts';

it('gives a provider up that does not answer over HTTP/2, once the signal is aborted', async () => {
  const streams: ServerHttp2Stream[] = [];
  const server = await http2Server((stream) => {
    streams.push(stream);
    stream.on('error', () => undefined);
  });
  const abort = new AbortController();
  const answer = issuerFetch(certificate, {})(server.url, { signal: abort.signal });
  await eventually(() => expect(streams).toHaveLength(1));
  abort.abort(new DOMException('of the deadline', 'TimeoutError'));
  await expect(answer).rejects.toThrow('did not answer in time');
  await eventually(() => expect(streams[0]!.closed).toBe(true));
});
