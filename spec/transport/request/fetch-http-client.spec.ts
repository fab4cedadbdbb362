import http from 'node:http';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { asyncScheduler, filter, map, takeUntil, timer } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Interrupted, KubeError, type KubernetesObject, reflector } from 'kuberx';
import { fetchHttpClient, httpListerWatcher } from 'kuberx/http';
import type { HttpEvent, HttpRequest } from '#src/transport/request/http-client.ts';
import { eventually } from '../../eventually.ts';

const request: HttpRequest = {
  resource: 'v1/pods',
  method: 'GET',
  path: '/api/v1/pods?a=b',
  headers: { accept: 'application/json' },
};

async function serve(listener: http.RequestListener): Promise<{ readonly url: string; readonly server: http.Server }> {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function send(server: string, headers?: () => Record<string, string> | Headers) {
  const outcome = { statuses: [] as number[], body: '', end: undefined as unknown };
  const subscription = fetchHttpClient({ server, headers })(request).subscribe({
    next: (event: HttpEvent) => {
      if (event.type === 'head') outcome.statuses.push(event.status);
      else outcome.body += new TextDecoder().decode(event.bytes);
    },
    error: (error: unknown) => (outcome.end = error),
    complete: () => (outcome.end = 'complete'),
  });
  onTestFinished(() => subscription.unsubscribe());
  return { outcome, subscription };
}

describe('fetchHttpClient', () => {
  it('sends the request and gives the response as it arrives', async () => {
    const seen: unknown[] = [];
    const { url } = await serve((incoming, response) => {
      seen.push(incoming.method, incoming.url, incoming.headers.accept, incoming.headers.authorization);
      response.write('one,', () => response.end('two'));
    });
    const { outcome } = send(url, () => ({ authorization: 'Bearer x' }));
    await eventually(() => expect(outcome).toEqual({ statuses: [200], body: 'one,two', end: 'complete' }));
    expect(seen).toEqual(['GET', '/api/v1/pods?a=b', 'application/json', 'Bearer x']);
  });

  it('aborts on unsubscribe, before and after the head', async () => {
    let closed = 0;
    let opened = 0;
    const { url } = await serve((incoming, response) => {
      opened += 1;
      incoming.socket.once('close', () => (closed += 1));
      if (opened === 1) response.write('x');
    });
    const first = send(url);
    await eventually(() => expect(first.outcome.body).toBe('x'));
    first.subscription.unsubscribe();
    const second = send(url);
    await eventually(() => expect(opened).toBe(2));
    second.subscription.unsubscribe();
    await eventually(() => expect(closed).toBe(2));
    expect([first.outcome.end, second.outcome.end]).toEqual([undefined, undefined]);
  });

  it('gives a redirect as it came', async () => {
    const { url } = await serve((_incoming, response) => response.writeHead(307, { location: '/elsewhere' }).end());
    const { outcome } = send(url);
    await eventually(() => expect(outcome).toMatchObject({ statuses: [307], end: 'complete' }));
  });

  it('fails with Network where nothing listens, and where a response breaks off', async () => {
    const { url, server } = await serve((_incoming, response) => {
      response.write('x', () => response.destroy());
    });
    const broken = send(url).outcome;
    await eventually(() => expect(broken.end).toMatchObject({ reason: 'Network' }));
    server.close();
    const refused = send(url).outcome;
    await eventually(() => expect(refused.end).toBeInstanceOf(KubeError));
    expect(refused.end).toMatchObject({ reason: 'Network', message: 'v1/pods: the GET request failed' });
  });

  it('holds nothing of an answer that is not HTTP', async () => {
    const server = net.createServer((socket) => socket.end('hunter2\r\n\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { outcome } = send(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await eventually(() => expect(outcome.end).toMatchObject({ reason: 'Network' }));
    expect(inspect(outcome.end, { depth: Infinity })).toContain('HTTPParserError');
    expect(inspect(outcome.end, { depth: Infinity })).not.toContain('hunter2');
  });

  it.each([
    'https://me:hunter2@10.0.0.1',
    'https://hunter2@10.0.0.1/path',
    'https://me:hunter2@10.0.0.1:99999',
    'https://me:hunter2@no such host',
    'https://me:hunter2@',
    '//me:hunter2@10.0.0.1',
    'me:hunter2@10.0.0.1',
  ])('refuses a server with a password in it, which the platform would tell: %s', (server) => {
    expect(() => fetchHttpClient({ server })).toThrow(
      new TypeError('server has a user name or a password in it. Nothing was sent.'),
    );
  });

  it('fails with Credentials where the headers cannot be had', async () => {
    const { outcome } = send('http://127.0.0.1:1', () => {
      throw new Error('hunter2');
    });
    await eventually(() => expect(outcome.end).toMatchObject({ reason: 'Credentials' }));
  });

  it.each([
    ['a record', { Authorization: 'Bearer x', Accept: 'y' }],
    ['a record without a prototype', Object.assign(Object.create(null), { authorization: 'Bearer x' }) as object],
    ['a Headers', new Headers({ authorization: 'Bearer x', accept: 'y' })],
  ])('sends the headers that are %s, and its own in place of them', async (_, headers) => {
    const seen: unknown[] = [];
    const { url } = await serve((incoming, response) => {
      seen.push(incoming.headers.authorization, incoming.headers.accept);
      response.end();
    });
    const { outcome } = send(url, () => headers as Headers);
    await eventually(() => expect(outcome.end).toBe('complete'));
    expect(seen).toEqual(['Bearer x', 'application/json']);
  });

  const rejected = (): unknown => Promise.reject(new Error('hunter2'));
  const thenable = { then: () => undefined, authorization: 'hunter2' };
  class Token {
    readonly authorization = 'hunter2';
  }

  it.each<[string, () => unknown, string]>([
    ['a promise', rejected, 'are a promise, and have to be there when they are asked for'],
    ['a thenable', () => thenable, 'are a promise, and have to be there when they are asked for'],
    ['null', () => null, 'are null, and no record of texts'],
    ['nothing', () => undefined, 'are undefined, and no record of texts'],
    ['a text', () => 'authorization: hunter2', 'are a string, and no record of texts'],
    ['a Map', () => new Map([['authorization', 'hunter2']]), 'are an object, and no record of texts'],
    ['pairs', () => [['authorization', 'hunter2']], 'are an object, and no record of texts'],
    ['of a class', () => new Token(), 'are an object, and no record of texts'],
    [
      'texts in an array',
      () => ({ authorization: ['hunter2'] }),
      'have what is not a string: a header that is an object',
    ],
    [
      'undefined in them',
      () => ({ authorization: undefined }),
      'have what is not a string: a header that is undefined',
    ],
    ['two lines', () => ({ authorization: 'Bearer\nhunter2' }), 'have a name or a text that no header can have'],
    ['a name with a space', () => ({ 'Bearer hunter2': '' }), 'have a name or a text that no header can have'],
  ])('sends nothing where the headers are or have %s, and tells no secret', async (_, headers, message) => {
    let asked = 0;
    const { url } = await serve((_incoming, response) => {
      asked += 1;
      response.end();
    });
    const { outcome } = send(url, headers as () => Record<string, string>);
    await eventually(() =>
      expect(outcome.end).toMatchObject({
        reason: 'Credentials',
        message: `v1/pods: the headers of the request ${message}`,
      }),
    );
    const { message: told, stack, cause } = outcome.end as KubeError;
    expect(String([told, stack, cause])).not.toContain('hunter2');
    expect(asked).toBe(0);
  });
});

describe('the silence of fetchHttpClient', () => {
  /** A value in so many milliseconds of virtual time. No promise, which would settle in none. */
  const later = (delay: number, value: unknown) => ({
    then: (resolve: (value: unknown) => void) => {
      if (delay < Infinity) timer(delay).subscribe(() => resolve(value));
    },
  });

  const line = (type: string, object: unknown): Uint8Array =>
    new TextEncoder().encode(
      `${JSON.stringify({ type, object: { kind: 'Pod', apiVersion: 'v1', ...(object as object) } })}\n`,
    );
  const bookmark = (resourceVersion: string) => line('BOOKMARK', { metadata: { resourceVersion } });
  const marker = line('BOOKMARK', {
    metadata: { resourceVersion: '5', annotations: { 'k8s.io/initial-events-end': 'true' } },
  });

  /** A fetch whose answers come at once, and the chunks of their bodies after so many milliseconds each. */
  function fake(...bodies: readonly (readonly [delay: number, bytes: Uint8Array])[][]) {
    const asked: { readonly url: string; readonly signal: AbortSignal }[] = [];
    const fetch = (url: string, { signal }: { readonly signal: AbortSignal }) => {
      const chunks = [...(bodies[asked.length] ?? [])];
      asked.push({ url, signal });
      const read = () => {
        const next = chunks.shift();
        return next === undefined ? later(Infinity, undefined) : later(next[0], { done: false, value: next[1] });
      };
      return later(0, { status: 200, headers: new Headers(), body: { getReader: () => ({ read }) } });
    };
    return { fetch: fetch as unknown as typeof globalThis.fetch, asked };
  }

  function inVirtualTime(run: (helpers: RunHelpers) => void): void {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run);
  }

  const silent = (seconds: number) =>
    expect.objectContaining({
      reason: 'Idle',
      message: `v1/pods: the connection was silent for ${seconds} s`,
    }) as KubeError;

  it('ends a request that gets no answer, after 90 s, and aborts it', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      let signal: AbortSignal | undefined;
      const fetch = (_url: string, init: { readonly signal: AbortSignal }) => {
        signal = init.signal;
        return later(Infinity, undefined);
      };
      const response$ = fetchHttpClient({ server: '', fetch: fetch as unknown as typeof globalThis.fetch })(request);
      expectObservable(response$).toBe('90s #', {}, silent(90));
      flush();
      expect(signal?.aborted).toBe(true);
    });
  });

  it('counts from what came last, as long as is set', () => {
    inVirtualTime(({ expectObservable }) => {
      const { fetch } = fake([
        [900, bookmark('6')],
        [900, bookmark('7')],
      ]);
      const types$ = fetchHttpClient({ server: '', fetch, silenceTimeout: 1000 })(request).pipe(
        map(({ type }) => type[0]),
      );
      expectObservable(types$).toBe('h 899ms c 899ms c 999ms #', undefined, silent(1));
    });
  });

  it.each([Infinity, 2 ** 31])('never ends where %d ms is set', (silenceTimeout) => {
    inVirtualTime(({ expectObservable }) => {
      const { fetch } = fake([]);
      const types$ = fetchHttpClient({ server: '', fetch, silenceTimeout })(request).pipe(map(({ type }) => type[0]));
      expectObservable(types$, '^ 144000m !').toBe('h');
    });
  });

  it('opens a watch behind a proxy that keeps a dead stream open again from its version, and leaves one with bookmarks', () => {
    inVirtualTime(({ flush }) => {
      const bookmarks = ['6', '7', '8', '9'].map((version) => [60_000, bookmark(version)] as const);
      const { fetch, asked } = fake([[0, marker], ...bookmarks], [[0, bookmark('9')]]);
      const listerWatcher = httpListerWatcher<KubernetesObject>({
        http: fetchHttpClient({ server: '', fetch }),
        resource: 'v1/pods',
        path: '/api/v1/pods',
        apiVersion: 'v1',
      });
      const said: string[] = [];
      const interruptions$ = reflector(listerWatcher, { random: () => 0 }).pipe(
        filter((event): event is Interrupted => event.type === 'Interrupted'),
        takeUntil(timer(400_000)),
      );
      interruptions$.subscribe(({ error, phase }) =>
        said.push(`${asyncScheduler.now() / 1000} ${phase} ${error.reason}`),
      );
      flush();
      // The server was asked to end it after 240 s, and it counts as dead when it is silent for 250 s.
      expect(said).toEqual(['330 watching Idle']);
      expect(asked.map(({ url }) => new URL(url, 'http://x').searchParams.get('resourceVersion'))).toEqual([
        null,
        '9',
        '9',
      ]);
      expect(asked[1]?.url).toContain('limit=1');
      expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
    });
  });

  it.each([-1, NaN, '90'])('is refused where it is %j', (silenceTimeout) => {
    const client = () => fetchHttpClient({ server: '', silenceTimeout: silenceTimeout as number });
    expect(client).toThrow(RangeError);
    expect(client).toThrow(`silenceTimeout is ${silenceTimeout}; it takes milliseconds`);
  });
});
