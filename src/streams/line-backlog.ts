import { Line } from './line.ts';
import type { Backlog } from './backlog.ts';

/** What waits, apart from its value, which may be `undefined`. */
interface Entry<T> {
  readonly item: T;
}

/** Everything, in order, one after the other: `concatMap` for values that may be done as soon as they start. */
export class LineBacklog<T> implements Backlog<Entry<T>, T> {
  private readonly line = new Line<Entry<T>>();

  push(item: T): void {
    this.line.push({ item });
  }

  take(): Entry<T> | undefined {
    return this.line.shift();
  }

  done(): void {
    // One is taken at a time, so there is nothing that waited for it.
  }
}
