import { type Cursor, firstList, resumeFrom } from '../reflector/cursor.ts';
import { minutes } from '../streams/time/duration.ts';

/** After a longer stop the version that was kept is verified by a list of one object before it is watched. */
const trustedFor = minutes(1);

/**
 * Where an informer goes on that has kept a state: a watch from its version, unless a list was to come next. `outdatedFor`:
 * how many milliseconds ago the state was up to date. Pure.
 */
export function resumeCursor(
  { synced, resourceVersion }: { readonly synced: boolean; readonly resourceVersion: string | undefined },
  last: Cursor | undefined,
  outdatedFor: number,
): Cursor {
  if (!synced || resourceVersion === undefined) return firstList;
  // The server no longer has the version that was kept.
  if (last?.next === 'list') return last;
  // The server may have gone back meanwhile, and a version of the future is watched in silence.
  const isDoubted = outdatedFor >= trustedFor;
  const isLast = last?.resourceVersion === resourceVersion;
  return isLast ? { ...last, doubted: last.doubted || isDoubted } : resumeFrom(resourceVersion, isDoubted);
}
