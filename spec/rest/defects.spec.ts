import { map, take, toArray } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type KubeError, reflector } from 'kuberx';
import { listWatch } from 'kuberx/rest';
import { eventually } from '../eventually.ts';
import { firstOf } from '../transport/responses.ts';
import { http2Server, httpServer, httpsServer, restConfigOf, relay, type TestServer } from './servers.ts';

const pod = (version: number) => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'p', namespace: 'default', uid: 'u', resourceVersion: String(version) },
});
const line = (type: string, object: unknown): string => `${JSON.stringify({ type, object })}\n`;
const marker = line('BOOKMARK', {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { resourceVersion: '5', annotations: { 'k8s.io/initial-events-end': 'true' } },
});
const list = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '5' }, items: [pod(4)] });

/** What a server sends for a request to this path; a watch stays open. */
const answerTo = (path: string, changes: number): string => {
  if (!path.includes('watch=')) return list;
  const events = Array.from({ length: changes }, (_, index) => line('MODIFIED', pod(6 + index)));
  return line('ADDED', pod(4)) + marker + events.join('');
};

/** Servers by the protocol they speak, which answer lists and watches, and remember what they were asked. */
const servers: [string, (changes: number) => Promise<TestServer & { readonly asked: readonly string[] }>][] = [
  ...(
    [
      ['HTTP/1.1', httpServer],
      ['HTTP/1.1 over TLS', httpsServer],
    ] as const
  ).map(([name, serve]): (typeof servers)[number] => [
    name,
    async (changes) => {
      const asked: string[] = [];
      const server = await serve((request, response) => {
        const path = request.url ?? '';
        asked.push(path);
        response.write(answerTo(path, changes));
        if (!path.includes('watch=')) response.end();
      });
      return { ...server, asked };
    },
  ]),
  [
    'HTTP/2',
    async (changes) => {
      const asked: string[] = [];
      const server = await http2Server((stream, headers) => {
        const path = String(headers[':path']);
        asked.push(path);
        stream.respond({ ':status': 200 });
        stream.write(answerTo(path, changes));
        if (!path.includes('watch=')) stream.end();
      });
      return { ...server, asked };
    },
  ],
];

/** Defects that were seen in other clients: each has its name here, and none may come back. */
describe.each(servers)('over %s, the transport has not', (scheme, serve) => {
  it('a half-open socket that stays silent for ever', async () => {
    const server = await serve(0);
    const between = await relay(server.port);
    // Long enough for a handshake on a busy machine.
    const connection = { silenceTimeout: 1000, pingAfter: 500, pingTimeout: 500 };
    const url = scheme === 'HTTP/1.1' ? between.url.replace('https', 'http') : between.url;
    const frames: string[] = [];
    let failure: KubeError | undefined;
    const subscription = listWatch(restConfigOf(url), 'v1/pods', { connection })
      .watch({ sendInitialEvents: true })
      .subscribe({
        next: ({ type }) => {
          frames.push(type);
          if (type === 'BOOKMARK') between.fallSilent();
        },
        error: (error: unknown) => (failure = error as KubeError),
      });
    onTestFinished(() => subscription.unsubscribe());
    await eventually(() => expect(failure).toMatchObject({ reason: 'Idle' }));
    expect(frames).toEqual(['OPEN', 'ADDED', 'BOOKMARK']);
    await eventually(() => expect(between.sockets.size).toBe(0));
  });

  it('a connection for each request', async () => {
    const server = await serve(0);
    for (let index = 0; index < 10; index += 1) {
      // Made anew each time, as by a program that has many caches of one server.
      await firstOf(listWatch(restConfigOf(server.url), 'v1/pods').list({}));
    }
    expect(server.asked).toHaveLength(10);
    expect(server.connections()).toBe(1);
  });

  it('a URL as its identity, whose version reopens the socket at each event', async () => {
    const server = await serve(50);
    const begin = ['Requested', 'Opened', 'Replaced', 'Opened'];
    const pods$ = reflector(listWatch(restConfigOf(server.url), 'v1/pods'));
    const types$ = pods$.pipe(
      map(({ type }) => type),
      take(begin.length + 50),
      toArray(),
    );
    expect(await firstOf(types$)).toEqual([...begin, ...Array.from({ length: 50 }, () => 'Updated')]);
    expect(server.asked).toHaveLength(1);
    expect(server.connections()).toBe(1);
  });
});
