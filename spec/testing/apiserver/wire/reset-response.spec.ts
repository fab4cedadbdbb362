import { expect, it } from 'vitest';
import { aServer } from '../a-server.ts';
import { Http2Client } from '../http2-client.ts';

it('breaks off one stream over HTTP/2, and leaves the others', async () => {
  const server = await aServer({ tls: true });
  const client = await Http2Client.of(server);
  const watch = client.open('/api/v1/configmaps?watch=1');
  await watch.headers;
  server.failNext({ code: 'reset' });
  expect(await client.get('/api/v1/configmaps')).toMatchObject({ resetCode: 2 });
  expect(server.openStreams).toBe(1);
  server.endStreams({ how: 'reset' });
  expect(await watch.ended).toMatchObject({ code: 200, resetCode: 2 });
  expect((await client.get('/healthz')).text).toBe('ok');
});
