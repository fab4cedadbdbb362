import { describe, expect, it, onTestFinished } from 'vitest';
import { sharedInformer } from 'kuberx';
import { fetchHttpClient, httpResourceClient, parseResource, type ServerWarning } from 'kuberx/http';
import { listWatch, resourceClient } from 'kuberx/rest';
import { eventually } from '../eventually.ts';
import { http2Server, httpServer, restConfigOf } from './servers.ts';

const pod = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'a' } });
// A kube-apiserver sends a header for each. Node writes one that is no Latin-1 as bytes only if it is given as such.
const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const warnings = [bytes('299 - "für alle: \\"x\\""'), '299 - "deprecated"'];
const expected: ServerWarning[] = [
  { resource: 'v1/pods', text: 'für alle: "x"' },
  { resource: 'v1/pods', text: 'deprecated' },
];
const reference = { name: 'p', namespace: 'a' };

describe('warnings in several headers', () => {
  it('come over HTTP/1.1', async () => {
    const told: ServerWarning[] = [];
    const server = await httpServer((_, response) => response.setHeader('Warning', warnings).end(Buffer.from(pod)));
    const pods = resourceClient(restConfigOf(server.url), 'v1/pods', { onWarning: (each) => told.push(each) });
    await pods.get(reference);
    expect(told).toEqual(expected);
  });

  it('come over HTTP/2', async () => {
    const told: ServerWarning[] = [];
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200, warning: warnings as never });
      stream.end(pod);
    });
    const onWarning = (each: ServerWarning): void => void told.push(each);
    await resourceClient(restConfigOf(server.url), 'v1/pods', { onWarning, connectTimeout: 9000 }).get(reference);
    expect(told).toEqual(expected);
  });

  it('come through fetch', async () => {
    const told: ServerWarning[] = [];
    const server = await httpServer((_, response) => response.setHeader('Warning', warnings).end(Buffer.from(pod)));
    const options = {
      http: fetchHttpClient({ server: server.url }),
      resource: parseResource('v1/pods'),
    } satisfies object;
    await httpResourceClient({ ...options, onWarning: (each) => told.push(each) }).get(reference);
    expect(told).toEqual(expected);
  });

  it('come with a list and a watch, once each', async () => {
    const told: ServerWarning[] = [];
    const server = await httpServer((_, response) => response.setHeader('Warning', warnings).writeHead(403).end());
    const pods = listWatch(restConfigOf(server.url), 'v1/pods', { onWarning: (each) => told.push(each) });
    for (let n = 0; n < 2; n++) await expect(pods.list({})).rejects.toMatchObject({ reason: 'Forbidden' });
    expect(told).toEqual(expected);
  });
});

it('a resource that the server does not have shows in the status of its informer as such', async () => {
  const server = await httpServer((_, response) => response.writeHead(404).end('404 page not found\n'));
  const podz = sharedInformer(listWatch({ server: server.url }, 'v1/podz', { namespace: 'default' }));
  const held = podz.connect();
  onTestFinished(() => held.unsubscribe());
  await eventually(() =>
    expect(podz.status$.value.lastError).toMatchObject({
      reason: 'NotFound',
      message: 'v1/podz in default: the server has no such resource (404 at /api/v1/namespaces/default/podz)',
    }),
  );
});
