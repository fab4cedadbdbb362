import { reportUnhandled } from '../../streams/report-unhandled.ts';

/** Told of each step of a queue, for metrics. Times are in milliseconds, depths in items that wait. What it throws goes to RxJS. */
export interface QueueMetrics {
  /** An item was added that did not wait yet. */
  added?(depth: number): void;
  /** An item was handed out, so long after it was added. */
  got?(waited: number, depth: number): void;
  /** An item is done, so long after it was handed out. */
  done?(took: number): void;
  /** An item is to be added after a delay. */
  retried?(): void;
}

/** Metrics that never throw, and are complete: a queue must not stand still because of them. */
export function isolatedMetrics(metrics: QueueMetrics): Required<QueueMetrics> {
  const told = (tell: () => void): void => {
    try {
      tell();
    } catch (error) {
      reportUnhandled(error as Error);
    }
  };
  return {
    added: (depth) => told(() => metrics.added?.(depth)),
    got: (waited, depth) => told(() => metrics.got?.(waited, depth)),
    done: (took) => told(() => metrics.done?.(took)),
    retried: () => told(() => metrics.retried?.()),
  };
}
