import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LoopbackListener } from '#src/testing/apiserver/wire/loopback-listener.ts';

const noUpgrades = { upgrade: () => undefined, upgrades: () => false, connect: () => undefined };

describe('LoopbackListener', () => {
  it('resets what is shutting down, and stops', async () => {
    let answered: (socket: Socket) => void;
    const socket = new Promise<Socket>((resolve) => (answered = resolve));
    const listener = new LoopbackListener({ request: (_, response) => answered(response.socket!), ...noUpgrades });
    await listener.start();
    const client = connect({ port: listener.port, host: '127.0.0.1' });
    onTestFinished(() => void client.destroy());
    client.on('error', () => undefined).resume();
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    (await socket).end();
    await new Promise<void>((resolve) => process.nextTick(resolve));
    listener.reset();
    await listener.stop();

    expect(listener.connections).toBe(0);
  });
});
