import { concat, EMPTY, from, Subject } from 'rxjs';
import { type SharedInformer, sharedInformer } from '#src/informer/shared-informer.ts';
import type { ListerWatcher } from '#src/protocol/lister-watcher.ts';
import type { WatchFrame } from '#src/protocol/watch-frame.ts';
import { type BenchPod, smallPod } from '../store/pod.ts';

/** An informer that is synced and held, and the events of its server. */
export interface Running {
  readonly informer: SharedInformer<BenchPod>;
  readonly frames$: Subject<WatchFrame<BenchPod>>;
  /** Ends it with all of its subscribers. */
  readonly stop: () => void;
}

/** An informer of this number of pods, which another subscriber holds too. */
export function running(pods: number): Running {
  const frames$ = new Subject<WatchFrame<BenchPod>>();
  const initial$ = from<WatchFrame<BenchPod>[]>([
    { type: 'OPEN' },
    ...Array.from({ length: pods }, (_, index) => frame('ADDED', smallPod(index, 1, 'worker-1'))),
    { type: 'BOOKMARK', resourceVersion: '1', initialEventsEnd: true },
  ]);
  const server: ListerWatcher<BenchPod> = {
    resource: 'v1/pods',
    list: () => EMPTY,
    watch: () => concat(initial$, frames$),
  };
  const ended = new AbortController();
  const informer = sharedInformer(server, { signal: ended.signal });
  informer.connect();
  if (!informer.hasSynced$.value) throw new Error('not synced');
  return { informer, frames$, stop: () => ended.abort() };
}

/** The frame of a change. */
export function frame(type: 'ADDED' | 'MODIFIED', object: BenchPod): WatchFrame<BenchPod> {
  return { type, object, resourceVersion: object.metadata.resourceVersion ?? '' };
}
