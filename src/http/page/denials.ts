import type { TimestampProvider } from 'rxjs';
import { type Backoff, backoffDelay } from '../../streams/time/backoff.ts';
import { minutes, seconds } from '../../streams/time/duration.ts';

/** After this time, in milliseconds, a denial no longer counts as one of a row. */
const forgottenAfter = minutes(15);

/**
 * How long a denied request waits: rights are given by people, so that asking often finds nothing. At most as long as a reflector
 * waits for a server that names a time.
 */
export const denialBackoff: Backoff = { initial: seconds(15), max: minutes(5), factor: 2, jitter: 0.2 };

type Verb = 'list' | 'watch';

interface Denial {
  readonly count: number;
  readonly at: number;
}

/** What the server denied, by verb and resource. A namespace that is denied says nothing about the others. */
export class Denials {
  private readonly clock: TimestampProvider;
  private readonly backoff: Backoff;
  private readonly random: () => number;
  private readonly denials = new Map<string, Map<Verb, Denial>>();

  constructor(clock: TimestampProvider, random: () => number, backoff: Backoff = denialBackoff) {
    this.clock = clock;
    this.random = random;
    this.backoff = backoff;
  }

  /** The resources with a denial, in the order of their names. */
  get resources(): string[] {
    return [...this.denials.keys()].sort();
  }

  /** True where the last answer for a verb of the resource was a denial. */
  has(resource: string): boolean {
    return this.denials.has(resource);
  }

  /** The server denied a request. Returns the milliseconds until it is worth asking again. */
  denied(resource: string, verb: Verb): number {
    const at = this.clock.now();
    const ofResource = this.denials.get(resource) ?? new Map<Verb, Denial>();
    const before = ofResource.get(verb);
    const count = before !== undefined && at - before.at < forgottenAfter ? before.count + 1 : 1;
    this.denials.set(resource, ofResource.set(verb, { count, at }));
    return backoffDelay(count, this.random, this.backoff);
  }

  /** The server took a request. Who may watch needs no list. */
  granted(resource: string, verb: Verb): void {
    const ofResource = this.denials.get(resource);
    ofResource?.delete(verb);
    if (verb === 'watch' || ofResource?.size === 0) this.denials.delete(resource);
  }

  /** Asking again is wanted now, and what follows a denial then is as short as after the first. */
  renew(): void {
    for (const ofResource of this.denials.values())
      for (const [verb, { at }] of ofResource) ofResource.set(verb, { count: 0, at });
  }
}
