import { describe, expect, it } from 'vitest';
import { type CacheEvent, KubeError } from 'kuberx';
import { reduceStatus, startingStatus } from '../../cli/status.ts';

const error = new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'reset' });
const watching: CacheEvent<never> = { type: 'Requested', phase: 'watching' };
const interrupted: CacheEvent<never> = { type: 'Interrupted', error, phase: 'watching', attempt: 3, retryIn: 1500 };
const after = (...events: CacheEvent<never>[]): ReturnType<typeof reduceStatus> =>
  events.reduce((status, event) => reduceStatus(status, event, 1000), startingStatus);

describe('reduceStatus', () => {
  it('follows the progress of a list', () => {
    const status = after({ type: 'Received', phase: 'listing', received: 500, remaining: 700 });
    expect(status).toMatchObject({ phase: 'listing', received: 500, remaining: 700, trouble: 'none' });
  });

  it('waits after a failure, and knows when the next request goes out', () => {
    const { trouble, interruption } = after(watching, interrupted);
    expect(trouble).toBe('waiting');
    expect(interruption).toEqual({ error, phase: 'watching', attempt: 3, at: 1000, retryAt: 2500 });
  });

  it('does not take a request for a success', () => {
    expect(after(watching, interrupted, watching).trouble).toBe('retrying');
    expect(after(watching, interrupted, { type: 'Requested', phase: 'listing' }).trouble).toBe('retrying');
  });

  it.each<[string, CacheEvent<never>]>([
    ['a bookmark', { type: 'Bookmark', resourceVersion: '5' }],
    ['a complete state', { type: 'Replaced', objects: [], resourceVersion: '5' }],
    ['an open watch', { type: 'Opened', phase: 'watching' }],
    ['an open streaming list', { type: 'Opened', phase: 'streaming' }],
    ['objects', { type: 'Received', phase: 'streaming', received: 500 }],
    ['a page without objects', { type: 'Received', phase: 'listing', received: 0 }],
    ['a watch that has been open for a minute', { type: 'Settled' }],
  ])('is over the failure with %s, and remembers it', (_, event) => {
    const status = after(watching, interrupted, watching, event);
    expect(status.trouble).toBe('none');
    expect(status.interruption?.attempt).toBe(3);
  });
});
