import type { CacheEvent } from './cache-event.ts';

/** Whatever takes the events of a reflector: `cacheEvents$.subscribe(sink)`. A store, or a queue. */
export interface ReflectorSink<T> {
  next(event: CacheEvent<T>): void;
}
