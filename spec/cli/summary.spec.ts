import { describe, expect, it } from 'vitest';
import { type CacheEvent, KubeError } from 'kuberx';
import { emptyTally, reduceTally, summaryOf, summaryText } from '../../cli/summary.ts';

const error = new KubeError({ reason: 'Idle', resource: 'v1/pods', message: 'silent' });
const replaced = (count: number): CacheEvent<number> => ({
  type: 'Replaced',
  objects: Array.from({ length: count }, (_, index) => index),
  resourceVersion: '1',
});
const change = (type: 'Added' | 'Updated' | 'Deleted'): CacheEvent<number> => ({
  type,
  object: 1,
  resourceVersion: '2',
});

describe('summary', () => {
  it('has synced nothing before the first complete state', () => {
    const events: CacheEvent<number>[] = [{ type: 'Received', phase: 'listing', received: 500 }];
    expect(summaryOf(events.reduce(reduceTally, emptyTally))).toEqual({
      synced: 0,
      events: 0,
      relists: 0,
      interruptions: 0,
    });
  });

  it('counts the first complete state, the changes, and completes states after the first', () => {
    const events: CacheEvent<number>[] = [
      { type: 'Interrupted', error, phase: 'listing', attempt: 1, retryIn: 800 },
      replaced(0),
      change('Added'),
      change('Updated'),
      { type: 'Bookmark', resourceVersion: '5' },
      { type: 'Sync' },
      replaced(7),
      change('Deleted'),
    ];
    const summary = summaryOf(events.reduce(reduceTally, emptyTally));
    expect(summary).toEqual({ synced: 0, events: 3, relists: 1, interruptions: 1 });
    expect(summaryText(summary)).toBe('synced 0, events 3, relists 1, interruptions 1');
  });
});
