import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { type Socket, type SocketConstructor, watchSocket } from '#src/http/page/watch-socket.ts';

class FakeSocket implements Socket {
  binaryType = 'blob';
  closes = 0;
  readonly #listeners = new Map<string, ((event: never) => void)[]>();

  close(): void {
    this.closes += 1;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  fire(type: string, event: object = {}): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }
}

function play() {
  const sockets: {
    readonly socket: FakeSocket;
    readonly url: string;
    readonly protocols: readonly string[] | undefined;
  }[] = [];
  class WebSocket extends FakeSocket {
    constructor(url: string, protocols?: string[]) {
      super();
      sockets.push({ socket: this, url, protocols });
    }
  }
  const told: unknown[] = [];
  const onRefused = (): void => void told.push('refused');
  const subscription = watchSocket({
    resource: 'v1/pods',
    url: 'ws://a/b',
    protocols: ['p'],
    WebSocket,
    onRefused,
  }).subscribe({
    next: (event) => told.push(event.type === 'head' ? event.status : new TextDecoder().decode(event.bytes)),
    error: (error: unknown) => told.push(error),
    complete: () => told.push('end'),
  });
  return { ...sockets[0]!, told, subscription };
}

describe('watchSocket', () => {
  it('is a response: a head when it is open, and each frame as a line', () => {
    const { socket, told, url, protocols } = play();
    expect([url, protocols, socket.binaryType]).toEqual(['ws://a/b', ['p'], 'arraybuffer']);
    socket.fire('open');
    socket.fire('message', { data: '{"a":1}\n' });
    socket.fire('message', { data: '{"b":2}' });
    socket.fire('message', { data: new TextEncoder().encode('{"c":3}').buffer });
    socket.fire('message', { data: '' });
    socket.fire('close', { code: 1000 });
    expect(told).toEqual([200, '{"a":1}\n', '{"b":2}\n', '{"c":3}\n', 'end']);
  });

  it.each([1000, 1001, 1005])('ends well with the code %i', (code) => {
    const { socket, told } = play();
    socket.fire('open');
    socket.fire('close', { code });
    expect(told).toEqual([200, 'end']);
  });

  it('fails where it breaks, or gives what is no frame', () => {
    for (const [type, event] of [
      ['close', { code: 1006 }],
      ['message', { data: 5 }],
    ] as const) {
      const { socket, told } = play();
      socket.fire('open');
      socket.fire('error');
      socket.fire(type, event);
      expect(told[1]).toBeInstanceOf(KubeError);
      expect(told[1]).toMatchObject({ reason: 'Network' });
    }
  });

  it('says that it was refused where it was never open, also where the platform throws', () => {
    const { socket, told } = play();
    socket.fire('error');
    socket.fire('close', { code: 1006 });
    expect(told).toEqual(['refused']);
    const thrown: string[] = [];
    function WebSocket(): never {
      throw new SyntaxError('a token that is quoted');
    }
    const onRefused = (): void => void thrown.push('refused');
    watchSocket({
      resource: 'v1/pods',
      url: 'x',
      protocols: [],
      WebSocket: WebSocket as unknown as SocketConstructor,
      onRefused,
    }).subscribe({
      error: () => thrown.push('error'),
    });
    expect(thrown).toEqual(['refused']);
  });

  it('closes with its subscriber, but not before it is open, which browsers print as an error', () => {
    const early = play();
    early.subscription.unsubscribe();
    expect(early.socket.closes).toBe(0);
    early.socket.fire('open');
    early.socket.fire('close', { code: 1000 });
    expect([early.socket.closes, early.told]).toEqual([1, []]);
    const late = play();
    late.socket.fire('open');
    late.subscription.unsubscribe();
    expect(late.socket.closes).toBe(1);
  });
});
