import { defer, finalize, type Observable } from 'rxjs';
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
  #watchedAt = -Infinity;

  constructor(wrong: (what: string) => void) {
    this.#wrong = wrong;
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
        const elapsed = performance.now() - this.#watchedAt;
        this.#watchedAt = performance.now();
        if (elapsed < leastInterval) this.#wrong(`two watches within ${Math.round(elapsed)} ms`);
        return this.#counted(listerWatcher.watch(options));
      },
    } satisfies ListerWatcher<T>;
  }

  #counted<V>(request$: Observable<V>): Observable<V> {
    return defer(() => {
      this.open += 1;
      if (this.open > 1) this.#wrong(`${this.open} requests at once`);
      return request$.pipe(finalize(() => (this.open -= 1)));
    });
  }
}
