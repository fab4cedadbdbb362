import {
  BehaviorSubject,
  EMPTY,
  from,
  ignoreElements,
  type Observable,
  type ObservableInput,
  Subject,
  Subscription,
  takeUntil,
  tap,
} from 'rxjs';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { lastingBehavior } from '../../streams/behavior.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import { aborted } from '../../streams/aborted.ts';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
import { firstMatch, type SignalOptions } from '../waiting/first-match.ts';
import { flattenBy } from '../../streams/flatten-by.ts';
import { isolated } from '../../streams/isolated.ts';
import { HandlerBacklog } from './handler-backlog.ts';
import { HandlerError } from './handler-error.ts';
import type { Synced } from '../informer-events.ts';
import { isPending } from '../../streams/checks/is-pending.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import { checkedHandler, type ResourceEventHandler } from './resource-event-handler.ts';

/** A handler that was added to an informer. It holds the informer until it is removed. */
export interface EventHandlerRegistration {
  /**
   * Whether the informer has a complete state and the handler is done with all of it, promises and Observables included: false first, true
   * once. A handler that fails on an object is done with that too. It completes then, and where the handler is removed or the
   * informer ends; the value stays, also for who subscribes later.
   */
  readonly hasSynced$: ReadonlyBehaviorSubject<boolean>;
  /** The value of `hasSynced$`. */
  readonly hasSynced: boolean;
  /**
   * Resolves when it has synced, also long after. Rejected where the handler is removed or the informer ends before that, or
   * the signal is aborted.
   */
  whenSynced(options?: SignalOptions): Promise<void>;
  /** No further call of the handler begins. One in progress ends; what waited for it is dropped. Silent the second time. */
  remove(): void;
  /** Removes it, and resolves when a call in progress has ended. To be awaited inside of the handler it never can be. */
  shutDown(): Promise<void>;
}

/** What a handler is registered with. */
export interface RegistrationOptions<T> extends SignalOptions {
  /** The resource in words, for errors. */
  readonly resource: string;
  readonly onHandlerError: (error: HandlerError<T>) => void;
}

/**
 * Calls a handler for each event, one at a time, from now on until it is removed, the signal aborted, or the events end.
 * Throws a TypeError for an invalid handler or signal.
 */
export function registerEventHandler<T extends KubernetesObject>(
  events$: Observable<InformerEvent<T> | Synced>,
  handler: ResourceEventHandler<T>,
  { resource, onHandlerError, signal }: RegistrationOptions<T>,
): EventHandlerRegistration {
  checkedHandler(handler);
  checkedSignalIfAny(signal);
  let isRemoved = false;
  const removed$ = new Subject<void>();
  const synced$ = new BehaviorSubject(false);
  const hasSynced$ = lastingBehavior(synced$);
  let resolveQuiet = (): void => undefined;
  const quiet = new Promise<void>((resolve) => (resolveQuiet = resolve));

  function failed(cause: unknown, event: InformerEvent<T> | Synced): void {
    // No handler was called.
    if (event.type === 'synced') throw cause;
    try {
      onHandlerError(new HandlerError(event, cause));
    } catch (error) {
      reportUnhandled(error as Error);
    }
  }

  function call(event: InformerEvent<T> | Synced): ObservableInput<never> {
    if (isRemoved) return EMPTY;
    if (event.type === 'synced') {
      synced$.next(true);
      synced$.complete();
      return EMPTY;
    }
    const result = invoke(handler, event);
    return isPending(result) ? from(result).pipe(ignoreElements()) : EMPTY;
  }

  const abortion = new Subscription();
  const hasBeenRemoved = (): boolean => isRemoved;
  const remove = (): void => {
    if (isRemoved) return;
    isRemoved = true;
    removed$.next();
    synced$.complete();
    abortion.unsubscribe();
  };

  if (signal) abortion.add(aborted(signal).subscribe({ next: remove, error: reportUnhandled }));
  // The signal may have been aborted before.
  const source$ = hasBeenRemoved() ? EMPTY : events$.pipe(tap({ complete: remove }), takeUntil(removed$));
  // Not by concatMap, whose stack grows with the calls that are done at once after one that was waited for.
  const calls$ = source$.pipe(flattenBy(() => new HandlerBacklog(), isolated(call, failed)));
  calls$.subscribe({ complete: resolveQuiet, error: reportUnhandled });

  return {
    hasSynced$,
    get hasSynced() {
      return hasSynced$.value;
    },
    whenSynced: async (options) => {
      await firstMatch(hasSynced$, Boolean, { ...options, waitedFor: `the sync of a handler of ${resource}` });
    },
    remove,
    shutDown: () => {
      remove();
      return quiet;
    },
  };
}

function invoke<T>(handler: ResourceEventHandler<T>, event: InformerEvent<T>): unknown {
  switch (event.type) {
    case 'added':
      return handler.onAdd?.(event.object, event.isInInitialList);
    case 'updated':
      return handler.onUpdate?.(event.oldObject, event.object);
    case 'deleted':
      return handler.onDelete?.(event.object, event.finalStateUnknown);
  }
}
