import type { ServerResponse } from 'node:http';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type KubeError, sharedInformer } from 'kuberx';
import { listWatch } from 'kuberx/rest';
import { eventually } from '../../eventually.ts';
import { http2Server, httpServer } from '../servers.ts';

const pod = (name: string, version: string) => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name, namespace: 'default', uid: name, resourceVersion: version },
});
const list = JSON.stringify({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '5' },
  items: Array.from({ length: 5000 }, (_, index) => pod(`p${index}`, '1')),
});
const frame = (name: string): string => `${JSON.stringify({ type: 'ADDED', object: pod(name, '7') })}\n`;

const packed = { 'content-type': 'application/json', 'content-encoding': 'gzip' };

async function failureOf(answer: (response: ServerResponse) => unknown): Promise<KubeError> {
  const { url } = await httpServer((_, response) => answer(response));
  return firstValueFrom(listWatch({ server: url }, 'v1/pods').list({})).then(
    () => expect.fail('it was read'),
    (error: unknown) => error as KubeError,
  );
}

describe('a body in gzip that nobody asked for', () => {
  it('is read, as a list over HTTP/1.1', async () => {
    let asked: unknown;
    const { url } = await httpServer(({ headers }, response) => {
      asked = headers['accept-encoding'];
      response.writeHead(200, packed).end(gzipSync(list));
    });
    expect((await listWatch({ server: url }, 'v1/pods').list({})).items).toHaveLength(5000);
    expect(asked).toBeUndefined();
  });

  it('is read, as a list over HTTP/2', async () => {
    const { url } = await http2Server((stream) => {
      stream.respond({ ':status': 200, ...packed });
      stream.end(gzipSync(list));
    });
    const listerWatcher = listWatch({ server: url, insecureSkipTlsVerify: true }, 'v1/pods');
    expect((await listerWatcher.list({})).items).toHaveLength(5000);
  });

  it('is read frame by frame, as a watch that goes on', async () => {
    const { url } = await httpServer((_, response) => {
      response.writeHead(200, packed);
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      gzip.pipe(response);
      gzip.write(frame('a'));
      // The second frame is sent a turn later; the response never ends.
      gzip.flush(() => gzip.write(frame('b')));
    });
    const frames$ = listWatch({ server: url }, 'v1/pods').watch({}).pipe(take(3), toArray());
    expect((await lastValueFrom(frames$)).map(({ type }) => type)).toEqual(['OPEN', 'ADDED', 'ADDED']);
  });

  it('tells why a request was refused', async () => {
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code: 403,
      reason: 'Forbidden',
      message: 'no',
    };
    const error = await failureOf((response) => response.writeHead(403, packed).end(gzipSync(JSON.stringify(status))));
    expect(error).toMatchObject({ reason: 'Forbidden', message: 'v1/pods: no' });
  });

  it('is Malformed where it is no gzip', async () => {
    const error = await failureOf((response) => response.writeHead(200, packed).end(list));
    expect(error).toMatchObject({
      reason: 'Malformed',
      message: 'v1/pods: the body of the response is not the gzip that its head says',
    });
  });

  it('is Malformed in another encoding', async () => {
    const error = await failureOf((response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'));
    expect(error).toMatchObject({
      reason: 'Malformed',
      message: expect.stringContaining('content encoding') as string,
    });
  });

  it.each([
    ['ends', (response: ServerResponse) => response.end()],
    ['breaks', (response: ServerResponse) => response.destroy()],
  ])('is a failure of the network where it %s too early', async (_, leave) => {
    const half = gzipSync(list).subarray(0, 500);
    const error = await failureOf((response) => response.writeHead(200, packed).write(half, () => leave(response)));
    expect(error.reason).toBe('Network');
  });

  it('leaves nothing behind when it is left', async () => {
    const { url, sockets } = await httpServer((_, response) => {
      response.writeHead(200, packed);
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      gzip.pipe(response);
      gzip.write(frame('a'));
    });
    await firstValueFrom(listWatch({ server: url }, 'v1/pods').watch({}).pipe(take(1)));
    await eventually(() => expect(sockets.size).toBe(0));
  });
});

describe('white space in a watch', () => {
  it('is a sign of life', async () => {
    const { url } = await httpServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (request.url?.includes('watch')) {
        const beat = setInterval(() => response.write(' \n'), 20);
        response.once('close', () => clearInterval(beat));
      } else {
        response.end(list);
      }
    });
    const alive = listWatch({ server: url }, 'v1/pods', { connection: { silenceTimeout: 150 } });
    const informer = sharedInformer(alive, { streaming: false });
    const subscription = informer.snapshot$.subscribe();
    await informer.whenSynced();
    const since = Date.now();
    await eventually(() => expect(Date.now() - since).toBeGreaterThan(600));
    expect(informer.status$.value).toMatchObject({ phase: 'watching', stale: false, lastError: undefined });
    subscription.unsubscribe();
  });
});
