/* eslint-disable rxjs-x/finnish -- a run is a function that may return an Observable */
import { type Subscription, Subject } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import {
  reconciler,
  type Reconciler,
  type ReconcileOptions,
  type Report,
  retryBy,
  type Run,
  type RunResult,
  type Wake,
} from 'kuberx/queue';
import { inVirtualTime } from './in-virtual-time.ts';

/** 5 ms, doubled for each failure, exactly. */
export const plainRetry = retryBy({ initial: 5, jitter: 0 });

/** A work queue in virtual time, that is subscribed to, and what it has done. */
export interface World {
  readonly scheduler: TestScheduler;
  readonly queue: Reconciler;
  readonly wakes$: Subject<Wake>;
  readonly reports: Report[];
  /** When each run began: `a@5`. */
  readonly begun: string[];
  /** What the reports are: `a done`. */
  readonly types: () => string[];
  readonly errors: unknown[];
  /** Goes on until a time has come. */
  readonly until: (frame: number) => void;
  wake(key: string, rest?: Omit<Wake, 'key'>): void;
  stop(): void;
  start(): void;
  isOver(): boolean;
  /** How many timers are set. */
  timers(): number;
}

type Options = ReconcileOptions | ((scheduler: TestScheduler) => ReconcileOptions);

/** Runs a program with a work queue in virtual time. */
export function world(
  run: (run: Run, world: World) => RunResult,
  options: Options,
  program: (world: World) => void,
): void {
  inVirtualTime((scheduler, until) => {
    const wakes$ = new Subject<Wake>();
    const reports: Report[] = [];
    const begun: string[] = [];
    const errors: unknown[] = [];
    let isOver = false;
    const recorded = (value: Run): RunResult => {
      begun.push(`${value.key}@${scheduler.now()}`);
      return run(value, it);
    };
    const given = typeof options === 'function' ? options(scheduler) : options;
    const queue = reconciler(recorded, { scheduler, retry: plainRetry, random: () => 0, ...given });
    let subscription: Subscription;
    queue.reports$.subscribe((report) => reports.push(report));
    const it: World = {
      scheduler,
      queue,
      wakes$,
      reports,
      begun,
      types: () => reports.map(({ key, type }) => `${key} ${type}`),
      errors,
      until,
      wake: (key, rest) => wakes$.next({ key, ...rest }),
      stop: () => subscription.unsubscribe(),
      start: () => {
        isOver = false;
        subscription = queue.reconcile(wakes$).subscribe({
          error: (error: unknown) => errors.push(error),
          complete: () => {
            isOver = true;
          },
        });
      },
      isOver: () => isOver,
      timers: () => scheduler.actions.length,
    };
    it.start();
    program(it);
    subscription!.unsubscribe();
  });
}
