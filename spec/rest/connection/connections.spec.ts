import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { inspect, promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deadlines } from '#src/rest/connection/connection-options.ts';
import { eventually } from '../../eventually.ts';
import { answered, clientOf, failure, type Outcome, pods, sent } from '../outcomes.ts';
import { http2Server, httpServer, httpsServer, listening, restConfigOf, relay, tcpServer } from '../servers.ts';
import { certificate, key, otherKey } from '../test-certificate.ts';

const opened = async (...outcomes: readonly Outcome[]): Promise<void> => {
  await eventually(() => expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 200)));
};

describe.each([
  ['http', httpServer],
  ['https with HTTP/1.1 only', httpsServer],
])('over %s', (_, serve) => {
  it('sends requests one after another over one connection, and together over as many as they need', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/watch') response.write('x');
      else response.end(request.url);
    });
    const client = clientOf(restConfigOf(server.url));
    for (let index = 0; index < 5; index += 1) {
      expect(await answered(client)).toMatchObject({ status: 200, body: '/api/v1/pods', end: 'complete' });
    }
    expect(server.connections()).toBe(1);
    const watches = [sent(client, { ...pods, path: '/watch' }), sent(client, { ...pods, path: '/watch' })];
    await opened(...watches);
    await answered(clientOf(restConfigOf(server.url, { token: 'another' })));
    expect(server.connections()).toBe(3);
  });

  it('says who asks and asks for nothing else', async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    const server = await serve((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const config = restConfigOf(server.url, { token: 'hunter2' });
    await answered(clientOf(config), { ...pods, headers: { accept: 'application/json' } });
    const { host, connection, ...headers } = seen[0]!;
    expect(host).toBe(`127.0.0.1:${server.port}`);
    expect(connection).toBe('keep-alive');
    expect(headers).toEqual({ 'user-agent': 'kuberx', accept: 'application/json', authorization: 'Bearer hunter2' });
  });

  it('leaves no socket after unsubscribing from a response, nor from a request without one', async () => {
    let requests = 0;
    const server = await serve((request, response) => {
      requests += 1;
      if (request.url === '/watch') response.write('x');
    });
    const client = clientOf(restConfigOf(server.url));
    const watch = sent(client, { ...pods, path: '/watch' });
    const silent = sent(client);
    await opened(watch);
    await eventually(() => expect(requests).toBe(2));
    watch.subscription.unsubscribe();
    silent.subscription.unsubscribe();
    await eventually(() => expect(server.sockets.size).toBe(0));
    expect([watch.end, silent.end]).toEqual([undefined, undefined]);
  });

  it('closes connections that nobody uses', async () => {
    const server = await serve((_request, response) => response.end());
    await answered(clientOf(restConfigOf(server.url), { idleTimeout: 50 }));
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  it('sends a body', async () => {
    const server = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => response.end(`${request.method} ${text}`));
    });
    const post = { ...pods, method: 'POST', body: '{"é":1}' } as const;
    expect(await answered(clientOf(restConfigOf(server.url)), post)).toMatchObject({ body: 'POST {"é":1}' });
  });

  it('fails with Network where a response breaks off, and completes where it ends', async () => {
    const server = await serve((request, response) => {
      response.write('x', () => (request.url === '/end' ? response.end('y') : response.destroy()));
    });
    const client = clientOf(restConfigOf(server.url));
    expect(await answered(client, { ...pods, path: '/end' })).toMatchObject({ body: 'xy', end: 'complete' });
    const broken = await failure(await answered(client));
    expect(broken).toMatchObject({ reason: 'Network', resource: 'v1/pods' });
    expect(broken.message).toContain(`the connection to 127.0.0.1 port ${server.port} failed`);
  });

  it('fails with Idle where a response falls silent, or never begins', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/watch') response.write('x');
    });
    const client = clientOf(restConfigOf(server.url), { silenceTimeout: 100 });
    const outcomes = [sent(client), sent(client, { ...pods, path: '/watch' })];
    for (const outcome of outcomes) expect(await failure(outcome)).toMatchObject({ reason: 'Idle' });
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  it('fails with Network where a server speaks another protocol from now on', async () => {
    const server = await serve((request) => {
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n');
    });
    const broken = await failure(await answered(clientOf(restConfigOf(server.url))));
    expect(broken).toMatchObject({ reason: 'Network' });
    expect(broken.message).toContain('it switched to another protocol');
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  it('gives a redirect as it came, and follows it nowhere', async () => {
    let asked = 0;
    const elsewhere = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    const server = await serve((_request, response) => response.writeHead(302, { location: elsewhere.url }).end());
    const outcome = await answered(clientOf(restConfigOf(server.url, { token: 'hunter2' })));
    expect(outcome).toMatchObject({ status: 302, end: 'complete' });
    expect(asked).toBe(0);
  });

  it('keeps the path of the server before that of the resource', async () => {
    const server = await serve((request, response) => response.end(request.url));
    for (const path of ['/k8s/clusters/one', '/k8s/clusters/one/', '/k8s/clusters/one//']) {
      const client = clientOf(restConfigOf(server.url + path));
      expect(await answered(client)).toMatchObject({ body: '/k8s/clusters/one/api/v1/pods' });
    }
  });
});

describe('over HTTP/1.1', () => {
  it('fails with a typed error where the platform does not even send the request', async () => {
    const server = await httpServer((_request, response) => response.end());
    const error = await failure(sent(clientOf(restConfigOf(server.url)), { ...pods, path: '/api/v1/a pod' }));
    expect(error).toMatchObject({ reason: 'Network', resource: 'v1/pods' });
    expect(error.message).toContain('ERR_UNESCAPED_CHARACTERS');
  });

  it('holds nothing of an answer that is not HTTP', async () => {
    const server = await tcpServer((socket) => socket.end('hunter2\r\n\r\n'));
    const error = await failure(sent(clientOf({ server: server.url.replace('https', 'http') })));
    expect(error).toMatchObject({ reason: 'Network', cause: { code: 'HPE_INVALID_CONSTANT' } });
    expect(inspect(error, { depth: Infinity })).not.toMatch(/hunter2|rawPacket|68 75 6e 74/);
  });

  it('reads again where the server had just closed the kept connection', async () => {
    const server = await httpServer((request, response) => {
      // The answer goes out whole; the connection is then cut at the next request, as by a server that was about to.
      if (request.socket.listenerCount('again') > 0) request.socket.destroy();
      else response.end('ok');
      request.socket.once('again', () => undefined);
    });
    const client = clientOf(restConfigOf(server.url));
    expect(await answered(client)).toMatchObject({ body: 'ok' });
    expect(await answered(client)).toMatchObject({ body: 'ok', end: 'complete' });
    expect(server.connections()).toBe(2);
  });
});

describe('over HTTP/2', () => {
  it('shares a connection up to the streams the server allows, and opens another for more', async () => {
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('x');
    });
    const client = clientOf(restConfigOf(server.url), { idleTimeout: 50 });
    const watches = Array.from({ length: 150 }, () => sent(client));
    await opened(...watches);
    expect(server.connections()).toBe(2);
    for (const { subscription } of watches) subscription.unsubscribe();
    await eventually(() => expect(server.sockets.size).toBe(0));
    expect(watches.every(({ end }) => end === undefined)).toBe(true);
  });

  it('learns how many streams a server allows, and lets none wait', async () => {
    const server = await http2Server((stream) => stream.respond({ ':status': 200 }), 3);
    const client = clientOf(restConfigOf(server.url));
    await opened(...Array.from({ length: 10 }, () => sent(client)));
    expect(server.connections()).toBe(4);
  });

  it('sends headers, body and path, and gives the answer', async () => {
    const server = await http2Server((stream, headers) => {
      stream.setEncoding('utf8').on('data', (body: string) => {
        stream.respond({ ':status': 201, 'x-test': 'yes' });
        stream.end(JSON.stringify({ headers, body }));
      });
    });
    const config = restConfigOf(server.url, { token: 'hunter2', userAgent: 'me/1.0' });
    const outcome = await answered(clientOf(config), { ...pods, method: 'PUT', body: '{"é":1}' });
    expect(outcome).toMatchObject({ status: 201, end: 'complete' });
    expect(JSON.parse(outcome.body)).toEqual({
      headers: {
        ':method': 'PUT',
        ':path': '/api/v1/pods',
        ':scheme': 'https',
        ':authority': `127.0.0.1:${server.port}`,
        'user-agent': 'me/1.0',
        authorization: 'Bearer hunter2',
      },
      body: '{"é":1}',
    });
  });

  it('finds a dead but open connection by PING, and all its requests fail with Idle', async () => {
    const server = await http2Server((stream) => stream.respond({ ':status': 200 }));
    const between = await relay(server.port);
    const client = clientOf(restConfigOf(between.url), { pingAfter: 500, pingTimeout: 500 });
    const watches = [sent(client), sent(client)];
    await opened(...watches);
    between.fallSilent();
    for (const watch of watches) {
      expect(await failure(watch)).toMatchObject({
        reason: 'Idle',
        message: 'v1/pods: the connection gave no sign of life for 1 s',
      });
    }
    await eventually(() => expect(between.sockets.size).toBe(0));
  });

  it('keeps a silent connection whose other side answers', async () => {
    let pings = 0;
    const server = await http2Server((stream) => {
      stream.session?.on('ping', () => (pings += 1));
      stream.respond({ ':status': 200 });
    });
    const watch = sent(clientOf(restConfigOf(server.url), { pingAfter: 20, pingTimeout: 2000 }));
    await eventually(() => expect(pings).toBeGreaterThan(4));
    expect(watch.end).toBeUndefined();
  });

  it('goes on after GOAWAY, and sends new requests over a new connection', async () => {
    const streams: http2.ServerHttp2Stream[] = [];
    const server = await http2Server((stream) => {
      streams.push(stream);
      stream.respond({ ':status': 200 });
    });
    const client = clientOf(restConfigOf(server.url));
    const old = sent(client);
    await opened(old);
    const [session] = server.sessions;
    session!.goaway(http2.constants.NGHTTP2_NO_ERROR);
    streams[0]!.write('still here');
    await eventually(() => expect(old.body).toBe('still here'));
    await opened(sent(client));
    expect(server.connections()).toBe(2);
    streams[0]!.end(', and gone');
    await eventually(() => expect(old).toMatchObject({ body: 'still here, and gone', end: 'complete' }));
  });

  it('sends again what the server refused without looking at it', async () => {
    let refused = 0;
    const server = await http2Server((stream) => {
      if (refused++ < 2) stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
      else stream.respond({ ':status': 200 }, { endStream: true });
    });
    expect(await answered(clientOf(restConfigOf(server.url)))).toMatchObject({ status: 200, end: 'complete' });
    refused = -10;
    expect((await failure(sent(clientOf(restConfigOf(server.url))))).reason).toBe('Network');
  });

  it('fails with Network where a response or the connection breaks off, and completes where it ends', async () => {
    const server = await http2Server((stream, headers) => {
      stream.respond({ ':status': 200 });
      stream.write('x', () => {
        if (headers[':path'] === '/end') stream.end('y');
        else if (headers[':path'] === '/reset') stream.destroy(new Error('broken'));
        else stream.session?.socket.destroy();
      });
    });
    const client = clientOf(restConfigOf(server.url));
    expect(await answered(client, { ...pods, path: '/end' })).toMatchObject({ body: 'xy', end: 'complete' });
    expect(await failure(sent(client, { ...pods, path: '/reset' }))).toMatchObject({ reason: 'Network' });
    expect(await failure(sent(client))).toMatchObject({ reason: 'Network' });
    expect(await answered(client, { ...pods, path: '/end' })).toMatchObject({ body: 'xy', end: 'complete' });
  });

  it('gives up a connection that nobody waits for any more', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const outcome = sent(clientOf(restConfigOf(server.url)));
    await eventually(() => expect(server.sockets.size).toBe(1));
    outcome.subscription.unsubscribe();
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  it('gives up a connection that is not made in time, though there is always somebody who waits for it', async () => {
    const server = await http2Server((stream) => stream.respond({ ':status': 200 }, { endStream: true }));
    let isFirst = true;
    const front = await tcpServer((socket) => {
      if (isFirst) {
        isFirst = false;
        return socket.resume();
      }
      const onward = net.connect(server.port, '127.0.0.1').on('error', () => undefined);
      return socket.pipe(onward).pipe(socket);
    });
    const client = clientOf(restConfigOf(front.url), { connectTimeout: 1000 });
    let third: Outcome | undefined;
    const goOn = () => (third = sent(client));
    const first = client.send(pods).subscribe({ error: goOn, complete: goOn });
    onTestFinished(() => first.unsubscribe());
    await eventually(() => expect(front.connections()).toBe(1));
    sent(client);
    await eventually(() => expect(third?.end).toBeDefined());
    expect(third).toMatchObject({ status: 200, end: 'complete' });
  });

  it('dials once for a request that gets no connection in time', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const outcome = sent(clientOf(restConfigOf(server.url), { connectTimeout: 100 }));
    expect(await failure(outcome)).toMatchObject({ reason: 'ConnectTimeout' });
    // Connections are accepted in turn: once the last of them has come, all before it have.
    const last = net.connect(server.port, '127.0.0.1');
    await once(last, 'connect');
    const { localPort } = last;
    await eventually(() => expect([...server.sockets].map(({ remotePort }) => remotePort)).toContain(localPort));
    expect(server.connections()).toBe(2);
    last.destroy();
  });

  it('dials no server again and again that allows no streams', async () => {
    const server = await http2Server(() => undefined, 0);
    const outcome = sent(clientOf(restConfigOf(server.url), { connectTimeout: 200 }));
    expect(await failure(outcome)).toMatchObject({ reason: 'ConnectTimeout' });
    expect(server.connections()).toBeLessThanOrEqual(2);
    await eventually(() => expect(server.sockets.size).toBe(0));
  });
});

it.each([NaN, -1, '30'])('a deadline of %j is refused before anything is sent', (connectTimeout) => {
  const client = () => clientOf(restConfigOf('http://127.0.0.1:1'), { connectTimeout: connectTimeout as number });
  expect(client).toThrow(RangeError);
  expect(client).toThrow(`connectTimeout is ${connectTimeout}; it takes milliseconds`);
});

it.each(['connecttimeout', 'timeout'])(
  'a deadline %s, which there is not, is refused before anything is sent',
  (name) => {
    expect(() => clientOf(restConfigOf('http://127.0.0.1:1'), { [name]: 5 })).toThrow(
      new TypeError(
        `${name} is not a deadline of a connection; it has credentialsTimeout, connectTimeout, handshakeTimeout, pingAfter, pingTimeout, silenceTimeout, idleTimeout.`,
      ),
    );
  },
);

it.each([Infinity, 2 ** 31])('a deadline of %d ms, which no timer can hold, does not pass at once', async (never) => {
  const names = Object.keys(deadlines({}));
  const client = (url: string) => clientOf(restConfigOf(url), Object.fromEntries(names.map((name) => [name, never])));
  const server = await httpServer((_request, response) => response.end());
  expect(await answered(client(server.url))).toMatchObject({ status: 200, end: 'complete' });
  const secure = await http2Server((stream) => stream.respond({ ':status': 200 }, { endStream: true }));
  expect(await answered(client(secure.url))).toMatchObject({ status: 200, end: 'complete' });
});

describe('a connection that cannot be made', () => {
  it('is ConnectionRefused where nothing listens', async () => {
    const { port, url } = await tcpServer((socket) => socket.resume());
    const free = net.createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const closed = (free.address() as AddressInfo).port;
    free.close();
    await once(free, 'close');
    for (const scheme of ['http', 'https']) {
      const error = await failure(sent(clientOf(restConfigOf(`${scheme}://127.0.0.1:${closed}`))));
      expect(error).toMatchObject({
        reason: 'ConnectionRefused',
        message: `v1/pods: nothing listens at 127.0.0.1 port ${closed}`,
      });
    }
    expect(url).toContain(String(port));
  });

  it('is ConnectTimeout where the other side does not answer, and leaves no socket', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const outcome = sent(clientOf(restConfigOf(server.url), { connectTimeout: 100 }));
    expect(await failure(outcome)).toMatchObject({ reason: 'ConnectTimeout' });
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  describe('because the other side takes it and says nothing', () => {
    const silent = 'accepted the connection, but its handshake was not over within 0.1 s';
    const impatient = { handshakeTimeout: 100 };

    it.each([
      ['at all', () => tcpServer((socket) => socket.resume())],
      [
        'after TLS',
        () =>
          listening(
            tls.createServer({ cert: certificate, key, ALPNProtocols: ['h2'] }, (socket) => socket.resume()),
            'https',
          ),
      ],
    ])('is ConnectTimeout before the connect deadline: %s', async (_, serve) => {
      const server = await serve();
      const outcomes = [1, 2].map(() => sent(clientOf(restConfigOf(server.url), impatient)));
      for (const outcome of outcomes) {
        const error = await failure(outcome);
        expect(error.reason).toBe('ConnectTimeout');
        expect(error.message).toBe(`v1/pods: 127.0.0.1 port ${server.port} ${silent}`);
      }
      await eventually(() => expect(server.sockets.size).toBe(0));
    });

    it('is so of a further connection over HTTP/1.1 as well', async () => {
      const server = await httpsServer((request, response) => {
        if (request.url === '/watch') response.write('x');
        else response.end();
      });
      let connections = 0;
      const front = await tcpServer((socket) => {
        connections += 1;
        if (connections > 1) return socket.resume();
        const onward = net.connect(server.port, '127.0.0.1').on('error', () => undefined);
        return socket.pipe(onward).pipe(socket);
      });
      const client = clientOf(restConfigOf(front.url), impatient);
      const watch = sent(client, { ...pods, path: '/watch' });
      await opened(watch);
      const error = await failure(sent(client));
      expect(error).toMatchObject({ reason: 'ConnectTimeout' });
      expect(error.message).toContain(silent);
      expect(watch.end).toBeUndefined();
    });

    it('is none where it only takes long to send a request', async () => {
      const server = await httpsServer((request, response) => {
        if (request.method === 'GET') return void response.end();
        setTimeout(() => request.resume().on('end', () => response.end('whole')), 2000);
      });
      const client = clientOf(restConfigOf(server.url), { handshakeTimeout: 1000 });
      const put = { ...pods, method: 'PUT', body: 'x'.repeat(16 * 1024 * 1024) } as const;
      // Over a connection that is new, over one that is kept, and over one of two.
      for (const other of [put, put]) {
        const both = [sent(client, put), sent(client, other)];
        await eventually(() => expect(both.map(({ end }) => end)).toEqual(['complete', 'complete']));
      }
    });

    it('is told as soon as client-go tells it', () => {
      // Source: client-go transport/cache.go, TLSHandshakeTimeout and the Timeout of its dialer.
      expect(deadlines({})).toMatchObject({ handshakeTimeout: 10_000, connectTimeout: 30_000 });
    });
  });

  it('is Network where the certificate is not trusted, and none where that is wanted', async () => {
    const server = await httpsServer((_request, response) => response.end('ok'));
    const error = await failure(sent(clientOf(restConfigOf(server.url, { ca: undefined }))));
    expect(error).toMatchObject({ reason: 'Network' });
    expect(error.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    const trusting = restConfigOf(server.url, { ca: undefined, insecureSkipTlsVerify: true });
    expect(await answered(clientOf(trusting))).toMatchObject({ body: 'ok' });
  });

  it('is Network where the key is not that of the certificate, and leaves no timer', async () => {
    const server = await http2Server(() => undefined);
    const mismatched = restConfigOf(server.url, { cert: certificate, key: otherKey });
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const outcome = sent(clientOf(mismatched));
    const error = await failure(outcome);
    expect(error).toMatchObject({ reason: 'Network' });
    expect(error.message).toContain('ERR_OSSL_X509_KEY_VALUES_MISMATCH');
    // Not by `eventually`, which has timers of its own.
    for (let turn = 0; timers() > before && turn < 1000; turn += 1) await new Promise(setImmediate);
    expect(timers()).toBeLessThanOrEqual(before);
    expect(server.connections()).toBe(0);
  });
});

it.each([
  ['http', httpServer],
  ['https', httpsServer],
])('an idle connection over %s keeps no process alive', async (_, serve) => {
  const server = await serve((_request, response) => response.end('ok'));
  await expectToExit(server.url);
});

it('an idle connection over HTTP/2 keeps no process alive', async () => {
  const server = await http2Server((stream) => {
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  await expectToExit(server.url);
});

async function expectToExit(url: string): Promise<void> {
  const program = `
    import { restHttpClient } from 'kuberx/rest';
    restHttpClient(${JSON.stringify(restConfigOf(url))})(${JSON.stringify(pods)}).subscribe({ complete: () => console.log('done') });
  `;
  const flags = ['--conditions=kuberx-source', '--input-type=module', '--eval', program];
  // An idle connection is kept for 90 s: without unref the program would run into this limit.
  const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 20_000 });
  expect(stdout).toBe('done\n');
}
