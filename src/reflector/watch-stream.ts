import { Observable } from 'rxjs';
import type { CacheEvent, Progress } from '../protocol/cache-event.ts';
import { KubeError, kubeErrorFrom, kubeErrorFromStatus, type KubeErrorReason } from '../protocol/kube-error.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { WatchOptions } from '../protocol/list-watch-options.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { metaNamespaceKey } from '../protocol/object-key.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { chance } from '../time/chance.ts';
import { seconds } from '../time/duration.ts';
import { checkNotOlder } from './check-not-older.ts';
import { runAfter } from './run-after.ts';
import { idleMargin, minWatchInterval, settledAfter, type ListAndWatchSettings } from './settings.ts';
import { silenceGuard } from './silence-guard.ts';

/** Where a stream starts: with the whole state, not older than a version if there is one, or after a version. */
export type WatchStart = { readonly initial: true; readonly notOlderThan?: string } | { readonly after: string };

const changeType = { ADDED: 'Added', MODIFIED: 'Updated', DELETED: 'Deleted' } as const;

/**
 * One watch request as cache events. A streaming list folds its initial frames and emits them as one `Replaced` at the
 * marker, then goes on as a watch; nothing of a stream that is cut before its marker gets out. Completes when the
 * server ends a watch; errors when it ends one at once and without a word, when the stream breaks, or is silent too long.
 */
export function watchStream<T extends KubernetesObject>(
  listerWatcher: ListerWatcher<T>,
  start: WatchStart,
  settings: ListAndWatchSettings<T>,
): Observable<CacheEvent<T>> {
  return new Observable((subscriber) => {
    const { intern, markerDeadline, pageSize, random, scheduler, watchTimeout } = settings;
    const { resource } = listerWatcher;
    const timeoutSeconds = Math.floor(
      (watchTimeout.min + chance(random) * (watchTimeout.max - watchTimeout.min)) / 1000,
    );

    // Until the marker, the state so far; initial frames come in key order, so no version is taken from them.
    let initial = 'initial' in start ? new Map<string, T>() : undefined;
    let refused: Refusal | undefined;
    // The last that is known: what comes without one changes nothing of where the watch would go on.
    let version = 'after' in start ? start.after : '';
    let received = 0;
    let opened = false;
    let heard = false;
    let short = true;

    const fail = (reason: KubeErrorReason, message: string): KubeError => new KubeError({ reason, resource, message });
    const silent = (): KubeError =>
      initial
        ? fail('MarkerMissing', `a streaming list was silent for ${markerDeadline} ms before its end`)
        : fail('Idle', `a watch was silent for longer than the ${timeoutSeconds} s it was asked to last`);
    const progress = (): void => {
      const soFar: Progress = { type: 'Progress', phase: initial ? 'streaming' : 'watching', received };
      subscriber.next(opened ? { ...soFar, open: true } : soFar);
    };
    const after = (delay: number, action: () => void): void => subscriber.add(runAfter(delay, scheduler, action));

    const take = (frame: WatchFrame<T>): void => {
      if (frame.type === 'OPEN') {
        if (opened) return;
        opened = true;
        progress();
        if (!initial) after(settledAfter, progress);
        return;
      }
      // Whatever it says, it has been accepted.
      opened = heard = true;
      if (frame.type === 'ERROR') {
        subscriber.error(kubeErrorFromStatus(resource, frame.status));
      } else if (frame.type === 'BOOKMARK') {
        const { resourceVersion } = frame;
        if (!initial) {
          if (resourceVersion) subscriber.next({ type: 'Bookmark', resourceVersion: (version = resourceVersion) });
        } else if (frame.initialEventsEnd) {
          if (!resourceVersion) throw fail('MarkerMissing', 'the end of a streaming list came without a version');
          if ('initial' in start) checkNotOlder(resource, resourceVersion, start.notOlderThan);
          const objects = [...initial.values()];
          version = resourceVersion;
          initial = undefined;
          received = 0;
          if (refused) subscriber.next({ type: 'Refused', ...refused });
          subscriber.next({ type: 'Replaced', objects, resourceVersion });
          progress();
          after(settledAfter, progress);
        }
      } else if (frame.type === 'REFUSED') {
        const { error, resourceVersion } = frame;
        if (initial) {
          refused = { error: refused?.error ?? error, count: (refused?.count ?? 0) + 1 };
          return;
        }
        subscriber.next({ type: 'Refused', error, count: 1 });
        // There is nothing more to be told of it, so the watch would go on after it.
        if (resourceVersion) subscriber.next({ type: 'Bookmark', resourceVersion: (version = resourceVersion) });
      } else {
        const object = intern(frame.object);
        received += 1;
        if (!initial) {
          version = frame.resourceVersion || version;
          subscriber.next({ type: changeType[frame.type], object, resourceVersion: version });
        } else {
          if (frame.type === 'DELETED') initial.delete(metaNamespaceKey(object));
          else initial.set(metaNamespaceKey(object), object);
          if (received % pageSize === 0) progress();
        }
      }
    };

    progress();
    // Whoever has heard that a request follows may not want it any more.
    if (subscriber.closed) return;
    after(minWatchInterval, () => (short = false));
    subscriber.add(
      listerWatcher
        .watch(watchOptions(start, timeoutSeconds))
        .pipe(silenceGuard(() => (initial ? markerDeadline : seconds(timeoutSeconds) + idleMargin), silent, scheduler))
        .subscribe({
          next(frame) {
            try {
              take(frame);
            } catch (cause) {
              subscriber.error(kubeErrorFrom(resource, cause, 'Malformed'));
            }
          },
          error: (cause: unknown) => subscriber.error(cause),
          complete() {
            if (initial) subscriber.error(fail('StreamCut', 'a streaming list ended before it was complete'));
            else if (short && !heard) subscriber.error(fail('ShortWatch', 'the server ended a watch at once'));
            else subscriber.complete();
          },
        }),
    );
  });
}

function watchOptions(start: WatchStart, timeoutSeconds: number): WatchOptions {
  if ('after' in start) return { resourceVersion: start.after, allowWatchBookmarks: true, timeoutSeconds };
  return {
    ...(start.notOlderThan === undefined ? {} : { resourceVersion: start.notOlderThan }),
    resourceVersionMatch: 'NotOlderThan',
    sendInitialEvents: true,
    allowWatchBookmarks: true,
    timeoutSeconds,
  };
}
