import type { CacheEvent } from 'kuberx';

/** What a run came to: the last line of `--json`. */
export interface Summary {
  /** Objects in the first complete state; 0 where none came. */
  readonly synced: number;
  /** Objects added, updated and deleted since, as the watch told them. */
  readonly events: number;
  /** Complete states after the first. */
  readonly relists: number;
  readonly interruptions: number;
}

/** The events of a run, counted. */
export interface Tally {
  /** Objects in the first complete state, `undefined` until it is there. */
  readonly synced: number | undefined;
  readonly added: number;
  readonly updated: number;
  readonly deleted: number;
  /** Complete states after the first. */
  readonly relists: number;
  readonly interruptions: number;
}

/** The tally before the first event. */
export const emptyTally: Tally = {
  synced: undefined,
  added: 0,
  updated: 0,
  deleted: 0,
  relists: 0,
  interruptions: 0,
};

/** The tally after an event. */
export function reduceTally(tally: Tally, event: CacheEvent<unknown>): Tally {
  switch (event.type) {
    case 'Replaced':
      return tally.synced === undefined
        ? { ...tally, synced: event.objects.length }
        : { ...tally, relists: tally.relists + 1 };
    case 'Added':
      return { ...tally, added: tally.added + 1 };
    case 'Updated':
      return { ...tally, updated: tally.updated + 1 };
    case 'Deleted':
      return { ...tally, deleted: tally.deleted + 1 };
    case 'Interrupted':
      return { ...tally, interruptions: tally.interruptions + 1 };
    case 'Bookmark':
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Received':
    case 'Settled':
    case 'Unwatched':
    case 'HeldBack':
    case 'Refused':
      return tally;
  }
}

/** The summary of a tally. */
export function summaryOf({ synced = 0, added, updated, deleted, relists, interruptions }: Tally): Summary {
  return { synced, events: added + updated + deleted, relists, interruptions };
}

/** A summary in words, for people. */
export function summaryText({ synced, events, relists, interruptions }: Summary): string {
  return `synced ${synced}, events ${events}, relists ${relists}, interruptions ${interruptions}`;
}
