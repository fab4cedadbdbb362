import type { CacheEvent } from './cache-event.ts';

/** Takes the events of a reflector, as a store or a queue does: `cacheEvents$.subscribe(sink)`. */
export interface ReflectorSink<T> {
  next(event: CacheEvent<T>): void;
}
