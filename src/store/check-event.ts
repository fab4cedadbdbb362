import { type CacheEvent, isCacheEvent } from '../protocol/cache-event.ts';
import { StoreError } from './store-error.ts';

/** Throws a {@link StoreError} `MalformedEvent` for what is no event of a reflector. Its objects are not looked at. */
export function checkEvent(event: CacheEvent<unknown>): void {
  const flaw = !isCacheEvent(event)
    ? 'what was given is no cache event'
    : event.type === 'Replaced' && !Array.isArray(event.objects)
      ? 'the objects of Replaced are no array'
      : undefined;
  if (flaw !== undefined) throw new StoreError({ reason: 'MalformedEvent', message: flaw });
}
