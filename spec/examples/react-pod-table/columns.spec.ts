import { describe, expect, it } from 'vitest';
import { columns, type Pod, statusOf, toneOf, wordsOf } from '../../../examples/react-pod-table/src/columns.ts';

type Status = NonNullable<Pod['status']>;
type Container = NonNullable<Status['containerStatuses']>[number];

const container = (rest: Partial<Container>): Container => ({
  name: 'main',
  image: 'main:1',
  imageID: '',
  ready: false,
  restartCount: 0,
  ...rest,
});
const identity = { uid: '1', resourceVersion: '1' };
const kind = { apiVersion: 'v1', kind: 'Pod' };
const pod = (status: Status, metadata: { creationTimestamp?: string; deletionTimestamp?: string } = {}): Pod => ({
  ...kind,
  metadata: { ...identity, name: 'web-1', namespace: 'shop', ...metadata },
  spec: { containers: [{ name: 'main' }, { name: 'side' }], nodeName: 'worker-1' },
  status,
});
const waiting = (reason: string): Container => container({ state: { waiting: { reason } } });
const ended = (exitCode: number, reason?: string): Container =>
  container({ state: { terminated: { exitCode, ...(reason && { reason }) } } });
const runs = container({ ready: true, state: { running: {} } });

describe('statusOf and toneOf', () => {
  it.each<[string, string, Status]>([
    ['Running', 'good', { phase: 'Running', containerStatuses: [runs] }],
    ['Completed', 'good', { phase: 'Succeeded', containerStatuses: [ended(0, 'Completed')] }],
    ['Pending', 'busy', { phase: 'Pending' }],
    ['ContainerCreating', 'busy', { phase: 'Pending', containerStatuses: [waiting('ContainerCreating')] }],
    ['NotReady', 'busy', { phase: 'Running', containerStatuses: [runs, container({ state: { running: {} } })] }],
    ['CrashLoopBackOff', 'bad', { phase: 'Running', containerStatuses: [runs, waiting('CrashLoopBackOff')] }],
    ['ImagePullBackOff', 'bad', { phase: 'Pending', initContainerStatuses: [waiting('ImagePullBackOff')] }],
    ['OOMKilled', 'bad', { phase: 'Failed', containerStatuses: [ended(137, 'OOMKilled')] }],
    ['ExitCode:3', 'bad', { phase: 'Failed', containerStatuses: [ended(3)] }],
    ['Running', 'good', { phase: 'Running', initContainerStatuses: [ended(0)], containerStatuses: [runs] }],
    ['Failed', 'bad', { phase: 'Failed' }],
    ['Evicted', 'bad', { phase: 'Failed', reason: 'Evicted' }],
    [
      'Unschedulable',
      'bad',
      { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] },
    ],
    ['Unknown', 'bad', { phase: 'Unknown' }],
    ['Unknown', 'bad', {}],
  ])('say %s, which is %s', (status, tone, given) => {
    expect(statusOf(pod(given))).toBe(status);
    expect(toneOf(pod(given))).toBe(tone);
  });

  it('say Terminating while a pod is being deleted, whatever its containers do', () => {
    const going = pod({ containerStatuses: [ended(1)] }, { deletionTimestamp: '2026-12-01T12:00:00Z' });
    expect([statusOf(going), toneOf(going)]).toEqual(['Terminating', 'busy']);
  });
});

describe('wordsOf', () => {
  it('returns what is said of a pod, each sentence once', () => {
    const message = 'back-off 5m0s restarting failed container';
    const status: Status = {
      message: 'The node was low on memory.',
      containerStatuses: [container({ state: { waiting: { message } } })],
      conditions: [
        { type: 'Ready', status: 'False', message },
        { type: 'PodScheduled', status: 'True', message: '' },
      ],
    };
    expect(wordsOf(pod(status))).toEqual(['The node was low on memory.', message]);
  });
});

describe('columns', () => {
  it('have what is shown of a pod, and of one of which nothing is known', () => {
    const keys = (given: Pod): unknown[] => columns.map(({ key }) => key(given));
    const status: Status = {
      phase: 'Running',
      containerStatuses: [runs, container({ restartCount: 3, state: { running: {} } })],
      initContainerStatuses: [{ ...ended(0), restartCount: 1 }],
    };
    const given = pod(status, { creationTimestamp: '1970-01-01T00:00:09Z' });
    expect(keys(given)).toEqual(['shop', 'web-1', 'NotReady', '1/2', 4, 'worker-1', -9000]);
    expect(keys({ ...kind, metadata: { ...identity, name: 'bare' } })).toEqual([
      undefined,
      'bare',
      'Unknown',
      '0/0',
      0,
      undefined,
      NaN,
    ]);
  });
});
