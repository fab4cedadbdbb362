import { Observable, Subscription } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import { KubeError, kubeErrorFrom, kubeErrorFromStatus, type KubeErrorReason } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { WatchOptions } from '../protocol/list-watch-options.ts';
import type { HoldReason } from '../protocol/hold-reason.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import type { Refusal } from '../protocol/errors/refusal.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { checkedObservable } from '../streams/checks/checked-observable.ts';
import { chance } from '../streams/time/chance.ts';
import { seconds } from '../streams/time/duration.ts';
import { checkNotOlder } from './check-not-older.ts';
import { HoldTime } from './hold-time.ts';
import { runAfter } from '../streams/time/run-after.ts';
import { idleMargin, minWatchInterval, settledAfter, type ListAndWatchSettings } from './settings.ts';
import { silenceGuard } from '../streams/time/silence-guard.ts';

/** Where a stream starts: with the whole state, not older than a version if one is given, or after a version. */
export type WatchStart =
  | {
      readonly initial: true;
      readonly notOlderThan?: string;
      /** How many streaming lists in a row took longer than they had asked for. Each makes this one ask for 4 times as much. */
      readonly timeouts?: number;
    }
  /** An empty version: with the changes from now on, which a server may precede with the whole state as ADDED frames. */
  | { readonly after: string };

const changeType = { ADDED: 'Added', MODIFIED: 'Updated', DELETED: 'Deleted' } as const;

/**
 * One watch request as cache events. A streaming list collects its initial frames and emits them as one `Replaced` at the
 * marker, then goes on as a watch. A stream that is cut before its marker tells nothing of the state. Completes when the
 * server ends a watch. Errors when the server ends one at once and empty, when the stream breaks, or is silent too long.
 *
 * The initial state comes as ADDED frames in the order of their keys, and no other frame comes before the last of them. The
 * deadline of the marker counts from the last one, because a server that knows no marker goes on with changes for ever.
 *
 * A marker without a version is one: the state is complete, and the watch goes on like one without a version. Where objects
 * have no version either, a marker is due a second after the last object: few such servers know streaming lists, and a paged
 * list of them is as good.
 */
export function watchStream<S extends KubernetesObject, A>(
  listerWatcher: ListerWatcher<S>,
  start: WatchStart,
  settings: ListAndWatchSettings<S, A>,
): Observable<CacheEvent<A>> {
  return new Observable((subscriber) => {
    const { admit, markerDeadline, maxListObjects, pageSize, random, scheduler, watchTimeout } = settings;
    const { resource } = listerWatcher;
    const usualSeconds = Math.floor((watchTimeout.min + chance(random) * (watchTimeout.max - watchTimeout.min)) / 1000);
    const timeoutSeconds = 'initial' in start ? lengthened(usualSeconds, start.timeouts ?? 0) : usualSeconds;
    const holdTime = new HoldTime(scheduler);
    let startedAt = scheduler.now();

    // The state so far, until the marker. No version is taken from these frames: they come in the order of keys.
    let initial = 'initial' in start ? new Map<string, A>() : undefined;
    let refused: Refusal | undefined;
    // The last version that is known; a frame without a version leaves it as it is.
    let version = 'after' in start ? start.after : '';
    // A list without a version tells of a server whose versions lead nowhere: none is taken from its frames.
    let isVersioned = 'initial' in start || start.after !== '';
    // The last key of the initial state; undefined once a frame has come that cannot belong to it.
    let lastKey: string | undefined = '';
    let keyed: { readonly object: S; readonly key: string } | undefined;
    let received = 0;
    let opened = false;
    let heard = false;
    let expectsMarker = false;
    let isShort = true;
    let shortTimer = Subscription.EMPTY;

    const fail = (reason: KubeErrorReason, message: string): KubeError => new KubeError({ reason, resource, message });
    const silent = (): KubeError =>
      initial
        ? fail(
            'MarkerMissing',
            `a streaming list had ${received} frames and then for ${expectsMarker ? soon : markerDeadline} ms neither its next object nor its end`,
          )
        : fail('Idle', `a watch was silent for longer than the ${usualSeconds} s it was asked to last`);
    const unfinished = (): KubeError =>
      scheduler.now() - startedAt >= seconds(timeoutSeconds) - endsEarly
        ? fail('Timeout', `a streaming list was not complete after the ${timeoutSeconds} s it was asked to last`)
        : fail('StreamCut', 'a streaming list ended before it was complete');
    const phase = (): 'streaming' | 'watching' => (initial ? 'streaming' : 'watching');
    const tellReceived = (): void => subscriber.next({ type: 'Received', phase: 'streaming', received });
    const tellOpened = (): void => {
      subscriber.next({ type: 'Opened', phase: phase() });
      if (!initial) after(settledAfter, () => holdTime.isHeld || subscriber.next({ type: 'Settled' }));
    };
    const after = (delay: number, action: () => void): Subscription => {
      const timer = runAfter(delay, scheduler, action);
      subscriber.add(timer);
      return timer;
    };
    /** The server has a second from now on before an end counts as one at once. */
    const beginShort = (): void => {
      shortTimer.unsubscribe();
      isShort = true;
      shortTimer = after(minWatchInterval, () => (isShort = false));
    };
    const held = (reason?: HoldReason): void => {
      const wasHeld = holdTime.isHeld;
      holdTime.held(reason);
      if (reason !== undefined) {
        subscriber.next({ type: 'HeldBack', phase: phase(), reason });
      } else if (wasHeld) {
        startedAt = scheduler.now();
        subscriber.next({ type: 'Requested', phase: phase() });
        beginShort();
      }
    };

    /** The key of the last object. It is needed twice: to see whether the frame belongs to the initial state, and to take it. */
    const keyOf = (object: S): string => {
      if (keyed?.object !== object) keyed = { object, key: metaNamespaceKey(object) };
      return keyed.key;
    };

    /** Until the marker, only a frame that belongs to the initial state moves the deadline. */
    const isProgress = (frame: WatchFrame<S>): boolean => {
      if (!initial || frame.type === 'OPEN') return true;
      if (frame.type === 'REFUSED') return lastKey !== undefined;
      const isInitial = frame.type === 'ADDED' && lastKey !== undefined && keyOf(frame.object) > lastKey;
      const isMarker = frame.type === 'BOOKMARK' && frame.initialEventsEnd;
      lastKey = isInitial ? keyOf(frame.object) : undefined;
      return isInitial || isMarker;
    };

    const advance = (resourceVersion: string | undefined): void => {
      if (resourceVersion && isVersioned)
        subscriber.next({ type: 'Bookmark', resourceVersion: (version = resourceVersion) });
    };

    const take = (frame: WatchFrame<S>): void => {
      if (frame.type === 'OPEN') {
        if (opened) return;
        opened = true;
        tellOpened();
        if (initial) return;
        if (isShort || scheduler.now() - startedAt >= heldBack) return;
        beginShort();
        return;
      }
      // Any frame shows that the stream has been accepted.
      opened = heard = true;
      if (frame.type === 'ERROR') {
        subscriber.error(kubeErrorFromStatus(resource, frame.status));
      } else if (frame.type === 'BOOKMARK') {
        const { resourceVersion } = frame;
        if (!initial) {
          advance(resourceVersion);
        } else if (frame.initialEventsEnd) {
          if ('initial' in start && resourceVersion) checkNotOlder(resource, resourceVersion, start.notOlderThan);
          const objects = [...initial.values()];
          version = resourceVersion ?? '';
          isVersioned = version !== '';
          initial = keyed = undefined;
          if (refused) subscriber.next({ type: 'Refused', ...refused });
          subscriber.next({ type: 'Replaced', objects, resourceVersion: version });
          tellOpened();
        }
      } else if (frame.type === 'REFUSED') {
        const { error, resourceVersion } = frame;
        if (initial) {
          refused = { error: refused?.error ?? error, count: (refused?.count ?? 0) + 1 };
          return;
        }
        subscriber.next({ type: 'Refused', error, count: 1 });
        // All is told of this frame, so a watch would go on after its version.
        advance(resourceVersion);
      } else {
        const key = initial && keyOf(frame.object);
        const object = admit(frame.object, key);
        if (!initial || key === undefined) {
          if (isVersioned) version = frame.resourceVersion || version;
          subscriber.next({ type: changeType[frame.type], object, resourceVersion: version });
        } else {
          received += 1;
          if (frame.type === 'DELETED') initial.delete(key);
          else initial.set(key, object);
          if (initial.size > maxListObjects)
            throw fail('TooLarge', `a list has more than ${maxListObjects} objects; what came of it is dropped`);
          if (received % pageSize === 0) tellReceived();
          if (!expectsMarker && !frame.resourceVersion) expectMarker();
        }
      }
    };

    /** Fails when a second passes without an object or the marker. */
    const expectMarker = (): void => {
      expectsMarker = true;
      const before = received;
      after(soon, () => {
        if (initial && received === before) subscriber.error(silent());
        else if (initial) expectMarker();
      });
    };

    /** Tells every 10 s how far the list is, also while nothing moves. Source: client-go, the bookmark warning. */
    const remind = (): void => {
      if (!initial) return;
      if (opened && !holdTime.isHeld) tellReceived();
      after(reminder, remind);
    };

    subscriber.next({ type: 'Requested', phase: phase() });
    // A subscriber may have unsubscribed when it was told of the request.
    if (subscriber.closed) return;
    beginShort();
    if (initial) after(reminder, remind);
    subscriber.add(
      checkedObservable(
        'watch of the ListerWatcher returned',
        listerWatcher.watch(watchOptions(start, timeoutSeconds), held),
      )
        .pipe(
          silenceGuard(
            () => (initial ? markerDeadline : seconds(usualSeconds) + idleMargin) + holdTime.sum,
            silent,
            scheduler,
            {
              counts: isProgress,
            },
          ),
        )
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
            if (holdTime.isHeld) subscriber.complete();
            else if (initial) subscriber.error(unfinished());
            else if (isShort && !heard) subscriber.error(fail('ShortWatch', 'the server ended a watch at once'));
            else subscriber.complete();
          },
        }),
    );
  });
}

/** A response head that comes 30 s after the request may have been held back until the first frame, or until the end. */
const heldBack = seconds(30);

/** How long the marker may take after an object without a version, in milliseconds. */
const soon = seconds(1);

/** How often a streaming list tells how far it is, in milliseconds. */
const reminder = seconds(10);

/** A server may end a stream this number of milliseconds before its time is over. */
const endsEarly = seconds(1);

/** No streaming list asks for more than a day, in seconds. */
const longestStream = 24 * 60 * 60;

function lengthened(timeoutSeconds: number, timeouts: number): number {
  return timeouts === 0
    ? timeoutSeconds
    : Math.max(timeoutSeconds, Math.min(longestStream, timeoutSeconds * 4 ** timeouts));
}

function watchOptions(start: WatchStart, timeoutSeconds: number): WatchOptions {
  if ('after' in start)
    return { ...(start.after && { resourceVersion: start.after }), allowWatchBookmarks: true, timeoutSeconds };
  return {
    ...(start.notOlderThan === undefined ? {} : { resourceVersion: start.notOlderThan }),
    resourceVersionMatch: 'NotOlderThan',
    sendInitialEvents: true,
    allowWatchBookmarks: true,
    timeoutSeconds,
  };
}
