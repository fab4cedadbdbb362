import { type CacheEvent, flawOfEvent } from '../protocol/cache-event.ts';
import { StoreError } from './store-error.ts';

/** Throws a {@link StoreError} `MalformedEvent` for what is no event of a reflector. Its objects are not looked at. */
export function checkEvent(event: CacheEvent<unknown>): void {
  const flaw = flawOfEvent(event);
  if (flaw !== undefined) throw new StoreError({ reason: 'MalformedEvent', message: flaw });
}
