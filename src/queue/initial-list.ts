import { BehaviorSubject } from 'rxjs';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';

/** Whether the items that a queue started with are done: client-go's HasSynced. */
export class InitialList {
  private readonly synced$ = new BehaviorSubject(false);
  private hasStarted = false;
  private unfinished = 0;

  /** False first, true once, and never false again. */
  get hasSynced$(): ReadonlyBehaviorSubject<boolean> {
    return this.synced$;
  }

  /** True once it is known with what the queue starts. */
  get isPopulated(): boolean {
    return this.hasStarted;
  }

  /** The queue starts with `count` items. A later call changes nothing. */
  populate(count: number): void {
    if (this.hasStarted) return;
    this.hasStarted = true;
    this.unfinished = count;
  }

  /** `count` of them are done, or will never be. */
  finish(count: number): void {
    this.unfinished -= count;
  }

  /** Says so where all of them are done. Apart from the counting, because who hears it may write to the queue. */
  announce(): void {
    if (this.hasStarted && this.unfinished === 0 && !this.synced$.value) this.synced$.next(true);
  }
}
