/** What made a key due. `custom` is for everything else: a webhook, a timer, a poll. */
export type ReasonType = 'added' | 'updated' | 'deleted' | 'resync' | 'requeue' | 'retry' | 'custom';

/** Why a key was woken. A run gets the reasons of all the wakes that it answers. */
export interface Reason {
  /** Where it comes from, in words for a log: `orders`. */
  readonly source: string;
  readonly type: ReasonType;
  /** True where it is known that an own write caused it, and nothing else. */
  readonly ownWrite?: boolean;
}

/** The wish that a key runs. Wakes of a key that waits already join: its highest priority, its earliest time, all reasons. */
export interface Wake<K extends string = string> {
  readonly key: K;
  /** Higher goes first; a lower line still gets one pick in eight. Default 0. */
  readonly priority?: number;
  /** The least delay in milliseconds: from 0 on, `Infinity` for never. Default 0. */
  readonly after?: number;
  readonly reason?: Reason;
}
