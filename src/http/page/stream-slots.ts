import type { SchedulerLike } from 'rxjs';

/** What a request takes of a browser: a WebSocket, a stream of `fetch`, or a `fetch` that ends soon. */
export type SlotKind = 'socket' | 'stream' | 'list';

/** How many of each kind may be out at once; `fetches` is for streams and lists together. */
export interface SlotLimits extends Readonly<Record<SlotKind, number>> {
  readonly fetches: number;
}

/**
 * Counts what is out to one origin, for all connections of a page to it: a browser gives an origin six connections over
 * HTTP/1.1, some hundred streams over HTTP/2 and 255 WebSockets, and beyond these all of the page hangs without a word.
 */
export class StreamSlots {
  private readonly taken: Record<SlotKind, number> = { socket: 0, stream: 0, list: 0 };
  private readonly waiting = new Set<() => void>();

  /** How many of a kind are out. */
  count(kind: SlotKind): number {
    return this.taken[kind];
  }

  /** Takes a place. False where there is none. */
  take(kind: SlotKind, limits: SlotLimits): boolean {
    const { stream, list } = this.taken;
    if (this.taken[kind] >= limits[kind] || (kind !== 'socket' && stream + list >= limits.fetches)) return false;
    this.taken[kind] += 1;
    return true;
  }

  /** Gives a place back, and tells those who listen, who has listened longest first. */
  give(kind: SlotKind): void {
    this.taken[kind] -= 1;
    const told = [...this.waiting];
    for (const listener of told) {
      // It goes to the end of the line, so that no connection takes each place that becomes free.
      if (!this.waiting.delete(listener)) continue;
      this.waiting.add(listener);
      listener();
    }
  }

  /** Calls back whenever a place becomes free, until the returned function is called. */
  onfree(listener: () => void): () => void {
    this.waiting.add(listener);
    return () => this.waiting.delete(listener);
  }
}

const ofOrigins = new WeakMap<SchedulerLike, Map<string, WeakRef<StreamSlots>>>();

/** The slots of an origin: the same for all who ask by one scheduler. */
export function streamSlots(origin: string, scheduler: SchedulerLike): StreamSlots {
  const known = ofOrigins.get(scheduler) ?? new Map<string, WeakRef<StreamSlots>>();
  ofOrigins.set(scheduler, known);
  const held = known.get(origin)?.deref();
  if (held !== undefined) return held;
  const slots = new StreamSlots();
  known.set(origin, new WeakRef(slots));
  return slots;
}
