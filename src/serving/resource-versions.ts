import {
  asyncScheduler,
  first,
  map,
  type Observable,
  of,
  type SchedulerLike,
  Subject,
  throwError,
  timeout,
} from 'rxjs';
import { refusal, tooLargeVersion } from './failure-status.ts';

/**
 * The time that a request waits for a version that the server does not have yet, in milliseconds. Source: apiserver
 * `storage/cacher/watch_cache.go`, blockTimeout.
 */
export const futureVersionDeadline = 3000;

/** The counter of resource versions. All resources that share a storage share it. */
export class ResourceVersions {
  /** The version at which the counter began. No older version was ever served. */
  readonly first: bigint;
  #current: bigint;
  readonly #advanced$ = new Subject<bigint>();

  constructor(first: bigint) {
    this.first = first;
    this.#current = first;
  }

  get current(): bigint {
    return this.#current;
  }

  /**
   * The version of the next change. The counter moves once that change is recorded, so that no reader sees the version
   * before.
   */
  get next(): bigint {
    return this.#current + 1n;
  }

  /** Sets the counter, also backwards, as when a storage is restored from a backup. */
  jump(to: bigint): void {
    this.#current = to;
    this.#advanced$.next(to);
  }

  /**
   * Emits once and completes, at once if the version has come already. Errors with the 504 of a too large version after
   * {@link futureVersionDeadline}. `resource` names the resource in that error.
   */
  whenReached(version: bigint, resource: string, scheduler: SchedulerLike = asyncScheduler): Observable<bigint> {
    if (version <= this.#current) return of(this.#current);
    return this.#advanced$.pipe(
      first((current) => current >= version),
      map(() => this.#current),
      timeout({
        first: futureVersionDeadline,
        scheduler,
        with: () => throwError(() => refusal(resource, tooLargeVersion(version, this.#current))),
      }),
    );
  }
}
