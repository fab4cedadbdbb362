import type { FailureNote } from './failure-note.ts';
import type { Reason } from './wake.ts';

/** Why a key does or does not run: an immutable value. Durations are in milliseconds, up to the moment of the question. */
export interface Explanation<K extends string = string> {
  readonly key: K;
  /**
   * - `idle`: nothing woke it since its last success.
   * - `delayed`: it runs in `next` milliseconds.
   * - `ready`: it stands in a line.
   * - `held`: `mayStart` holds it back, because of `waitsFor`.
   * - `running`: since `lasts` milliseconds.
   * - `abandoned`: its run was aborted and did not end, so it is locked.
   * - `gaveUp`: it failed for good, and runs when it is woken.
   */
  readonly state: 'idle' | 'delayed' | 'ready' | 'held' | 'running' | 'abandoned' | 'gaveUp';
  /** The same in a sentence, for a person. */
  readonly text: string;
  /** How long it has waited for the run that comes, or been running. */
  readonly lasts?: number | undefined;
  /** In how many milliseconds its next time comes. */
  readonly next?: number | undefined;
  /** The priority of the run that comes. */
  readonly priority?: number | undefined;
  /** How often it has failed since its last success. */
  readonly failures: number;
  /** Why it failed last. */
  readonly failure?: FailureNote | undefined;
  /** What `mayStart` waits for. */
  readonly waitsFor?: unknown;
  /** Why it will run. */
  readonly reasons: readonly Reason[];
  /** True if it was woken during its run, so that it runs once more. */
  readonly isPending: boolean;
}

/** An explanation in one sentence. */
export function explained<K extends string>(explanation: Omit<Explanation<K>, 'text'>): Explanation<K> {
  return { ...explanation, text: `${explanation.key} ${sentence(explanation)}` };
}

function sentence({ state, lasts = 0, next, failures, failure, isPending }: Omit<Explanation, 'text'>): string {
  const times = failures > 1 ? `${failures} failures` : failures === 1 ? '1 failure' : 'its last failure';
  const after = failure === undefined ? '' : `, after ${times}: ${failure.message}`;
  const again = isPending ? ', and runs once more after that' : '';
  switch (state) {
    case 'idle':
      return 'waits for a wake';
    case 'delayed':
      return `runs in ${inWords(next ?? Infinity)}${after}`;
    case 'ready':
      return `has stood in line for ${inWords(lasts)}${after}`;
    case 'held':
      return `has been held back for ${inWords(lasts)}${after}`;
    case 'running':
      return `has been running for ${inWords(lasts)}${again}`;
    case 'abandoned':
      return `was aborted and has not ended: it has been running for ${inWords(lasts)}, and is locked`;
    case 'gaveUp':
      return `gave up, and runs when it is woken${after}`;
  }
}

function inWords(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 1000)} s`;
}
