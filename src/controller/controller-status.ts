import type { FailureNote } from '../workqueue/failure-note.ts';
import type { Explanation } from '../workqueue/explanation.ts';
import type { WorkStatus } from '../workqueue/work-status.ts';

/** How one source of a controller is doing. */
export interface SourceStatus {
  /** The resource of an informer: `v1/pods`; `wakes 2` for the second Observable of the option `wakes`. */
  readonly name: string;
  /**
   * - `waiting`: an informer has not synced, so that no run starts. `failure` says why, where something went wrong: NotFound
   *   where its CustomResourceDefinition is missing.
   * - `flowing`: all is well.
   * - `failing`: it has errored and is subscribed to again; or the last request of an informer has failed.
   * - `completed`: it will tell nothing more.
   */
  readonly state: 'waiting' | 'flowing' | 'failing' | 'completed';
  readonly failure?: FailureNote | undefined;
  /** How often it has failed in a row. */
  readonly attempt: number;
}

/** Where a controller stands: an immutable value. Durations are in milliseconds. */
export interface ControllerStatus extends WorkStatus {
  /** True once every informer has synced and its first wakes are in. No run starts before. */
  readonly hasSynced: boolean;
  readonly sources: readonly SourceStatus[];
  /** Resources whose versions cannot be ordered: no key waits until its own writes of these are seen. */
  readonly unordered: readonly string[];
}

/** Why a key does not run, while its controller waits for sources; otherwise the explanation of the queue. */
export function explainedBySources(
  explanation: Explanation,
  { hasSynced, sources, isConnected }: ControllerStatus,
): Explanation {
  const { key, state } = explanation;
  if (state === 'running' || state === 'abandoned') return explanation;
  if (!isConnected) return { ...explanation, text: `${explanation.text}; the controller is not connected` };
  if (hasSynced) return explanation;
  const waiting = sources.filter((source) => source.state === 'waiting');
  const waitsFor = waiting.map(
    ({ name, failure }) => `${name}${failure ? ` (${failure.reason ?? failure.message})` : ''}`,
  );
  const text = `${key} does not run before ${waitsFor.join(', ') || 'all sources'} ${waiting.length === 1 ? 'has' : 'have'} synced`;
  return { ...explanation, state: state === 'ready' ? 'held' : state, waitsFor, text };
}
