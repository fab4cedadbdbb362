import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FaultyPath } from '../../../scripts/recovery/faulty-path.ts';
import { eventually } from '../../eventually.ts';

/** A server that says its name to each connection, and then what it hears. */
async function echo(name: string): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).write(name);
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

async function pathTo(...ports: number[]): Promise<FaultyPath> {
  let next = 0;
  const path = await FaultyPath.start(() => ports[next++ % ports.length]!);
  onTestFinished(() => path.stop());
  return path;
}

/** A client of a path: what it heard, and how it ended. */
class Client {
  heard = '';
  ended: string | undefined;
  readonly #socket: Socket;

  constructor({ port }: FaultyPath) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setEncoding('utf8').on('data', (text: string) => (this.heard += text));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => (this.ended ??= error.code));
    this.#socket.on('close', () => (this.ended ??= 'closed'));
    onTestFinished(() => void this.#socket.destroy());
  }

  say(text: string): void {
    this.#socket.write(text);
  }
}

const hears = (client: Client, text: string): Promise<void> => eventually(() => expect(client.heard).toBe(text));
const endsWith = (client: Client, code: string): Promise<void> => eventually(() => expect(client.ended).toBe(code));

describe('FaultyPath', () => {
  it('passes bytes on in both directions, each connection to the server whose turn it is', async () => {
    const path = await pathTo(await echo('first '), await echo('second '));
    const clients = [new Client(path)];
    await hears(clients[0]!, 'first ');
    clients.push(new Client(path));
    await hears(clients[1]!, 'second ');
    clients[1]!.say('again');

    await hears(clients[1]!, 'second again');
  });

  it('breaks what is open, and takes new connections', async () => {
    const path = await pathTo(await echo('hello'));
    const client = new Client(path);
    await hears(client, 'hello');
    path.cut();
    await endsWith(client, 'ECONNRESET');

    await hears(new Client(path), 'hello');
  });

  it('refuses connections until it is opened', async () => {
    const path = await pathTo(await echo('hello'));
    const client = new Client(path);
    await hears(client, 'hello');
    path.refuse();
    await endsWith(client, 'ECONNRESET');
    await endsWith(new Client(path), 'ECONNREFUSED');
    await path.open();

    await hears(new Client(path), 'hello');
  });

  it('drops connections as soon as they stand until it is opened', async () => {
    const path = await pathTo(await echo('hello'));
    path.drop();
    await endsWith(new Client(path), 'ECONNRESET');
    await path.open();

    await hears(new Client(path), 'hello');
  });

  it('holds back what comes while it is stalled, on old connections and new ones', async () => {
    const path = await pathTo(await echo('hello '));
    const [before, control] = [new Client(path), await pathTo(await echo('control'))];
    await hears(before, 'hello ');
    path.stall();
    before.say('there');
    const after = new Client(path);
    await hears(new Client(control), 'control');
    expect([before.heard, after.heard]).toEqual(['hello ', '']);
    path.flow();

    await hears(before, 'hello there');
    await hears(after, 'hello ');
  });

  it('ends a connection whose server is away', async () => {
    const path = await pathTo(1);

    await endsWith(new Client(path), 'ECONNRESET');
  });
});
