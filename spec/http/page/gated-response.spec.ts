import { asyncScheduler, NEVER } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { type KubernetesObject, type SharedInformer, sharedInformer } from 'kuberx';
import { fetchHttpClient, listWatch, type PageConnection } from 'kuberx/http';
import { ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';
import { pageConnectionOver, type PageParts } from '#src/http/page/page-connection-over.ts';
import type { SocketConstructor } from '#src/http/page/watch-socket.ts';
import { eventually } from '../../eventually.ts';

const pod = (name: string) => ({ metadata: { namespace: 'default', name } });

/** As a browser does: with the origin of the page. */
class PageSocket extends NodeWebSocket {
  constructor(url: string, protocols?: string[]) {
    super(url, protocols ?? [], { origin: new URL(url).origin.replace('ws', 'http') });
  }
}

/** What no proxy lets through. */
class LostSocket extends EventTarget {
  binaryType = '';
  constructor() {
    super();
    queueMicrotask(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1006 })));
  }
  close(): void {
    this.binaryType = '';
  }
}

interface Played {
  readonly server: ApiServer;
  readonly page: PageConnection;
  readonly pods: SharedInformer<KubernetesObject>;
}

async function play(
  options: ApiServerOptions = {},
  parts: Partial<PageParts> = {},
  metadataOnly = false,
): Promise<Played> {
  const server = new ApiServer(options);
  await server.start();
  onTestFinished(() => server.stop());
  server.create('v1/pods', pod('first'));
  const { headers } = parts;
  const given: PageParts = {
    fetchClient: fetchHttpClient({ server: server.url, headers }),
    headers: undefined,
    origin: server.url,
    ignoresNetwork: true,
    signals: { isHidden: false, isOffline: false, signals$: NEVER },
    scheduler: asyncScheduler,
    clock: asyncScheduler,
    random: () => 0,
    isMultiplexed: () => false,
    WebSocket: PageSocket,
    socketUrl: (path) => server.url.replace('http', 'ws') + path,
    maxStreams: undefined,
    hiddenAfter: Infinity,
    silenceTimeout: Infinity,
    ...parts,
  };
  const opened: { readonly server: ApiServer; readonly page: PageConnection } = {
    server,
    page: pageConnectionOver(given),
  };
  const listerWatcher = listWatch(opened.page, 'v1/pods', { metadataOnly });
  const pods = sharedInformer(listerWatcher, { random: () => 0 });
  const held = pods.connect();
  onTestFinished(() => held.unsubscribe());
  return { ...opened, pods: pods as unknown as SharedInformer<KubernetesObject> };
}

const transports = ({ requests }: ApiServer) => requests.map(({ verb, transport }) => `${verb ?? ''} ${transport}`);

describe('a watch of a page over HTTP/1.1', () => {
  it('goes over a WebSocket, and is followed there', async () => {
    const { server, pods, page } = await play();
    await pods.whenSynced();
    server.create('v1/pods', pod('second'));
    await eventually(() => expect(pods.snapshot$.value.size).toBe(2));
    expect(transports(server)).toEqual(['watch websocket']);
    expect(page.connection$.value).toMatchObject({ state: 'live', streams: { open: 1, allowed: 200 } });
    server.endStreams();
    await eventually(() => expect(server.requests).toHaveLength(2));
    server.endStreams({ how: 'reset' });
    await eventually(() => expect(server.openStreams).toBe(1));
    expect(transports(server).filter((each) => each === 'watch websocket')).toHaveLength(3);
  });

  it('has its token as a subprotocol', async () => {
    const token = 'a.b-c_d~e/f+g==';
    const { server, pods } = await play({ token }, { headers: () => ({ authorization: `Bearer ${token}` }) });
    await pods.whenSynced();
    expect(transports(server)).toEqual(['watch websocket']);
  });

  it('goes by fetch where a WebSocket cannot say its headers or its form', async () => {
    const { server, pods } = await play({}, { headers: () => ({ 'impersonate-user': 'alice' }) });
    await pods.whenSynced();
    expect(transports(server)).toEqual(['watch http/1.1']);
    const metadata = await play({}, {}, true);
    await metadata.pods.whenSynced();
    expect(transports(metadata.server)).toEqual(['watch http/1.1']);
  });

  it.each([
    ['Unauthorized', 401, {}, undefined],
    ['Forbidden', 403, {}, 15_000],
    ['Expired', 410, {}, undefined],
    ['TooManyRequests', 429, { 'retry-after': '7' }, 7_000],
  ] as const)('that is refused has the reason of the server: %s', async (reason, code, headers, retryAfter) => {
    const body = {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: 'the words of the server',
      reason,
      code,
    };
    const { pods, page } = await play({
      intercept: ({ verb }) => (verb === 'watch' ? { code, headers, body } : undefined),
    });
    await eventually(() => expect(pods.status$.value.lastError).toMatchObject({ reason, code, retryAfter }));
    expect(pods.status$.value.lastError?.message).toContain('the words of the server');
    if (code === 401) expect(page.connection$.value.state).toBe('signed out');
  });

  it('goes by fetch for some minutes where no WebSocket gets through, and four at most then', async () => {
    const { server, pods, page } = await play({}, { WebSocket: LostSocket as unknown as SocketConstructor });
    await pods.whenSynced();
    expect(pods.status$.value).toMatchObject({ phase: 'watching', lastError: undefined });
    expect(new Set(transports(server))).toEqual(new Set(['watch http/1.1']));
    await eventually(() => expect(server.openStreams).toBe(1));
    expect(page.connection$.value.streams.allowed).toBe(4);
  });
});

describe('credentials that cannot be had', () => {
  it('are told as such, and say nothing of the server', async () => {
    const headers = (): never => {
      throw new Error('a secret');
    };
    const { pods, page } = await play({}, { headers });
    await eventually(() => expect(pods.status$.value.lastError?.reason).toBe('Credentials'));
    expect(pods.status$.value.lastError?.message).not.toContain('secret');
    expect(page.connection$.value.streams.open).toBe(0);
  });
});
