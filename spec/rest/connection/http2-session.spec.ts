import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { deadlines } from '#src/rest/connection/connection-options.ts';
import { Http2Session } from '#src/rest/connection/http2-session.ts';
import { eventually } from '../../eventually.ts';

/** A connection whose other side takes nothing: no write to it ever ends. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a session needs no more of it than a Duplex has
const blocked = (): TLSSocket => new Duplex({ read: () => undefined, write: () => undefined }) as TLSSocket;

interface Opened {
  readonly session: Http2Session;
  readonly socket: TLSSocket;
  readonly retired: () => void;
}

function opened(): Opened {
  const socket = blocked();
  const retired = vi.fn();
  const observer = { ready: () => undefined, freed: () => undefined, retired };
  return { session: new Http2Session('https://127.0.0.1', socket, deadlines({}), observer), socket, retired };
}

describe('Http2Session', () => {
  it('closes its socket where it is given up in the middle of a write', async () => {
    const { session, socket, retired } = opened();
    const write = vi.spyOn(socket, '_write');
    await eventually(() => expect(write).toHaveBeenCalled());
    session.destroy();

    await eventually(() => expect(socket.destroyed).toBe(true));
    await eventually(() => expect(retired).toHaveBeenCalledTimes(1));
  });

  it('can be given up at once', async () => {
    const { session, socket, retired } = opened();
    session.destroy();

    await eventually(() => expect(retired).toHaveBeenCalledTimes(1));
    expect(socket.destroyed).toBe(true);
  });
});
