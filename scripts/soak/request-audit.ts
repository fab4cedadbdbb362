import { defer, finalize, type Observable, tap } from 'rxjs';
import type { ListerWatcher } from 'kuberx';

// The second is counted from the event that announces a request; a pause of the process may come before the request.
const leastInterval = 900;

/** Looks at the requests of one reflector: one at a time, and watches at least a second apart. */
export class RequestAudit {
  /** Requests that are open. */
  open = 0;
  lists = 0;
  watches = 0;
  readonly #wrong: (what: string) => void;
  readonly #now: () => number;
  #watchedAt = -Infinity;

  /** `now`: a clock that never goes back, in milliseconds. */
  constructor(wrong: (what: string) => void, now: () => number = () => performance.now()) {
    this.#wrong = wrong;
    this.#now = now;
  }

  over<T>(listerWatcher: ListerWatcher<T>): ListerWatcher<T> {
    return {
      resource: listerWatcher.resource,
      list: (options, alive) => {
        this.lists += 1;
        return this.#counted(listerWatcher.list(options, alive));
      },
      watch: (options) => {
        this.watches += 1;
        const now = this.#now();
        const elapsed = now - this.#watchedAt;
        this.#watchedAt = now;
        if (elapsed < leastInterval) this.#wrong(`two watches within ${Math.round(elapsed)} ms`);
        return this.#counted(listerWatcher.watch(options));
      },
    } satisfies ListerWatcher<T>;
  }

  #counted<V>(request$: Observable<V>): Observable<V> {
    return defer(() => {
      this.open += 1;
      if (this.open > 1) this.#wrong(`${this.open} requests at once`);
      let isOpen = true;
      // One that has ended is open no more, even if what follows it is told before it is torn down.
      const end = (): void => {
        if (isOpen) this.open -= 1;
        isOpen = false;
      };
      return request$.pipe(tap({ error: end, complete: end }), finalize(end));
    });
  }
}
