import { isObservable, map, type Observable } from 'rxjs';
import { isPromiseLike } from '../streams/checks/is-promise-like.ts';
import type { Outcome } from '../workqueue/outcome.ts';
import type { RunResult } from '../workqueue/run.ts';

/** What a server answers to a write: the object, or the Status of a deletion. */
export interface WriteAnswer {
  readonly kind?: string | undefined;
  readonly metadata?: object | undefined;
}

/** What a run comes to: its outcome, or the answers to its last writes, which are as good as `undefined`. */
export type ReconcileOutcome = Outcome | WriteAnswer | readonly (WriteAnswer | null | undefined)[];

/**
 * What a run of a controller returns: an outcome, a promise or an Observable of one, or of the answer to a write, such as
 * `writer(client).edit(…)`. An array of answers, as of `forkJoin` and `Promise.all`, is as good as one. The last value of an
 * Observable counts.
 */
export type ReconcileResult = RunResult | Observable<ReconcileOutcome> | PromiseLike<ReconcileOutcome>;

/** A result without answers to writes, for the queue, which knows none. */
export function runResultOf(result: ReconcileResult): RunResult {
  // Before a promise: `then` would send a request that is both.
  if (isObservable(result)) return (result as Observable<ReconcileOutcome>).pipe(map(outcomeOf));
  if (!isPromiseLike(result)) return result;
  const then = result.then.bind(result) as PromiseLike<ReconcileOutcome>['then'];
  const settled = { then: (ok: (outcome: Outcome) => void, failed: (error: unknown) => void) => then((value) => ok(outcomeOf(value)), failed) }; // prettier-ignore
  return settled as PromiseLike<Outcome>;
}

function outcomeOf(value: ReconcileOutcome): Outcome {
  const isAnswered = Array.isArray(value) ? value.every(isAnswerOrNothing) : isAnswer(value);
  return isAnswered ? undefined : (value as Outcome);
}

function isAnswerOrNothing(value: unknown): boolean {
  return value === null || value === undefined || isAnswer(value);
}

/** No outcome has metadata, so that a misspelt outcome is none. */
function isAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { metadata, kind } = value as { readonly metadata?: unknown; readonly kind?: unknown };
  return (typeof metadata === 'object' && metadata !== null) || kind === 'Status';
}
