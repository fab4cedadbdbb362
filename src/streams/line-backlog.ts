import { Line } from './line.ts';
import type { Backlog } from './backlog.ts';

/** A box for a value that waits, because the value itself may be `undefined`. */
interface Entry<T> {
  readonly item: T;
}

/** Takes every value, in order, one at a time. With it `flattenBy` is a `concatMap` that does not nest if values are done at once. */
export class LineBacklog<T> implements Backlog<Entry<T>, T> {
  private readonly line = new Line<Entry<T>>();

  push(item: T): void {
    this.line.push({ item });
  }

  take(): Entry<T> | undefined {
    return this.line.shift();
  }

  done(): void {
    // Values are taken one at a time, so none waited for this one.
  }
}
