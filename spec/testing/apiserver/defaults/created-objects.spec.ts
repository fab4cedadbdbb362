import { describe, expect, it } from 'vitest';
import { changedObjects, createdObjects, type NewObject } from '#src/testing/apiserver/defaults/created-objects.ts';

const made: NewObject = {
  name: 'a',
  uid: () => 'id',
  timestamp: () => 'now',
  random: () => 0.5,
  isFree: () => true,
};
const create = (resource: string, content: Record<string, unknown>, given: Partial<NewObject> = {}) =>
  createdObjects[resource]!(content, { ...made, ...given });

describe('createdObjects', () => {
  it.each([
    [{ limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
    [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } }, 'Burstable'],
    [{ requests: { cpu: '1' } }, 'Burstable'],
    [{ requests: { 'ephemeral-storage': '1' } }, 'BestEffort'],
    [{}, 'BestEffort'],
  ])('says of a pod of %j that it is %s', (resources, qosClass) => {
    expect(create('v1/pods', { spec: { containers: [{ resources }] } })).toMatchObject({
      status: { phase: 'Pending', qosClass },
    });
  });

  it('adds no toleration to a pod that has it', () => {
    const all = [{ operator: 'Exists' }];
    expect(create('v1/pods', { spec: { tolerations: all } })).toMatchObject({ spec: { tolerations: all } });
  });

  it('gives services addresses that are free', () => {
    const numbers = [0, 0, 0.5, 0.5];
    const random = () => numbers.shift() ?? 0.9;
    const isFree = (value: unknown) => value !== '10.0.0.1';
    expect(create('v1/services', { spec: { type: 'ClusterIP' } }, { random, isFree })).toMatchObject({
      spec: { clusterIP: '10.0.128.128', clusterIPs: ['10.0.128.128'], ipFamilies: ['IPv4'] },
    });
  });

  it('ends where no port is free', () => {
    expect(
      create('v1/services', { spec: { type: 'NodePort', ports: [{ port: 80 }] } }, { isFree: () => false }),
    ).toMatchObject({ spec: { ports: [{ nodePort: 31_384 }] } });
  });

  it('gives jobs labels of their own', () => {
    expect(create('batch/v1/jobs', { metadata: {}, spec: { template: { metadata: {} } } })).toMatchObject({
      metadata: { labels: { 'job-name': 'a', 'controller-uid': 'id' } },
      spec: { selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'id' } } },
    });
  });
});

describe('changedObjects', () => {
  it('keeps what a service was given', () => {
    const current = { spec: { clusterIP: '10.0.0.5', type: 'NodePort', ports: [{ port: 80, nodePort: 30_000 }] } };
    expect(changedObjects['v1/services']!({ spec: { type: 'NodePort', ports: [{ port: 80 }] } }, current)).toEqual({
      spec: { clusterIP: '10.0.0.5', type: 'NodePort', ports: [{ port: 80, nodePort: 30_000 }] },
    });
  });

  it('counts the templates of a daemon set', () => {
    const of = (template: object, generation: string) => ({
      metadata: { annotations: { 'deprecated.daemonset.template.generation': generation } },
      spec: { template },
    });
    expect(changedObjects['apps/v1/daemonsets']!(of({ a: 1 }, '1'), of({ a: 2 }, '3'))).toEqual(of({ a: 1 }, '4'));
    expect(changedObjects['apps/v1/daemonsets']!(of({ a: 1 }, '9'), of({ a: 1 }, '3'))).toEqual(of({ a: 1 }, '3'));
  });
});
