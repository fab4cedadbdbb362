/** A moment by both clocks of a process, in milliseconds: the wall clock, which jumps, and the monotonic one, which may stand still in a sleep. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/** The time since a moment by the clock that says more: who counts its own rights has to count this way. */
export function elapsedAtMost(since: Moment, now: Moment): number {
  return Math.max(now.wall - since.wall, now.monotonic - since.monotonic);
}
