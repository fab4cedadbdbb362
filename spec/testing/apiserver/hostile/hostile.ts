import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { expect } from 'vitest';
import { oneOf, seededRandom, wholeNumber } from '../../../../scripts/soak/seeded-random.ts';
import type { ApiServer } from 'kuberx/testing/apiserver';
import type { RawConnection } from '../raw-connection.ts';
import { aServer, configMap } from '../a-server.ts';
import { attacks } from './attacks.ts';

/** How many connections are left open at most. */
const maxOpen = 40;

/** How long a server may take to answer a client that means well, in milliseconds. */
const patience = 10_000;

/** Whether a server answers, on a connection of its own. */
export function answers({ url, ca }: ApiServer): Promise<boolean> {
  const open = url.startsWith('https:') ? secureRequest : request;
  return new Promise((resolve) => {
    const asked = open(`${url}/api/v1/namespaces/default/configmaps/a`, { agent: false, timeout: patience, ca });
    asked.on('response', (response) => {
      response.resume().once('end', () => resolve(response.statusCode === 200));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}

/** What keeps a process alive, in the words of Node, without what passes by itself. */
function held(): string[] {
  const passing = /^(TickObject|Immediate)$/;
  return process.getActiveResourcesInfo().filter((each) => !passing.test(each));
}

/**
 * Does things to two servers, plain and over TLS, that no client should do, as a seed decides; after each both still answer. At
 * the end many connections are open, and the servers stop within a second, and leave nothing.
 */
export async function survives(seed: number, count: number): Promise<void> {
  const random = seededRandom(seed);
  const before = held();
  const servers = [await aServer(), await aServer({ tls: true })] as const;
  for (const server of servers) server.create('v1/configmaps', configMap('a'));
  const open: RawConnection[] = [];
  for (let index = 0; index < count; index++) {
    const name = oneOf(random, Object.keys(attacks));
    const server = oneOf(random, servers);
    const connection = await attacks[name]!(server, random);
    expect(await answers(server), `after ${name}, the ${index}th of seed ${seed}`).toBe(true);
    if (random() < 0.5) connection.socket.destroy();
    else open.push(connection);
    if (open.length > maxOpen) open.splice(wholeNumber(random, 0, maxOpen), 1)[0]?.socket.destroy();
  }
  for (const server of servers) {
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(1500);
    expect([server.connections, server.openStreams]).toEqual([0, 0]);
  }
  for (const { socket } of open) socket.destroy();
  await expect.poll(() => held().length, { timeout: patience }).toBeLessThanOrEqual(before.length);
}
