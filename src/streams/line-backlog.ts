import { Line } from './line.ts';
import type { Backlog, TakenItem } from './flatten-by-key.ts';

/** Everything, in order, one after the other: `concatMap` for values that may be done as soon as they start. */
export class LineBacklog<T> implements Backlog<T, T> {
  private readonly line = new Line<TakenItem<T>>();

  push(item: T): void {
    this.line.push({ key: '', item });
  }

  take(): TakenItem<T> | undefined {
    return this.line.shift();
  }

  free(): void {
    // One is taken at a time, so there is no key to wait for.
  }
}
