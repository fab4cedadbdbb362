import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CertificateAuthority } from '#src/testing/apiserver/wire/certificate-authority.ts';
import { LoopbackListener } from '#src/testing/apiserver/wire/loopback-listener.ts';
import { eventually } from '../../../eventually.ts';

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

  it.each([
    ['plain', false],
    ['TLS', true],
  ])('closes a connection whose head does not come, %s', async (_, isSecure) => {
    const tls = isSecure ? new CertificateAuthority().server(['localhost']) : undefined;
    const handlers = { request: () => undefined, ...noUpgrades };
    const listener = new LoopbackListener(handlers, { tls, headTimeout: 100 });
    await listener.start();
    onTestFinished(() => listener.stop());
    const sockets = ['', isSecure ? '\u0016\u0003\u0001' : 'GET / HTTP/1.1\r\nHost: '].map((text) => {
      const socket = connect({ port: listener.port, host: '127.0.0.1' });
      socket.on('error', () => undefined).resume();
      if (text !== '') socket.write(text);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'close')));
    await eventually(() => expect(listener.connections).toBe(0));
  });
});
