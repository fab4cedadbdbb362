import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { DaemonFailed } from './daemon.ts';

// Below the ports that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere): while a server
// is down, a client that tries to reach it could else be given its port, and even be connected to itself.
const firstPort = 20_000;
const lastPort = 32_000;

/**
 * Calls `start` with a free loopback port and returns its result. Tries again with another port if a process took the
 * first one in between.
 * @param start - Rejects with a {@link DaemonFailed} whose `portTaken` is true to be tried again.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === 5 || !(error instanceof DaemonFailed && error.portTaken)) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(firstPort, lastPort);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
