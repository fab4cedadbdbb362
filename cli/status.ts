import type { CacheEvent, Interrupted, Phase } from 'kuberx';

/** Where the reflector stands, as the terminal shows it. Times are milliseconds of the caller's clock. */
export interface Status {
  /** `undefined` before the first request. */
  readonly phase: Phase | undefined;
  /** Objects received in a list that is under way. */
  readonly received: number;
  /** How many are still to come, where the server said so. */
  readonly remaining: number | undefined;
  /** `waiting` until the next request after a failure, `retrying` until that one is known to work. */
  readonly trouble: 'none' | 'waiting' | 'retrying';
  readonly interruption: LastInterruption | undefined;
}

/** The last failure. */
export interface LastInterruption extends Pick<Interrupted, 'error' | 'phase' | 'attempt'> {
  readonly at: number;
  /** When the next request goes out. */
  readonly retryAt: number;
}

/** The status before the first event. */
export const startingStatus: Status = {
  phase: undefined,
  received: 0,
  remaining: undefined,
  trouble: 'none',
  interruption: undefined,
};

/** The status after an event that came at `now`. */
export function reduceStatus(status: Status, event: CacheEvent<unknown>, now: number): Status {
  switch (event.type) {
    case 'Interrupted': {
      const { error, phase, attempt, retryIn } = event;
      const interruption = { error, phase, attempt, at: now, retryAt: now + retryIn };
      return { ...startingStatus, phase, trouble: 'waiting', interruption };
    }
    case 'Requested': {
      const { phase, received = 0 } = event;
      const trouble = status.trouble === 'none' ? 'none' : 'retrying';
      return { ...status, phase, received, remaining: undefined, trouble };
    }
    case 'Opened':
      return { ...status, phase: event.phase, received: 0, remaining: undefined, trouble: 'none' };
    case 'Received': {
      const { phase, received, remaining } = event;
      return { ...status, phase, received, remaining, trouble: 'none' };
    }
    case 'Replaced':
    case 'Added':
    case 'Updated':
    case 'Deleted':
    case 'Bookmark':
    case 'Settled':
    case 'Unwatched':
      return status.trouble === 'none' ? status : { ...status, trouble: 'none' };
    case 'Sync':
    case 'HeldBack':
    case 'Refused':
      return status;
  }
}
