import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Fault } from '../../../scripts/soak/fault.ts';
import type { FaultOccasion } from '../../../scripts/soak/fault-plan.ts';
import { FaultProxy, type FaultProxyOptions } from '../../../scripts/soak/fault-proxy.ts';
import { eventually } from '../../eventually.ts';

const lines = ['{"type":"ADDED","n":1}\n', '{"type":"ADDED","n":2}\n', '{"type":"ADDED","n":3}\n'];
const watch = '/api/v1/configmaps?watch=true';
const list = '/api/v1/configmaps';

/** A list is three lines of known length; a watch sends each line in two chunks. */
const answer: RequestListener = (incoming, response) => {
  if (!incoming.url!.includes('watch')) {
    response.end(lines.join(''));
    return;
  }
  for (const line of lines) {
    response.write(line.slice(0, 5));
    response.write(line.slice(5));
  }
  response.end();
};

async function httpServer(listener = answer): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function aProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = await FaultProxy.start(options);
  onTestFinished(() => proxy.stop());
  return proxy;
}

/** A proxy in front of the server above that plays these faults, then none. */
async function faulty(...faults: (Fault | undefined)[]): Promise<FaultProxy> {
  return aProxy({ target: await httpServer(), protocol: 'http1', next: () => faults.shift() });
}

function get(proxy: FaultProxy, path: string, agent?: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: proxy.port, host: '127.0.0.1', path, ...(agent && { agent }) }, resolve);
    onTestFinished(() => void sent.destroy());
    sent.on('error', reject).end();
  });
}

const body = async (proxy: FaultProxy, path: string): Promise<string> => text(await get(proxy, path));
const counts = (proxy: FaultProxy): unknown => Object.fromEntries(proxy.counts);

describe('FaultProxy, HTTP/1.1', () => {
  it('passes requests and responses on, one after the other on one connection', async () => {
    const proxy = await aProxy({
      target: await httpServer((incoming, response) => void incoming.pipe(response)),
      protocol: 'http1',
      next: () => undefined,
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (const sent of ['a body', 'ä'.repeat(100_000)]) {
      const chunked = request({ port: proxy.port, host: '127.0.0.1', method: 'POST', agent });
      chunked.write(sent.slice(0, 3));
      chunked.end(sent.slice(3));
      const [response] = (await once(chunked, 'response')) as [IncomingMessage];
      expect(await text(response)).toBe(sent);
    }
    expect(await body(await faulty(), watch)).toBe(lines.join(''));
    expect(proxy.connections).toBe(1);
    expect(counts(proxy)).toEqual({});
  });

  it.each(['reset', 'end'] as const)('cuts after so many bytes (%s)', async (how) => {
    const proxy = await faulty(
      { kind: 'cut', how, afterBytes: 0 },
      { kind: 'cut', how, afterBytes: 30 },
      { kind: 'cut', how, afterBytes: 190 },
    );
    await expect(get(proxy, list)).rejects.toThrow();
    await expect(get(proxy, list)).rejects.toThrow();
    await expect(body(proxy, watch)).rejects.toThrow('aborted');
    expect(counts(proxy)).toEqual({ [`cut (${how})`]: 3 });
  });

  it('does not count what finds no bytes to happen to', async () => {
    const proxy = await faulty({ kind: 'cut', how: 'reset', afterBytes: 10_000 });

    expect(await body(proxy, list)).toBe(lines.join(''));
    expect(counts(proxy)).toEqual({});
  });

  it.each(['stall', 'half-open'] as const)('falls silent and keeps the connection (%s)', async (kind) => {
    const closed = vi.fn();
    const target = await httpServer((_, response) => {
      response.on('close', closed);
      response.writeHead(200).write('x'.repeat(10_000));
    });
    const faults: Fault[] = [{ kind, afterBytes: 300 }];
    const proxy = await aProxy({ target, protocol: 'http1', next: () => faults.shift() });
    const response = await get(proxy, watch);
    let received = '';
    response.setEncoding('utf8').on('data', (part: string) => (received += part)).on('error', () => undefined); // prettier-ignore
    await eventually(() => expect(received).toMatch(/^x{1,300}$/u));
    expect([proxy.connections, closed.mock.calls.length]).toEqual([1, 0]);
    expect(counts(proxy)).toEqual({ [kind]: 1 });

    // The server sees the client go through the silence.
    response.destroy();
    await eventually(() => expect([proxy.connections, closed.mock.calls.length]).toEqual([0, 1]));
  });

  it('delays, then sends everything in order', async () => {
    const proxy = await faulty(
      { kind: 'delay', afterBytes: 10, milliseconds: 60 },
      { kind: 'delay', afterBytes: 20, milliseconds: 30 },
    );
    const start = performance.now();

    expect(await body(proxy, watch)).toBe(lines.join(''));
    expect(performance.now() - start).toBeGreaterThan(50);
    expect(counts(proxy)).toEqual({ delay: 2 });
  });

  it('refuses for a while, resets what was open, and listens again on the same port', async () => {
    const faults: Fault[] = [];
    const target = await httpServer((_, response) => void response.writeHead(200).write(lines[0]));
    const proxy = await aProxy({ target, protocol: 'http1', next: () => faults.shift() });
    const open = await get(proxy, watch);
    const ended = once(open, 'close').catch((error: unknown) => error);
    faults.push({ kind: 'refuse', milliseconds: 200 });

    await expect(get(proxy, list)).rejects.toThrow(/socket hang up|ECONNRESET/u);
    await expect(get(proxy, list)).rejects.toThrow('ECONNREFUSED');
    await ended;
    await eventually(async () => expect((await get(proxy, list)).statusCode).toBe(200));
    expect(counts(proxy)).toEqual({ refuse: 1 });
  });

  it.each([
    [410, false, 'Expired'],
    [429, true, 'Too many requests'],
    [500, false, 'InternalError'],
    [503, true, 'unable to handle'],
    [504, false, 'Timeout'],
  ] as const)('answers %i in place of the server (plain: %s)', async (code, plain, words) => {
    const seen = vi.fn(answer);
    const faults: Fault[] = [{ kind: 'answer', code, plain, ...(code === 429 && { retryAfter: 1 }) }];
    const proxy = await aProxy({ target: await httpServer(seen), protocol: 'http1', next: () => faults.shift() });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const response = await get(proxy, list, agent);
    const content = await text(response);

    expect([response.statusCode, response.headers['retry-after']]).toEqual([code, code === 429 ? '1' : undefined]);
    expect(content).toContain(words);
    expect(content.startsWith('{')).toBe(!plain);
    expect(seen).not.toHaveBeenCalled();
    expect(await text(await get(proxy, list, agent))).toBe(lines.join(''));
    expect(proxy.connections).toBe(1);
  });

  it('truncates and duplicates a frame, and puts an ERROR in its place', async () => {
    const proxy = await faulty(
      { kind: 'truncate', afterFrames: 1 },
      { kind: 'duplicate', afterFrames: 0 },
      { kind: 'duplicate', afterFrames: 1 }, // the same response
      undefined,
      { kind: 'error frame', code: 410, afterFrames: 1 },
    );
    const [first, second, third] = lines as [string, string, string];

    expect(await body(proxy, watch)).toBe(first + second.slice(0, second.length / 2));
    expect(await body(proxy, watch)).toBe(first + first + second + third + third);
    const [error, rest, none] = (await body(proxy, watch)).slice(first.length).split('\n');
    expect([JSON.parse(error!), rest, none]).toMatchObject([{ type: 'ERROR', object: { code: 410 } }, '', undefined]);
    expect(counts(proxy)).toEqual({ truncate: 1, duplicate: 2, 'error frame 410': 1 });
  });

  it('garbles by bytes that are not JSON', async () => {
    const proxy = await faulty({ kind: 'garble', afterFrames: 1 });
    const received = await buffer(await get(proxy, watch));
    const garbled = received.subarray(lines[0]!.length, -lines[2]!.length);

    expect(() => JSON.parse(garbled.toString('latin1')) as unknown).toThrow(SyntaxError);
    expect(garbled).toHaveLength(lines[1]!.length + 2);
  });

  it('asks for what it knows of a request', async () => {
    const occasions: FaultOccasion[] = [];
    const next = (occasion: FaultOccasion): undefined => void occasions.push(occasion);
    const proxy = await aProxy({ target: await httpServer(), protocol: 'http1', next });
    await body(proxy, list);
    await body(proxy, watch);

    expect(occasions).toEqual(['request', 'watch']);
  });

  it('does nothing while it is calm, also not what was ahead', async () => {
    const fault: Fault = { kind: 'cut', how: 'reset', afterBytes: 20 };
    const next = vi.fn(() => {
      queueMicrotask(() => proxy.calm());
      return fault;
    });
    const proxy = await aProxy({ target: await httpServer(), protocol: 'http1', next });

    expect(await body(proxy, watch)).toBe(lines.join(''));
    expect(await body(proxy, watch)).toBe(lines.join(''));
    expect(next).toHaveBeenCalledTimes(1);
    expect(counts(proxy)).toEqual({});
    next.mockReturnValue(fault);
    proxy.trouble();
    await expect(get(proxy, watch).then(text)).rejects.toThrow();
  });
});

describe('FaultProxy, on what is under way', () => {
  it('breaks it where it is troubled again, and no line that has begun', async () => {
    const faults: Fault[] = [{ kind: 'duplicate', afterFrames: 0 }];
    const occasions: FaultOccasion[] = [];
    let go: () => void = () => undefined;
    const target = await httpServer((_, response) => {
      response.writeHead(200).write(lines[0]! + lines[1]!.slice(0, 5));
      go = () => response.end(lines[1]!.slice(5) + lines[2]!);
    });
    const next = (occasion: FaultOccasion): Fault | undefined => {
      occasions.push(occasion);
      return faults.shift();
    };
    const proxy = await aProxy({ target, protocol: 'http1', next });
    proxy.calm();
    const response = await get(proxy, watch);
    let received = '';
    response.setEncoding('utf8').on('data', (part: string) => (received += part));
    await eventually(() => expect(received).toBe(lines[0]! + lines[1]!.slice(0, 5)));
    proxy.trouble();
    go();
    await once(response, 'end');

    expect(received).toBe(lines.join('') + lines[2]!);
    expect(occasions).toEqual(['stream', 'stream']);
    expect(counts(proxy)).toEqual({ duplicate: 1 });
  });
});

describe('FaultProxy, bytes', () => {
  interface Echo {
    readonly proxy: FaultProxy;
    readonly client: Socket;
    readonly server: ReadonlySet<Socket>;
    readonly received: () => string;
  }

  async function echo(...faults: Fault[]): Promise<Echo> {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
      socket.pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const proxy = await aProxy({ target: port, protocol: 'bytes', next: () => faults.shift() });
    const client = connect(proxy.port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    let received = '';
    client.setEncoding('utf8').on('data', (part: string) => (received += part));
    await once(client, 'connect');
    return { proxy, client, server: sockets, received: () => received };
  }

  it('passes bytes on, whatever they are, under pressure too', async () => {
    const { client, received } = await echo();
    const sent = 'x'.repeat(5_000_000);
    client.write(sent);
    await eventually(() => expect(received()).toHaveLength(sent.length));
  });

  it('cuts after so many bytes of the server', async () => {
    const { proxy, client, received } = await echo({ kind: 'cut', how: 'end', afterBytes: 4 });
    client.write('0123456789');
    await once(client, 'close');

    expect(received()).toBe('0123');
    expect(counts(proxy)).toEqual({ 'cut (end)': 1 });
  });

  it('asks again after a delay, and keeps the order', async () => {
    const { proxy, client, received } = await echo(
      { kind: 'delay', afterBytes: 2, milliseconds: 20 },
      { kind: 'half-open', afterBytes: 6 },
    );
    client.write('0123456789');
    await eventually(() => expect(received()).toBe('01234567'));

    expect(counts(proxy)).toEqual({ delay: 1, 'half-open': 1 });
    expect(proxy.connections).toBe(1);
  });

  it('sees a client go that waited for a server that is gone', async () => {
    const { proxy, client, server } = await echo({ kind: 'stall', afterBytes: 0 });
    client.write('a');
    await eventually(() => expect(counts(proxy)).toEqual({ stall: 1 }));
    for (const socket of server) socket.unpipe().pause();
    for (let write = 0; write < 500; write += 1) client.write('b'.repeat(60_000));
    let [before, looks] = [client.writableLength, 0];
    // Everything in between is full once the client gets rid of no more.
    await eventually(() => {
      looks = client.writableLength === before ? looks + 1 : 0;
      before = client.writableLength;
      expect([before < 500 * 60_000, looks > 20]).toEqual([true, true]);
    });
    for (const socket of server) socket.destroy();
    await eventually(() => expect(server.size).toBe(0));
    client.destroy();

    await eventually(() => expect(proxy.connections).toBe(0));
  });
});
