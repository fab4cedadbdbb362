import type { FailureNote } from '../workqueue/failure-note.ts';
import type { Explanation } from '../workqueue/explanation.ts';
import type { WorkStatus } from '../workqueue/work-status.ts';

/** How one source of a controller is doing. */
export interface SourceStatus {
  /** The resource of an informer: `v1/pods`; `wakes 2` for the second Observable of the option `wakes`. */
  readonly name: string;
  /**
   * - `waiting`: an informer has not synced, or has a state from an earlier time that no watch follows yet, so that no run starts.
   *   `failure` says why, where something went wrong: NotFound where its CustomResourceDefinition is missing.
   * - `flowing`: all is well.
   * - `failing`: it has errored and is subscribed to again; or the last request of an informer has failed.
   * - `completed`: it will tell nothing more.
   */
  readonly state: 'waiting' | 'flowing' | 'failing' | 'completed';
  readonly failure?: FailureNote | undefined;
  /** How often it has failed in a row. */
  readonly attempt: number;
  /** True where no run starts before it has synced. False for those of the option `optional`, and for Observables of keys. */
  readonly isRequired: boolean;
}

/** Where a controller stands: an immutable value. Durations are in milliseconds. */
export interface ControllerStatus extends WorkStatus {
  /** True once every required informer has synced and its first wakes are in. No run starts before. */
  readonly hasSynced: boolean;
  readonly sources: readonly SourceStatus[];
  /** Resources whose versions cannot be ordered: no key waits until its own writes of these are seen. */
  readonly unordered: readonly string[];
  /**
   * The longest time in the last minute for which the event loop did nothing, in milliseconds. While code does not return nothing
   * runs, here or elsewhere in the process, and no lease is renewed. It is looked at each second.
   */
  readonly loopDelay: number;
  /** The key of the run that did not return for that time; `undefined` where it was other code, or where it is not known. */
  readonly blockedBy: string | undefined;
}

/** From this delay of the event loop on an explanation tells of it, in milliseconds. */
const tellingDelay = 1000;

function withLoopDelay(explanation: Explanation, { loopDelay, blockedBy }: ControllerStatus): Explanation {
  if (loopDelay < tellingDelay) return explanation;
  const by = blockedBy === undefined ? '' : ` by the run of ${blockedBy}`;
  const text = `${explanation.text}; the event loop was blocked for ${Math.round(loopDelay / 1000)} s${by} in the last minute`;
  return { ...explanation, text };
}

/**
 * Why a key does not run: while its controller waits for sources, these; otherwise the explanation of the queue. Both tell of an event
 * loop that was blocked.
 */
export function explainedBySources(explanation: Explanation, status: ControllerStatus): Explanation {
  return withLoopDelay(bySources(explanation, status), status);
}

function bySources(explanation: Explanation, { hasSynced, sources, isConnected }: ControllerStatus): Explanation {
  const { key, state } = explanation;
  if (state === 'running' || state === 'abandoned') return explanation;
  if (!isConnected) return { ...explanation, text: `${explanation.text}; the controller is not connected` };
  if (hasSynced) return explanation;
  const waiting = sources.filter((source) => source.isRequired && source.state === 'waiting');
  const waitsFor = waiting.map(
    ({ name, failure }) => `${name}${failure ? ` (${failure.reason ?? failure.message})` : ''}`,
  );
  const text = `${key} does not run before ${waitsFor.join(', ') || 'all sources'} ${waiting.length === 1 ? 'has' : 'have'} synced`;
  return { ...explanation, state: state === 'ready' ? 'held' : state, waitsFor, text };
}
