import { setImmediate as turn } from 'node:timers/promises';
import type { ApiServer } from 'kuberx/testing/apiserver';
import { oneOf, wholeNumber } from '../../../../scripts/soak/seeded-random.ts';
import { RawConnection } from '../raw-connection.ts';
import {
  endHeaders,
  endStream,
  frame,
  frameTypes,
  getHead,
  noise,
  preface,
  socketFrame,
  uint32,
  wildFrame,
} from './frames.ts';

/** Does something to a server, and leaves its connection as it is, open or not. */
export type Attack = (server: ApiServer, random: () => number) => Promise<RawConnection>;

const maps = '/api/v1/namespaces/default/configmaps';
const host = 'Host: localhost\r\n';
const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
const upgrade = `${host}Origin: http://localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
const webSocket = `GET ${maps}?watch=1 HTTP/1.1\r\n${upgrade}${key}Sec-WebSocket-Version: 13\r\n\r\n`;

const requests = [
  `GET /healthz HTTP/1.1\r\n${host}\r\n`,
  `GET ${maps} HTTP/1.1\r\n${host}Accept: application/json\r\n\r\n`,
  `GET ${maps}?watch=1&resourceVersion=0 HTTP/1.1\r\n${host}\r\n`,
  `POST ${maps} HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 29\r\n\r\n{"metadata":{"name":"hostile"}`,
  `PATCH ${maps}/a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  webSocket,
];

const methods = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'PUT', 'DELETE', 'QUERY', 'FOO', 'PRI'];

const urls = [
  '*',
  '/',
  '//',
  '/..//%2e%2e',
  '/%',
  '/%ff%fe',
  '/api/v1/%00',
  '/?%',
  'http://example.com/api',
  'localhost:80',
  '@',
  '/api/v1/pods?watch=1&timeoutSeconds=99999999999999999999',
  '/api/v1/pods?limit=-1&continue=%00',
  '/api/v1/pods?labelSelector=((((',
  `/api/v1/${'a/'.repeat(5000)}`,
  `/${'%41'.repeat(20_000)}`,
];

/** Bytes in the middle of a request are others, or it ends there. */
const brokenRequest: Attack = async (server, random) => {
  const connection = await RawConnection.to(server);
  const bytes = Buffer.from(oneOf(random, requests), 'latin1');
  for (let times = wholeNumber(random, 0, 3); times > 0; times--) {
    bytes[wholeNumber(random, 0, bytes.length - 1)] = wholeNumber(random, 0, 255);
  }
  return connection.send(random() < 0.5 ? bytes : bytes.subarray(0, wholeNumber(random, 1, bytes.length)));
};

const strangeRequest: Attack = async (server, random) => {
  const connection = await RawConnection.to(server);
  const more = [
    '',
    'Expect: 100-continue\r\n',
    'Expect: 200-maybe\r\n',
    'Upgrade: h2c\r\nConnection: Upgrade\r\n',
    host,
  ];
  const count = wholeNumber(random, 1, 5);
  for (let index = 0; index < count; index++) {
    const length = random() < 0.5 ? 'Content-Length: 3\r\n\r\nabc' : '\r\n';
    connection.send(
      `${oneOf(random, methods)} ${oneOf(random, urls)} HTTP/1.1\r\n${host}${oneOf(random, more)}${length}`,
    );
  }
  return connection;
};

/** Bytes that mean nothing: in place of a request, of TLS, or behind a request. */
const garbage: Attack = async (server, random) => {
  const connection = await RawConnection.to(server, oneOf(random, ['plain', ['http/1.1'], ['h2'], []] as const));
  if (random() < 0.5) connection.send(oneOf(random, requests));
  return connection.send(noise(random, wholeNumber(random, 1, 2000)));
};

/** A body that is longer than it says, shorter, endless, or too large. */
const brokenBody: Attack = async (server, random) => {
  const connection = await RawConnection.to(server);
  const head = `POST ${maps} HTTP/1.1\r\n${host}Content-Type: application/json\r\n`;
  const part = 'x'.repeat(wholeNumber(random, 0, 100_000));
  const length = oneOf(random, [1, 1000, 3_145_728, 3_145_729, 2 ** 31, 2 ** 53]);
  const bodies = [
    `Content-Length: ${length}\r\n\r\n${part}`,
    `Content-Length: -1\r\n\r\n${part}`,
    `Transfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${part}`,
    `Transfer-Encoding: chunked\r\n\r\nzz\r\n${part}`,
    `Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${part}`,
    `Content-Length: 4000000\r\n\r\n${'x'.repeat(4_000_000)}`,
    `Content-Length: 900000\r\n\r\n${'['.repeat(900_000)}`,
    `Transfer-Encoding: chunked\r\n\r\n5;${'e'.repeat(wholeNumber(random, 1, 20_000))}\r\nabcde\r\n0\r\nA: b`,
  ];
  return connection.send(head + oneOf(random, bodies));
};

/** A head that never ends. */
const slowHead: Attack = async (server, random) => {
  const connection = await RawConnection.to(server);
  const head = `GET /healthz HTTP/1.1\r\n${host}`;
  return connection.send(head.slice(0, wholeNumber(random, 0, head.length)));
};

const brokenHandshake: Attack = async (server, random) => {
  const connection = await RawConnection.to(server);
  const keys = [key, '', 'Sec-WebSocket-Key: short\r\n', key + key];
  const versions = ['Sec-WebSocket-Version: 13\r\n', 'Sec-WebSocket-Version: 99\r\n', ''];
  const protocols = [
    '',
    'Sec-WebSocket-Protocol: ,,\r\n',
    'Sec-WebSocket-Protocol: a b\r\n',
    'Sec-WebSocket-Protocol: é\r\n',
  ];
  const extensions = ['', 'Sec-WebSocket-Extensions: permessage-deflate; x=\r\n', 'Sec-WebSocket-Extensions: "\r\n'];
  const all = [keys, versions, protocols, extensions].map((each) => oneOf(random, each)).join('');
  const behind = random() < 0.5 ? noise(random, 200) : Buffer.alloc(0);
  const method = oneOf(random, ['GET', 'GET', 'POST', 'HEAD']);
  const path = oneOf(random, [`${maps}?watch=1`, maps, '/', '/nope']);
  return connection.send(`${method} ${path} HTTP/1.1\r\n${upgrade}${all}\r\n`).send(behind);
};

/** Frames of a WebSocket that a client must not send. */
const brokenSocket: Attack = async (server, random) => {
  const connection = await RawConnection.to(server);
  connection.send(webSocket);
  // Some come before the server has answered.
  if (random() < 0.5) for (let turns = 0; turns < 20 && connection.text === ''; turns++) await turn();
  const text = Buffer.from('hello');
  const frames = [
    socketFrame(1, text, { masked: false }),
    socketFrame(wholeNumber(random, 3, 15), text),
    socketFrame(1, text, { flags: 0xf0 }),
    socketFrame(0, text),
    socketFrame(1, text, { flags: 0 }),
    socketFrame(1, noise(random, 100)),
    socketFrame(2, text, { length: 2 ** 40 }),
    socketFrame(2, text, { length: 2 ** 53 }),
    socketFrame(2, Buffer.alloc(1_100_000)),
    socketFrame(8, Buffer.of(0x03)),
    socketFrame(8, Buffer.of(0x00, 0x01)),
    socketFrame(8, Buffer.of(0x03, 0xe8)),
    socketFrame(9, Buffer.alloc(126)),
    socketFrame(9, text, { flags: 0 }),
    Buffer.concat(Array.from({ length: 1000 }, () => socketFrame(9, text))),
    noise(random, wholeNumber(random, 1, 500)),
  ];
  const count = wholeNumber(random, 1, 4);
  for (let index = 0; index < count; index++) {
    const bytes = oneOf(random, frames);
    connection.send(random() < 0.2 ? bytes.subarray(0, wholeNumber(random, 1, bytes.length)) : bytes);
  }
  return connection;
};

/** Frames of HTTP/2 that are out of order, wrong, or too many. */
const brokenHttp2: Attack = async (server, random) => {
  const connection = await RawConnection.to(server, ['h2']);
  const { data, headers, priority, reset, settings, pushPromise, ping, goaway, windowUpdate, continuation } =
    frameTypes;
  const get = (stream: number, path = '/healthz'): Buffer =>
    frame(headers, endStream | endHeaders, stream, getHead(path));
  const many = (count: number, make: (index: number) => Buffer): Buffer =>
    Buffer.concat(Array.from({ length: count }, (_, index) => make(index)));
  const streamOf = (index: number): number => 2 * index + 1;
  const sequences = [
    () => frame(data, 0, 0, Buffer.from('x')),
    () => frame(data, 0, 7, Buffer.from('x')),
    () => get(2),
    () => Buffer.concat([get(5), get(3)]),
    () => Buffer.concat([get(1), get(1)]),
    () => frame(continuation, endHeaders, 1, getHead('/')),
    () => Buffer.concat([frame(headers, endStream, 1, getHead('/')), get(3)]),
    () =>
      Buffer.concat([frame(headers, 0, 1, getHead('/')), many(50, () => frame(continuation, 0, 1, Buffer.alloc(10)))]),
    () => frame(headers, endStream | endHeaders, 1, noise(random, 30)),
    () => frame(headers, endStream | endHeaders, 1),
    () => frame(headers, 0xff, 1, getHead('/')),
    () => frame(priority, 0, 1, Buffer.concat([uint32(1), Buffer.of(1)])),
    () => frame(reset, 0, 9, uint32(8)),
    () => frame(reset, 0, 0, uint32(8)),
    () => frame(settings, 0, 1),
    () => frame(settings, 0, 0, Buffer.alloc(5)),
    () => frame(settings, 1, 0, Buffer.alloc(6)),
    () => frame(settings, 0, 0, Buffer.concat([Buffer.of(0, 4), uint32(0xffffffff)])),
    () => frame(settings, 0, 0, Buffer.concat([Buffer.of(0, 5), uint32(1)])),
    () =>
      Buffer.concat([frame(settings, 0, 0, Buffer.concat([Buffer.of(0, 4), uint32(0)])), get(1, `${maps}?watch=1`)]),
    () => frame(windowUpdate, 0, 0, uint32(0)),
    () => many(3, () => frame(windowUpdate, 0, 0, uint32(0x7fffffff))),
    () => frame(pushPromise, endHeaders, 1, Buffer.concat([uint32(2), getHead('/')])),
    () => frame(ping, 0, 0, Buffer.alloc(7)),
    () => frame(ping, 0, 1, Buffer.alloc(8)),
    () => frame(goaway, 0, 0, Buffer.alloc(8)),
    () => Buffer.concat([get(1, `${maps}?watch=1`), frame(goaway, 0, 0, Buffer.alloc(8)), get(3)]),
    () => many(2000, () => frame(ping, 0, 0, Buffer.alloc(8))),
    () => many(2000, () => frame(settings, 0, 0)),
    () =>
      many(1500, (index) =>
        Buffer.concat([get(streamOf(index), `${maps}?watch=1`), frame(reset, 0, streamOf(index), uint32(8))]),
      ),
    () => many(300, (index) => get(streamOf(index), `${maps}?watch=1`)),
    () => many(300, (index) => frame(headers, endHeaders, streamOf(index), getHead('/'))),
    () => many(wholeNumber(random, 1, 10), () => wildFrame(random)),
    () => frame(wholeNumber(random, 10, 255), 0, 0, noise(random, 20)),
    () => frame(data, 0, 1, Buffer.alloc(10), 0xffffff),
  ];
  const start =
    random() < 0.9 ? Buffer.concat([preface, frame(settings, 0, 0)]) : preface.subarray(0, wholeNumber(random, 1, 24));
  connection.send(start);
  const count = wholeNumber(random, 1, 3);
  for (let index = 0; index < count; index++) {
    const bytes = oneOf(random, sequences)();
    connection.send(random() < 0.1 ? bytes.subarray(0, wholeNumber(random, 1, bytes.length)) : bytes);
    if (random() < 0.3) await turn();
  }
  return connection;
};

/** A watch, a list or a write whose client goes away at once. */
const gone: Attack = async (server, random) => {
  const connection = await RawConnection.to(server);
  connection.send(oneOf(random, requests));
  for (let turns = wholeNumber(random, 0, 10); turns > 0; turns--) await turn();
  connection.socket.destroy();
  return connection;
};

/** All that is tried, by name. */
export const attacks: Readonly<Record<string, Attack>> = {
  brokenRequest,
  strangeRequest,
  garbage,
  brokenBody,
  slowHead,
  brokenHandshake,
  brokenSocket,
  brokenHttp2,
  gone,
};
