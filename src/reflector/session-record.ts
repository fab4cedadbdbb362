import type { CacheEvent, Phase } from '../protocol/cache-event.ts';

/** What the events of a session say about it. */
export interface SessionRecord {
  readonly phase: Phase;
  /** The scheduler's time when the server accepted the stream that is open; `undefined` where none is. */
  readonly openSince: number | undefined;
  /** The server has answered the last request, with whatever it was. */
  readonly isAnswered: boolean;
  /** The watch has told something: a change, a bookmark, or an object that no cache can hold. */
  readonly heard: boolean;
  /** The request is held back on this side, or what was open was given back. */
  readonly isHeld: boolean;
  /** The last event is progress: a change, a bookmark, `Settled` or `Unwatched`. */
  readonly progressed: boolean;
}

/** The record of a session that begins in a phase. */
export function newSession(phase: Phase): SessionRecord {
  return { phase, openSince: undefined, isAnswered: false, heard: false, isHeld: false, progressed: false };
}

/** The record after an event. Pure. */
export function sessionAfterEvent<T>(record: SessionRecord, event: CacheEvent<T>, now: number): SessionRecord {
  switch (event.type) {
    case 'Requested':
    case 'HeldBack': {
      const isHeld = event.type === 'HeldBack';
      return { ...record, phase: event.phase, openSince: undefined, isAnswered: false, isHeld, progressed: false };
    }
    case 'Opened':
      return { ...record, phase: event.phase, openSince: now, isAnswered: true, progressed: false };
    case 'Received': {
      // A ListerWatcher of the user's may give no OPEN frame: then the first part of a streaming list shows that it is open.
      const openSince = event.phase === 'streaming' ? (record.openSince ?? now) : undefined;
      return { ...record, phase: event.phase, openSince, isAnswered: true, progressed: false };
    }
    case 'Settled':
      return { ...record, isAnswered: true, progressed: true };
    case 'Unwatched':
      // No stream is open, and the list before it is all the progress that there can be.
      return { ...record, phase: 'listing', openSince: undefined, isAnswered: true, progressed: true };
    case 'Replaced':
      return { ...record, isAnswered: true, progressed: false };
    case 'Added':
    case 'Updated':
    case 'Deleted':
    case 'Bookmark':
      return { ...record, isAnswered: true, heard: true, progressed: true };
    case 'Refused':
      return { ...record, heard: true, progressed: false };
    case 'Sync':
    case 'Interrupted':
      return { ...record, progressed: false };
  }
}
