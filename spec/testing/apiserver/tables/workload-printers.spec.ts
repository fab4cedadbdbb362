import { describe, expect, it } from 'vitest';
import { workloadPrinters } from '#src/testing/apiserver/tables/workload-printers.ts';
import { made, printed } from './printed.ts';

const containers = [
  { name: 'c', image: 'i' },
  { name: 'd', image: 'j' },
];

function pod(status: object, metadata: object = {}): Readonly<Record<string, unknown>> {
  return printed('v1/pods', { metadata, spec: { containers, initContainers: [{}, {}] }, status });
}

const waiting = (reason: string): object => ({ state: { waiting: { reason } } });
const ended = (terminated: object): object => ({ state: { terminated } });
const running = { state: { running: {} }, ready: true };

describe('a pod', () => {
  it.each([
    ['its phase', { phase: 'Running' }, 'Running'],
    ['pending before it has one', {}, 'Pending'],
    ['its reason', { phase: 'Failed', reason: 'Evicted' }, 'Evicted'],
    ['what a container waits for', { phase: 'Pending', containerStatuses: [waiting('ErrImagePull')] }, 'ErrImagePull'],
    ['how a container ended', { containerStatuses: [ended({ exitCode: 3 })] }, 'ExitCode:3'],
    ['by which signal', { containerStatuses: [ended({ signal: 9 })] }, 'Signal:9'],
    ['running while one is', { containerStatuses: [running, ended({ reason: 'Completed', exitCode: 0 })] }, 'Running'],
    ['how far its beginning is', { initContainerStatuses: [ended({ exitCode: 0 }), { state: {} }] }, 'Init:1/2'],
    ['how its beginning failed', { initContainerStatuses: [ended({ exitCode: 1, reason: 'Error' })] }, 'Init:Error'],
  ])('shows %s', (_what, status, expected) => {
    expect(pod(status)['Status']).toBe(expected);
  });

  it('shows that it goes, how often it began anew, and where it is', () => {
    const lastState = { terminated: { finishedAt: made } };
    const containerStatuses = [{ ...running, restartCount: 2, lastState }, { restartCount: 1 }];
    const row = pod({ phase: 'Running', podIP: '10.0.0.1', containerStatuses }, { deletionTimestamp: made });
    expect(row).toMatchObject({ Name: 'a', Ready: '1/2', Status: 'Terminating', Age: '30s', Node: '<none>' });
    expect(row).toMatchObject({ Restarts: '3 (30s ago)', IP: '10.0.0.1' });
  });
});

it('shows workloads by their replicas, containers and selectors', () => {
  const spec = { replicas: 3, selector: { matchLabels: { app: 'a' } }, template: { spec: { containers } } };
  const status = { replicas: 2, readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1 };
  const wide = { Age: '30s', Containers: 'c,d', Images: 'i,j' };
  const deployment = { Ready: '1/3', 'Up-to-date': '2', Available: '1', Selector: 'app=a' };
  expect(printed('apps/v1/deployments', { spec, status })).toMatchObject({ ...wide, ...deployment });
  expect(printed('apps/v1/statefulsets', { spec, status })).toMatchObject({ ...wide, Ready: '1/3' });
  expect(printed('apps/v1/replicasets', { spec, status })).toMatchObject({ ...wide, Desired: 3, Current: 2, Ready: 1 });
  const daemonSet = { Desired: 0, Ready: 4, 'Node Selector': '<none>' };
  expect(printed('apps/v1/daemonsets', { spec, status: { numberReady: 4 } })).toMatchObject({ ...wide, ...daemonSet });
});

it('shows jobs by how they go', () => {
  const job = (status: object, spec: object = { completions: 2 }): Readonly<Record<string, unknown>> =>
    printed('batch/v1/jobs', { spec, status });
  expect(job({ succeeded: 1, startTime: made })).toMatchObject({
    Status: 'Running',
    Completions: '1/2',
    Duration: '30s',
  });
  expect(job({ conditions: [{ type: 'Failed', status: 'True' }] })).toMatchObject({ Status: 'Failed', Duration: '' });
  expect(job({}, { parallelism: 3 })['Completions']).toBe('0/1 of 3');
  const cronJob = { Schedule: '* * * * *', Timezone: '<none>', Suspend: 'True', Active: 0, 'Last Schedule': '<none>' };
  expect(printed('batch/v1/cronjobs', { spec: { schedule: '* * * * *', suspend: true } })).toMatchObject(cronJob);
});

it('shows autoscalers by what they look at', () => {
  const scaleTargetRef = { kind: 'Deployment', name: 'd' };
  const resource = { name: 'cpu', target: { averageUtilization: 80 } };
  const spec = { scaleTargetRef, minReplicas: 1, maxReplicas: 5, metrics: [{ resource }] };
  const currentMetrics = [{ resource: { current: { averageUtilization: 40 } } }];
  const bounds = { Reference: 'Deployment/d', MinPods: '1', MaxPods: '5', Replicas: '0' };
  const v2 = 'autoscaling/v2/horizontalpodautoscalers';
  expect(printed(v2, { spec })).toMatchObject({ ...bounds, Targets: 'cpu: <unknown>/80%' });
  expect(printed(v2, { spec, status: { currentMetrics } })).toMatchObject({ Targets: 'cpu: 40%/80%' });
  const old = { Targets: 'cpu: <unknown>/50%', MinPods: '<unset>' };
  const first = { spec: { targetCPUUtilizationPercentage: 50 } };
  expect(printed('autoscaling/v1/horizontalpodautoscalers', first)).toMatchObject(old);
});

it('shows something of objects that are not as they should be', () => {
  const wrong = [{}, { spec: 'x', status: [] }, { spec: { containers: 'x', selector: 1 }, status: { conditions: {} } }];
  for (const content of wrong) {
    for (const [name, { columns }] of Object.entries(workloadPrinters)) {
      const resource = name.split('/').length === 3 ? name : name.replace('/', '/v1/').replace(/^\//, '');
      expect(Object.keys(printed(resource, content))).toEqual(columns.map((column) => column.name));
    }
  }
});
