import { type CacheEvent, printable } from 'kuberx';
import { StartError } from './start-error.ts';

/**
 * The error that ends a run whose credentials were refused before the first complete state; `undefined` for every other
 * event. A streaming list that is forbidden is not a refusal: a list is asked for at once, and may be allowed.
 */
export function refused(event: CacheEvent<unknown>): StartError | undefined {
  if (event.type !== 'Interrupted') return undefined;
  const { error, phase } = event;
  if (error.reason === 'Unauthorized')
    return new StartError(`${printable(error.message)}: the server does not accept the credentials (401)`, error);
  if (error.reason === 'Forbidden' && phase === 'listing')
    return new StartError(`${printable(error.message)}: the credentials do not allow to list (403)`, error);
  return undefined;
}
