import { describe, expect, it } from 'vitest';
import { type CacheEvent, KubeError } from 'kuberx';
import { reduceStatus, startingStatus } from '#src/cli/status.ts';

const error = new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'reset' });
const watching: CacheEvent<never> = { type: 'Progress', phase: 'watching', received: 0 };
const interrupted: CacheEvent<never> = { type: 'Interrupted', error, phase: 'watching', attempt: 3, retryIn: 1500 };
const after = (...events: CacheEvent<never>[]): ReturnType<typeof reduceStatus> =>
  events.reduce((status, event) => reduceStatus(status, event, 1000), startingStatus);

describe('reduceStatus', () => {
  it('follows the progress of a list', () => {
    const status = after({ type: 'Progress', phase: 'listing', received: 500, remaining: 700 });
    expect(status).toMatchObject({ phase: 'listing', received: 500, remaining: 700, trouble: 'none' });
  });

  it('waits after a failure, and knows when the next request goes out', () => {
    const { trouble, interruption } = after(watching, interrupted);
    expect(trouble).toBe('waiting');
    expect(interruption).toEqual({ error, phase: 'watching', attempt: 3, at: 1000, retryAt: 2500 });
  });

  it('does not take a request for a success', () => {
    expect(after(watching, interrupted, watching).trouble).toBe('retrying');
    expect(after(watching, interrupted, { type: 'Progress', phase: 'listing', received: 0 }).trouble).toBe('retrying');
  });

  it.each<[string, CacheEvent<never>]>([
    ['a bookmark', { type: 'Bookmark', resourceVersion: '5' }],
    ['a complete state', { type: 'Replaced', objects: [], resourceVersion: '5' }],
    ['an open watch', { ...watching, open: true }],
    ['an open streaming list', { type: 'Progress', phase: 'streaming', received: 0, open: true }],
    ['objects', { type: 'Progress', phase: 'streaming', received: 500 }],
  ])('is over the failure with %s, and remembers it', (_, event) => {
    const status = after(watching, interrupted, watching, event);
    expect(status.trouble).toBe('none');
    expect(status.interruption?.attempt).toBe(3);
  });
});
