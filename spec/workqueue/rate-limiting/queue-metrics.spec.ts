import { config } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { isolatedMetrics } from '#src/workqueue/rate-limiting/queue-metrics.ts';

describe('isolatedMetrics', () => {
  it('tells the metrics that there are', () => {
    const seen: unknown[] = [];
    const metrics = isolatedMetrics({ got: (waited, depth) => seen.push([waited, depth]) });
    metrics.added(1);
    metrics.got(5, 0);
    metrics.done(3);
    metrics.retried();
    expect(seen).toEqual([[5, 0]]);
  });

  it('hands what they throw to RxJS', async () => {
    const errors: unknown[] = [];
    config.onUnhandledError = (error) => errors.push(error);
    isolatedMetrics({
      retried: () => {
        throw new Error('boom');
      },
    }).retried();
    await new Promise((resolve) => setTimeout(resolve));
    config.onUnhandledError = null;
    expect(errors).toEqual([new Error('boom')]);
  });
});
