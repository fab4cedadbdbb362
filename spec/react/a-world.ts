import type { V1Pod } from '@kubernetes/client-node';
import { afterEach, vi } from 'vitest';
import { type Raw, seconds } from 'kuberx';
import { informerFactory } from 'kuberx/http';
import { ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';

/** The pods of these specs. */
export type Pod = Raw<V1Pod>;

/** A server in memory and a factory of informers of it. */
export class World {
  readonly server: ApiServer;
  readonly factory: ReturnType<typeof informerFactory>;

  constructor(options: ApiServerOptions = {}) {
    this.server = new ApiServer({ listen: false, random: () => 0, latency: 10, ...options });
    this.factory = informerFactory(this.server.http, { random: () => 0 });
  }

  /** How often the server was asked for a whole state, page by page or as a stream. A list of one object asks for a version. */
  get lists(): number {
    return this.server.requests.filter(({ verb, query }) =>
      verb === 'list' ? query['limit'] !== '1' : query['sendInitialEvents'] === 'true',
    ).length;
  }

  /** Lets virtual time pass. */
  async pass(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }

  /** Does something to the server, and lets a frame pass. */
  async change(does: (server: ApiServer) => void): Promise<void> {
    does(this.server);
    await this.pass(50);
  }

  /** Ends all that is left. */
  async end(): Promise<void> {
    // The clock of the page is one for all specs: it must not wait for a time that is over.
    await this.pass(seconds(2));
    this.factory.shutdown();
  }
}

/** A pod as a server takes it. */
export function pod(name: string, phase = 'Running', namespace = 'default'): object {
  return { metadata: { name, namespace }, status: { phase } };
}

/** Gives each spec of a file its worlds in virtual time, and ends them. */
export function worlds<W extends World, O extends unknown[]>(make: (...options: O) => W): (...options: O) => W {
  const made: W[] = [];
  afterEach(async () => {
    for (const world of made.splice(0)) await world.end();
    vi.useRealTimers();
  });
  return (...options) => {
    vi.useFakeTimers();
    const world = make(...options);
    made.push(world);
    return world;
  };
}
