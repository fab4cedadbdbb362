import { Observable, Subject } from 'rxjs';

/** Who waits to ask again after a failure, by resource. */
export class RetryWaiters {
  private readonly nudges$ = new Subject<void>();
  private readonly counts = new Map<string, number>();
  private readonly onchange: () => void;

  constructor(onchange: () => void) {
    this.onchange = onchange;
  }

  get resources(): Iterable<string> {
    return this.counts.keys();
  }

  /** How many wait for a resource that passes. */
  count(passes: (resource: string) => boolean): number {
    let sum = 0;
    for (const [resource, count] of this.counts) if (passes(resource)) sum += count;
    return sum;
  }

  /** Emits when what is due later is wanted now. Each listener is counted. */
  nudged(resource: string): Observable<void> {
    return new Observable((subscriber) => {
      this.add(resource, 1);
      subscriber.add(() => this.add(resource, -1));
      subscriber.add(this.nudges$.subscribe(subscriber));
    });
  }

  /** All who wait ask now. */
  nudge(): void {
    this.nudges$.next();
  }

  private add(resource: string, change: number): void {
    const count = (this.counts.get(resource) ?? 0) + change;
    if (count > 0) this.counts.set(resource, count);
    else this.counts.delete(resource);
    this.onchange();
  }
}
