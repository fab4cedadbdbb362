import {
  BehaviorSubject,
  defer,
  map,
  Observable,
  type SchedulerLike,
  Subscription,
  switchMap,
  throwError,
  timeout,
} from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { ResourceClient } from '../../protocol/resource-client.ts';
import { lastingBehavior } from '../../streams/behavior.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import { chance } from '../../streams/time/chance.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import {
  type Election,
  isAskedToYield,
  mayTake,
  noElection,
  observed,
  releasedLease,
  takenLease,
  timeLeft,
} from './election.ts';
import type { LeaderState } from './leader-state.ts';
import {
  jitterFactor,
  type LeadershipOptions,
  type LeadershipSettings,
  leadershipSettings,
} from './leadership-options.ts';
import type { Lease } from './lease.ts';
import type { Moment } from './moment.ts';

/** What a {@link Candidate} runs on. */
export interface CandidateParts {
  readonly client: ResourceClient<Lease>;
  readonly options: LeadershipOptions;
  readonly scheduler: SchedulerLike;
  readonly now: () => Moment;
}

/**
 * One candidate of an election. One request at a time, one timer for the next. It leads while it is wanted; after that, and after a
 * lost Lease, it waits for the work of its term before it releases the Lease or competes again.
 */
export class Candidate {
  /** Who leads. */
  readonly state$: ReadonlyBehaviorSubject<LeaderState>;
  readonly #state$: BehaviorSubject<LeaderState>;
  readonly #parts: CandidateParts;
  readonly #settings: LeadershipSettings;
  #election: Election = noElection;
  #isLeading = false;
  #isWanted = false;
  /** True between the end of a term in order and the release of its Lease. */
  #isLeaving = false;
  #holds = 0;
  #error: KubeError | undefined;
  /** The request or the timer that comes next. */
  #next: Subscription = Subscription.EMPTY;
  #deadline: Subscription = Subscription.EMPTY;

  constructor(parts: CandidateParts) {
    this.#parts = parts;
    this.#settings = leadershipSettings(parts.options);
    this.#state$ = new BehaviorSubject(this.#state(parts.now().wall));
    this.state$ = lastingBehavior(this.#state$);
  }

  /** Competes from now on, until the subscription ends. */
  compete(): Subscription {
    this.#isWanted = true;
    if (this.#next.closed) this.#step();
    return new Subscription(() => {
      this.#isWanted = false;
      if (this.#isLeading) this.#leave();
      else if (!this.#isLeaving) this.#next.unsubscribe();
    });
  }

  /** The next step, at once. */
  #step(): void {
    this.#next.unsubscribe();
    if (this.#isLeading || this.#isLeaving) this.#renew();
    else if (this.#isWanted && this.#holds === 0) this.#acquire();
  }

  #later(milliseconds: number): void {
    this.#next.unsubscribe();
    this.#next = runAfter(milliseconds, this.#parts.scheduler, () => this.#step());
  }

  #acquire(): void {
    const { identity } = this.#parts.options;
    const attempt$ = this.#read().pipe(
      switchMap((lease) => {
        if (lease === undefined) return this.#take(undefined);
        this.#election = observed(this.#election, lease, this.#parts.now());
        const isFree = mayTake(this.#election, identity, this.#settings, this.#parts.now());
        return isFree ? this.#take(lease) : [undefined];
      }),
    );
    const retry = (): void => {
      const { retryPeriod, random } = this.#settings;
      this.#later(retryPeriod * (1 + jitterFactor * chance(random)));
    };
    this.#send(attempt$, retry, () => {
      if (this.#election.renewed !== undefined) this.#lead();
      else retry();
    });
  }

  #renew(): void {
    const left = timeLeft(this.#election, this.#settings, this.#parts.now());
    if (left === 0) {
      this.#lose();
      return;
    }
    if (this.#isLeaving && this.#holds === 0) {
      this.#release();
      return;
    }
    const { identity } = this.#parts.options;
    const known = this.#election.observed?.lease;
    const attempt$ = this.#take(known);
    const again = (): void => this.#later(this.#settings.retryPeriod);
    this.#send(
      attempt$,
      ({ reason }) => {
        if (reason !== 'Conflict') {
          again();
          return;
        }
        // Somebody has written the Lease: who holds it now decides.
        this.#send(this.#read(), again, (lease) => {
          if (lease?.spec?.holderIdentity !== identity) {
            this.#lose(lease);
            return;
          }
          this.#election = observed(this.#election, lease, this.#parts.now());
          this.#step();
        });
      },
      () => {
        this.#guardTerm();
        if (this.#isLeading && isAskedToYield(this.#election, identity)) this.#leave();
        else again();
      },
    );
  }

  /** Writes itself into the Lease. What counts is when the request was sent. */
  #take(lease: Lease | undefined): Observable<Lease> {
    return defer(() => {
      const { client, options, now } = this.#parts;
      const { name, namespace, identity } = options;
      const sent = now();
      const none: Lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace } };
      const taken = takenLease(lease ?? none, identity, this.#settings, sent);
      const written$ = lease === undefined ? client.create(taken) : client.update(taken);
      return written$.pipe(
        map((answer) => {
          this.#election = { ...observed(this.#election, answer, now()), renewed: sent };
          return answer;
        }),
      );
    });
  }

  /** The Lease, or `undefined` where there is none. */
  #read(): Observable<Lease | undefined> {
    const { client, options } = this.#parts;
    const { name, namespace } = options;
    return new Observable((subscriber) =>
      client.get({ name, namespace }).subscribe({
        next: (lease) => subscriber.next(lease),
        error: (error: unknown) => {
          if (!(error instanceof KubeError) || error.reason !== 'NotFound') {
            subscriber.error(error);
            return;
          }
          subscriber.next(undefined);
          subscriber.complete();
        },
        complete: () => subscriber.complete(),
      }),
    );
  }

  #send<R>(request$: Observable<R>, failed: (error: KubeError) => void, done: (answer: R | undefined) => void): void {
    const { scheduler, client } = this.#parts;
    const late = (): KubeError =>
      new KubeError({ reason: 'Timeout', resource: client.resource, message: 'the Lease was not answered in time' });
    const each = this.#settings.requestTimeout;
    let answer: R | undefined;
    this.#next.unsubscribe();
    // What is answered within the call sets the next step before the call returns.
    const sending = (this.#next = new Subscription());
    const answered$ = request$.pipe(timeout({ each, scheduler, with: () => throwError((): Error => late()) }));
    const received = answered$.subscribe({
      next: (value) => (answer = value),
      error: (error: unknown) => {
        this.#error = kubeErrorOf(error, client.resource);
        this.#tell();
        failed(this.#error);
      },
      complete: () => {
        this.#error = undefined;
        done(answer);
        this.#tell();
      },
    });
    sending.add(received);
  }

  #lead(): void {
    this.#isLeading = true;
    this.#guardTerm();
    this.#tell();
    // A subscriber may have gone when it was told, which has ended the term.
    if (!this.#state$.value.isLeading) return;
    if (this.#isWanted) this.#later(this.#settings.retryPeriod);
    else this.#leave();
  }

  /** Ends the term at its deadline, whatever a request is doing then. */
  #guardTerm(): void {
    this.#deadline.unsubscribe();
    const left = timeLeft(this.#election, this.#settings, this.#parts.now());
    this.#deadline = runAfter(left, this.#parts.scheduler, () => this.#lose());
  }

  /** The Lease is no longer this candidate's. */
  #lose(lease?: Lease): void {
    this.#deadline.unsubscribe();
    this.#next.unsubscribe();
    this.#election = { ...this.#election, renewed: undefined };
    if (lease !== undefined) this.#election = observed(this.#election, lease, this.#parts.now());
    this.#isLeading = false;
    this.#isLeaving = false;
    this.#tell();
    if (this.#isWanted && this.#holds === 0) this.#later(this.#afterOthers());
  }

  /** Long enough for each other candidate to have tried first. */
  #afterOthers(): number {
    return this.#settings.retryPeriod * (1 + jitterFactor);
  }

  /** Ends the term in order: the Lease is kept until its work has settled, and then given back. */
  #leave(): void {
    this.#isLeading = false;
    this.#isLeaving = true;
    this.#tell();
    this.#step();
  }

  #release(): void {
    const known = this.#election.observed?.lease;
    const over = (): void => this.#lose();
    if (known === undefined) {
      over();
      return;
    }
    const { client, now } = this.#parts;
    this.#send(
      defer(() => client.update(releasedLease(known, now()))),
      over,
      (lease) => this.#lose(lease),
    );
  }

  #hold(): Subscription {
    this.#holds += 1;
    return new Subscription(() => {
      this.#holds -= 1;
      if (this.#holds > 0) return;
      if (this.#isLeaving) this.#step();
      else if (!this.#isLeading && this.#isWanted && this.#next.closed) this.#later(this.#afterOthers());
    });
  }

  #state(since: number): LeaderState {
    return {
      isLeading: this.#isLeading,
      holder: this.#election.observed?.lease.spec?.holderIdentity ?? '',
      since,
      error: this.#error,
      timeLeft: () => (this.#isLeading ? timeLeft(this.#election, this.#settings, this.#parts.now()) : 0),
      hold: () => this.#hold(),
    };
  }

  #tell(): void {
    const { value } = this.#state$;
    const isAnother = this.#isLeading !== value.isLeading || this.#state(0).holder !== value.holder;
    const state = this.#state(isAnother ? this.#parts.now().wall : value.since);
    if (isAnother || state.error?.message !== value.error?.message) this.#state$.next(state);
  }
}

function kubeErrorOf(error: unknown, resource: string): KubeError {
  if (error instanceof KubeError) return error;
  return new KubeError({ reason: 'Unknown', resource, message: 'the request failed', cause: error });
}
