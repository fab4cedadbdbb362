import {
  defer,
  finalize,
  from,
  type Observable,
  type ObservableInput,
  type SchedulerLike,
  tap,
  throwError,
} from 'rxjs';
import { KubeError } from '../protocol/errors/kube-error.ts';

/** What a fake remembers of every request: the virtual times of its beginning and, once it is over, of its end. */
export interface FakeTimes {
  readonly at: number;
  /** The time at which it completed, failed or was aborted. `undefined`: it is still open. */
  readonly endedAt: number | undefined;
}

/** The verbs of a script's answer, each with what answers it. */
export type ScriptedAnswer<Verb extends string> =
  { readonly [Name in Verb]?: string | ObservableInput<unknown> } | { readonly error: unknown };

/** The answers in the order of the requests, or a function that answers. */
export type ScriptedAnswers<Verb extends string, Request> =
  readonly ScriptedAnswer<Verb>[] | ((request: Request, index: number) => ScriptedAnswer<Verb>);

/** What a {@link Script} is made of. */
export interface ScriptOptions<Verb extends string, Request extends FakeTimes & { readonly verb: Verb }> {
  readonly answers: ScriptedAnswers<Verb, Request>;
  readonly verbs: readonly Verb[];
  /** The values of the letters in the marbles. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly cold: ((marbles: string, values?: never, error?: unknown) => Observable<unknown>) | undefined;
  readonly resource: string;
  readonly scheduler: SchedulerLike;
  /** The request in words, after its verb. */
  readonly inWords: (request: Request) => string;
  /** Says of a value in marbles that does not fit the request what it is; `undefined`: it fits. */
  readonly misfit: (request: Request, value: unknown) => string | undefined;
}

/**
 * The requests to a fake, and the script that answers them: the n-th answer for the n-th request. A request beyond the script
 * fails with a `KubeError` that says so. A script that does not fit its requests fails the test: the error that says why is
 * thrown on the scheduler too.
 */
export class Script<Verb extends string, Request extends FakeTimes & { readonly verb: Verb }> {
  readonly requests: (Request & { endedAt: number | undefined })[] = [];
  openRequests = 0;
  mostOpenRequests = 0;
  readonly #options: ScriptOptions<Verb, Request>;

  constructor(options: ScriptOptions<Verb, Request>) {
    this.#options = options;
  }

  /** The answer to one request, which is sent and remembered by each subscription. */
  respond(asked: Omit<Request, keyof FakeTimes>): Observable<unknown> {
    const { scheduler } = this.#options;
    return defer(() => {
      const request = { ...asked, at: scheduler.now(), endedAt: undefined } as unknown as Request & {
        endedAt: number | undefined;
      };
      const index = this.requests.push(request) - 1;
      this.openRequests += 1;
      this.mostOpenRequests = Math.max(this.mostOpenRequests, this.openRequests);
      return from(defer(() => this.#answerTo(request, index))).pipe(
        finalize(() => {
          this.openRequests -= 1;
          request.endedAt = scheduler.now();
        }),
      );
    });
  }

  #answerTo(request: Request, index: number): ObservableInput<unknown> {
    const { answers, verbs, values, cold, inWords, misfit } = this.#options;
    const answer = typeof answers === 'function' ? answers(request, index) : answers[index];
    const asked = `request ${index + 1} is ${request.verb} ${inWords(request)}`;
    if (answer === undefined) throw this.#error(`${asked}, and the script ends before it`);
    const scripted = verbs.find((verb) => verb in answer);
    if (scripted === undefined && 'error' in answer) return throwError(() => answer.error as Error);
    if (scripted === undefined) throw this.#unfit(`${asked}, and the script has neither ${either(verbs)} nor an error`);
    if (scripted !== request.verb) throw this.#unfit(`${asked}, and the script has ${withArticle(scripted)}`);
    const source$ = (answer as Readonly<Record<Verb, string | ObservableInput<unknown>>>)[scripted];
    if (typeof source$ !== 'string') return source$;
    if (!cold) throw this.#unfit('answers in marbles need the option `cold`, from TestScheduler.run');
    return cold(source$, values as never, 'error' in answer ? answer.error : undefined).pipe(
      tap((value) => {
        const kind = misfit(request, value);
        if (kind !== undefined) throw this.#unfit(`${asked}, and the script answers with ${kind}`);
      }),
    );
  }

  #error(message: string): KubeError {
    return new KubeError({ reason: 'Unknown', resource: this.#options.resource, message });
  }

  /** Fails the test. An error of the request alone would be an event like any other to the code under test. */
  #unfit(message: string): KubeError {
    const error = this.#error(message);
    this.#options.scheduler.schedule(() => {
      throw error;
    });
    return error;
  }
}

function either(verbs: readonly string[]): string {
  return verbs.map(withArticle).join(', ');
}

function withArticle(verb: string): string {
  return /^[aeiou]/.test(verb) ? `an ${verb}` : `a ${verb}`;
}
