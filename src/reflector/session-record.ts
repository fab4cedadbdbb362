import type { CacheEvent, Phase } from '../protocol/cache-event.ts';

/** What is known of a session by its events. */
export interface SessionRecord {
  readonly phase: Phase;
  /** The scheduler's time when the server accepted the stream that is open; `undefined` where none is. */
  readonly openSince: number | undefined;
  /** The last request was answered, whatever it was that came. */
  readonly isAnswered: boolean;
  /** The objects of a list so far. */
  readonly received: number;
  /** The watch has said something: a change, a bookmark, or what no cache can hold. */
  readonly heard: boolean;
  /** What came last is progress: a change, a bookmark, or the word that the watch has been open for a minute. */
  readonly progressed: boolean;
}

/** The record of a session that begins in a phase. */
export function newSession(phase: Phase): SessionRecord {
  return { phase, openSince: undefined, isAnswered: false, received: 0, heard: false, progressed: false };
}

/** The record after an event. Pure. */
export function sessionAfterEvent<T>(record: SessionRecord, event: CacheEvent<T>, now: number): SessionRecord {
  switch (event.type) {
    case 'Progress': {
      const { phase, open, received } = event;
      if (!open) {
        // A list tells before a page that is asked for again how far it is, and after one that came.
        const isAnswered = phase === 'listing' && received > record.received;
        return { ...record, phase, openSince: undefined, isAnswered, received, progressed: false };
      }
      const isSame = record.phase === phase && record.openSince !== undefined;
      const openSince = isSame ? record.openSince : now;
      return { ...record, phase, openSince, isAnswered: true, progressed: isSame && phase === 'watching' };
    }
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
