import { asyncScheduler, type Observable } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import { checkedRandom } from '../streams/checks/checked-random.ts';
import { type KeptState, resumeFrom } from './cursor.ts';
import { repeatSessions } from './repeat-sessions.ts';
import { RequestPace } from './request-pace.ts';
import type { ReflectorMemory, RepeatedSession } from './request-turns.ts';
import { retryDelays } from './retry-rules.ts';
import type { RetryWithBackoffOptions } from './retry-with-backoff.ts';
import { resumable, type Session } from './session.ts';

/** A reflector that can be stopped and started again. For one subscription at a time. */
export interface ResumableReflector<T> {
  /** What the reflector says. A subscription starts it, and goes on where the one before left off. */
  readonly events$: Observable<CacheEvent<T>>;
  /** Milliseconds until a subscription that comes now may send its first request. */
  readonly untilNextStart: () => number;
}

/**
 * `retryWithBackoff` for a subscriber that comes back and has kept its state: each subscription calls `kept` for the version
 * of that state. The delays go on from one subscription to the next, so that to subscribe again does not shorten them.
 */
export function resumeWithBackoff<T>(
  session: Session<T>,
  kept: () => KeptState | undefined,
  options: RetryWithBackoffOptions = {},
): ResumableReflector<T> {
  const { scheduler = asyncScheduler, backoff = {} } = options;
  const delays = retryDelays(backoff, checkedRandom(options.random));
  const pace = new RequestPace(scheduler);
  const repeated: RepeatedSession<T> = { session: resumable(session), delays, scheduler };
  let memory: ReflectorMemory | undefined;
  const remembered = (): ReflectorMemory => (memory = { pace, cursor: resumeFrom(kept(), memory?.cursor) });
  return {
    events$: repeatSessions(repeated, remembered),
    untilNextStart: () => pace.untilNextStart,
  };
}
