import { describe, expect, it } from 'vitest';
import { type CacheEvent, KubeError, type KubernetesObject } from 'kuberx';
import { plainReporter } from '../../../cli/lines/plain-reporter.ts';
import { change, pod, replaced } from '../commits.ts';

function printed(events: readonly CacheEvent<KubernetesObject>[]): string[] {
  let text = '';
  const reporter = plainReporter((more) => (text += more), {
    ...{ resource: 'v1/pods', namespace: 'n', place: 'a-context', server: '127.0.0.1:6443' },
  });
  for (const event of events) reporter.next(event);
  reporter.end({ synced: 2, events: 3, relists: 1, interruptions: 1 });
  return text.split('\n').slice(0, -1);
}

const interrupted = (reason: 'Forbidden' | 'Network', phase: 'streaming' | 'watching'): CacheEvent<never> => ({
  type: 'Interrupted',
  error: new KubeError({ reason, resource: 'v1/pods', message: 'cut\u001b[31m off' }),
  phase,
  attempt: 2,
  retryIn: 1650,
});

describe('plainReporter', () => {
  it('prints a line for whatever happens', () => {
    const events: CacheEvent<KubernetesObject>[] = [
      { type: 'Requested', phase: 'listing' },
      { type: 'Received', phase: 'listing', received: 500, remaining: 20 },
      replaced([pod('n/a', '1'), pod('n/b', '1')], '9'),
      { type: 'Requested', phase: 'watching' },
      change('Added', pod('n/c', '10', 'Pending')),
      change('Updated', pod('n/c', '11', 'Running')),
      change('Deleted', pod('d', '12')),
      { type: 'Bookmark', resourceVersion: '20' },
      interrupted('Network', 'watching'),
      {
        type: 'Refused',
        error: new KubeError({ reason: 'Malformed', resource: 'v1/pods', message: 'no\nname' }),
        count: 2,
      },
      replaced([], '30'),
    ];
    expect(printed(events)).toEqual([
      'listing: 500 received, 20 to come',
      'synced 2 objects of v1/pods in n at version 9',
      'added n/c Pending',
      'updated n/c Running',
      'deleted d',
      'interrupted watching v1/pods: cut [31m off (Network); attempt 2, next in 1.6 s',
      'left out 2: v1/pods: no name',
      'relisted 0 objects of v1/pods in n at version 30',
      'stopped: synced 2, events 3, relists 1, interruptions 1',
    ]);
  });

  it('waits for the list before it says that access is denied', () => {
    expect(printed([interrupted('Forbidden', 'streaming')])).toHaveLength(1);
    expect(printed([replaced([]), interrupted('Forbidden', 'streaming')])).toHaveLength(3);
  });
});
