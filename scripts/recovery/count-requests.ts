import { subscribe } from 'node:diagnostics_channel';
import type { ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { Socket } from 'node:net';
import type { ConsumerReport } from './line-protocol.ts';

/** The number of a process's calls to the network. */
export type RequestCounts = Omit<ConsumerReport, 'seen' | 'objects'>;

/** Counts connections and requests over HTTP/2 of this process from now on, below everything that repeats them. */
export function countRequests(): RequestCounts {
  const counts = { connections: 0, requests: 0, lists: 0, headless: 0, throttled: 0 };
  const connect = Reflect.get(Socket.prototype, 'connect');
  Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]): unknown {
    counts.connections += 1;
    return Reflect.apply(connect, this, args) as unknown;
  });
  const answered = new WeakSet<ClientHttp2Stream>();
  subscribe('http2.client.stream.created', (message) => {
    const { headers } = message as { headers: OutgoingHttpHeaders };
    counts.requests += 1;
    if (isList(String(headers[':path']))) counts.lists += 1;
  });
  subscribe('http2.client.stream.finish', (message) => {
    const { stream, headers } = message as { stream: ClientHttp2Stream; headers: IncomingHttpHeaders };
    answered.add(stream);
    if (Number(headers[':status']) === 429) counts.throttled += 1;
  });
  subscribe('http2.client.stream.close', (message) => {
    const { stream } = message as { stream: ClientHttp2Stream };
    if (!answered.has(stream)) counts.headless += 1;
  });
  return counts;
}

function isList(path: string): boolean {
  const { searchParams } = new URL(path, 'http://server');
  return !searchParams.has('watch') || searchParams.get('sendInitialEvents') === 'true';
}
