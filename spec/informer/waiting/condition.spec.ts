import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import {
  and,
  type Condition,
  exists,
  hasCondition,
  hasLoadBalancer,
  isCompleted,
  isDeleted,
  isEstablished,
  isReady,
  isRolledOut,
  isRunning,
  not,
  or,
} from 'kuberx/conditions';

interface Parts {
  readonly generation?: number;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** An object as a server sends it. */
function object(kind: string, { generation, ...parts }: Parts = {}): KubernetesObject {
  const metadata = { name: 'web', namespace: 'default', uid: 'uid of web', resourceVersion: '7' };
  return {
    apiVersion: kind === 'Pod' || kind === 'Service' ? 'v1' : 'apps/v1',
    kind,
    metadata: generation === undefined ? metadata : { ...metadata, generation },
    ...parts,
  };
}

const conditions = (...types: readonly string[]): unknown =>
  types.map((type) => ({ type, status: 'True', lastTransitionTime: '2026-09-01T10:00:00Z', reason: 'AsExpected' }));

const never: Condition = () => false;
const always: Condition = () => true;

describe('exists and isDeleted', () => {
  it('tell whether there is an object', () => {
    expect([exists(object('Pod')), exists(undefined)]).toEqual([true, false]);
    expect([isDeleted()(object('Pod')), isDeleted()(undefined)]).toEqual([false, true]);
  });

  it('take another uid under the name for a deletion, where a uid is given', () => {
    expect(isDeleted('uid of web')(object('Pod'))).toBe(false);
    expect(isDeleted('another')(object('Pod'))).toBe(true);
    expect(isDeleted('another')(undefined)).toBe(true);
  });

  it('do not take an object without a uid for another one', () => {
    expect(isDeleted('a uid')({ ...object('Pod'), metadata: { name: 'web' } })).toBe(false);
  });
});

describe('and, or, not', () => {
  it('combine conditions', () => {
    const table = [
      and(always, always),
      and(always, never),
      or(never, always),
      or(never, never),
      not(never),
      not(always),
    ];
    expect(table.map((condition) => condition(undefined))).toEqual([true, false, true, false, true, false]);
    expect([and()(undefined), or()(undefined)]).toEqual([true, false]);
  });

  it('combine built-in ones with those of a type', () => {
    interface Pod extends KubernetesObject {
      readonly spec?: { readonly nodeName?: string };
    }
    const isPlaced: Condition<Pod> = (pod) => pod?.spec?.nodeName !== undefined;
    const condition: Condition<Pod> = and(exists, isPlaced, not(isReady), or(isRunning, always));
    expect(condition({ ...object('Pod'), spec: { nodeName: 'worker-1' } })).toBe(true);
    expect(condition(object('Pod'))).toBe(false);
  });

  it('do not ask further than it takes', () => {
    const throwing: Condition = () => {
      throw new Error('asked');
    };
    expect(and(never, throwing)(undefined)).toBe(false);
    expect(or(always, throwing)(undefined)).toBe(true);
  });
});

describe('hasCondition', () => {
  it.each([
    ['True', 'True', true],
    ['False', 'True', false],
    ['Unknown', 'True', false],
    ['False', 'False', true],
    ['Unknown', 'Unknown', true],
  ] as const)('looks for the status: %s where %s is asked for', (status, asked, expected) => {
    const progressing = object('Deployment', { status: { conditions: [{ type: 'Progressing', status }] } });
    expect(hasCondition('Progressing', asked)(progressing)).toBe(expected);
  });

  it('asks for True by default, of the very type', () => {
    const pod = object('Pod', { status: { conditions: conditions('Initialized', 'ContainersReady') } });
    expect(hasCondition('ContainersReady')(pod)).toBe(true);
    expect(hasCondition('Ready')(pod)).toBe(false);
    expect(hasCondition('containersready')(pod)).toBe(false);
  });

  // What kubectl wait does since 1.21.
  it.each([
    ['of the condition, at the generation', { type: 'Ready', status: 'True', observedGeneration: 3 }, undefined, true],
    ['of the condition, before it', { type: 'Ready', status: 'True', observedGeneration: 2 }, 3, false],
    ['of the status, at the generation', { type: 'Ready', status: 'True' }, 3, true],
    ['of the status, before it', { type: 'Ready', status: 'True' }, 2, false],
    ['none', { type: 'Ready', status: 'True' }, undefined, true],
  ])(
    'does not believe what was said of an older generation, by the observedGeneration: %s',
    (_, condition, observed, expected) => {
      const status = { conditions: [condition], ...(observed === undefined ? {} : { observedGeneration: observed }) };
      expect(isReady(object('Certificate', { generation: 3, status }))).toBe(expected);
    },
  );
});

describe('isReady, isEstablished, isRunning, isCompleted', () => {
  it.each([
    [
      'a pod that is ready',
      isReady,
      object('Pod', { status: { phase: 'Running', conditions: conditions('Ready') } }),
      true,
    ],
    [
      'a pod that is not',
      isReady,
      object('Pod', { status: { phase: 'Pending', conditions: conditions('PodScheduled') } }),
      false,
    ],
    ['a pod without a status', isReady, object('Pod'), false],
    ['no pod', isReady, undefined, false],
    [
      'a CRD that is served',
      isEstablished,
      object('CustomResourceDefinition', { status: { conditions: conditions('NamesAccepted', 'Established') } }),
      true,
    ],
    [
      'a CRD that is not yet',
      isEstablished,
      object('CustomResourceDefinition', { status: { conditions: conditions('NamesAccepted') } }),
      false,
    ],
    ['a running pod', isRunning, object('Pod', { status: { phase: 'Running' } }), true],
    ['a pod that has run', isRunning, object('Pod', { status: { phase: 'Succeeded' } }), false],
    [
      'a job that is complete',
      isCompleted,
      object('Job', { status: { succeeded: 1, conditions: conditions('SuccessCriteriaMet', 'Complete') } }),
      true,
    ],
    [
      'a job that has failed',
      isCompleted,
      object('Job', { status: { failed: 6, conditions: conditions('FailureTarget', 'Failed') } }),
      true,
    ],
    [
      'a job whose pods still end',
      isCompleted,
      object('Job', { status: { conditions: conditions('FailureTarget') } }),
      false,
    ],
    ['a job that is suspended', isCompleted, object('Job', { status: { conditions: conditions('Suspended') } }), false],
    ['a job that has just begun', isCompleted, object('Job', { status: {} }), false],
    ['a pod that has succeeded', isCompleted, object('Pod', { status: { phase: 'Succeeded' } }), true],
    ['a pod that has failed', isCompleted, object('Pod', { status: { phase: 'Failed' } }), true],
    ['a pod that runs', isCompleted, object('Pod', { status: { phase: 'Running' } }), false],
  ])('are asked of %s', (_, condition, asked, expected) => {
    expect(condition(asked)).toBe(expected);
  });
});

describe('hasLoadBalancer', () => {
  const service = (ingress: unknown): KubernetesObject => object('Service', { status: { loadBalancer: { ingress } } });

  it.each([
    ['an address', [{ ip: '203.0.113.7', ipMode: 'VIP' }], true],
    ['a host name', [{ hostname: 'lb.example.com' }], true],
    ['neither yet', [{ ports: [] }], false],
    ['an empty list', [], false],
    ['no list', undefined, false],
  ])('looks for %s', (_, ingress, expected) => {
    expect(hasLoadBalancer(service(ingress))).toBe(expected);
  });

  it('does not hold of a service that asks for none', () => {
    expect(hasLoadBalancer(object('Service', { spec: { type: 'ClusterIP' }, status: { loadBalancer: {} } }))).toBe(
      false,
    );
  });
});

// What `kubectl rollout status` says: k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go.
describe('isRolledOut', () => {
  const deployed = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };

  it.each([
    ['all updated and available', {}, 3, true],
    ['the spec not seen yet', { observedGeneration: 1 }, 3, false],
    ['some not updated', { updatedReplicas: 2 }, 3, false],
    ['an old one left', { replicas: 4 }, 3, false],
    ['some not available', { availableReplicas: 2 }, 3, false],
    ['more than are asked for, on the way down', { replicas: 3, updatedReplicas: 3 }, 2, true],
    ['one by default', { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }, undefined, true],
    ['one by default, and none', { replicas: 0, updatedReplicas: 0, availableReplicas: 0 }, undefined, false],
    [
      'scaled to none, whose counts are left out',
      { replicas: undefined, updatedReplicas: undefined, availableReplicas: undefined },
      0,
      true,
    ],
  ])('of a deployment: %s', (_, status, replicas, expected) => {
    const deployment = object('Deployment', { generation: 2, spec: { replicas }, status: { ...deployed, ...status } });
    expect(isRolledOut(deployment)).toBe(expected);
  });

  it('of a deployment that nobody has looked at yet', () => {
    expect(isRolledOut(object('Deployment', { generation: 1, spec: { replicas: 0 }, status: {} }))).toBe(false);
    expect(isRolledOut(object('Deployment', { generation: 1, spec: { replicas: 0 } }))).toBe(false);
  });

  const set = {
    observedGeneration: 2,
    replicas: 3,
    readyReplicas: 3,
    updatedReplicas: 3,
    currentReplicas: 3,
    currentRevision: 'web-2',
    updateRevision: 'web-2',
  };
  const rolling = (partition?: number): unknown => ({ type: 'RollingUpdate', rollingUpdate: { partition } });

  it.each([
    ['all ready and updated', {}, rolling(0), true],
    ['the spec not seen yet', { observedGeneration: 1 }, rolling(0), false],
    ['nobody has looked at it yet', { observedGeneration: undefined }, rolling(0), false],
    ['some not ready', { readyReplicas: 2 }, rolling(0), false],
    ['some not updated', { updatedReplicas: 2, updateRevision: 'web-3' }, rolling(0), false],
    ['some not updated, without a strategy', { updatedReplicas: 2, updateRevision: 'web-3' }, undefined, false],
    ['those behind the partition updated', { updatedReplicas: 1, updateRevision: 'web-3' }, rolling(2), true],
    ['not all of those behind the partition', { updatedReplicas: 1, updateRevision: 'web-3' }, rolling(1), false],
    ['a partition above all of them', { updatedReplicas: 0, updateRevision: 'web-3' }, rolling(9), true],
    ['updated by hand, some left', { updatedReplicas: 2, updateRevision: 'web-3' }, { type: 'OnDelete' }, false],
    ['updated by hand, all', {}, { type: 'OnDelete' }, true],
  ])('of a stateful set: %s', (_, status, updateStrategy, expected) => {
    const spec = { replicas: 3, updateStrategy };
    expect(isRolledOut(object('StatefulSet', { generation: 2, spec, status: { ...set, ...status } }))).toBe(expected);
  });

  const daemons = {
    observedGeneration: 2,
    desiredNumberScheduled: 5,
    currentNumberScheduled: 5,
    updatedNumberScheduled: 5,
    numberReady: 5,
    numberAvailable: 5,
    numberMisscheduled: 0,
  };

  it.each([
    ['on all nodes, updated and available', {}, true],
    ['the spec not seen yet', { observedGeneration: 1 }, false],
    ['some not updated', { updatedNumberScheduled: 4 }, false],
    ['some not available', { numberAvailable: 4 }, false],
    ['none available, which is left out', { numberAvailable: undefined }, false],
    [
      'no node asks for one',
      { desiredNumberScheduled: 0, updatedNumberScheduled: undefined, numberAvailable: undefined },
      true,
    ],
  ])('of a daemon set: %s', (_, status, expected) => {
    const spec = { updateStrategy: rolling() };
    expect(isRolledOut(object('DaemonSet', { generation: 2, spec, status: { ...daemons, ...status } }))).toBe(expected);
  });

  it('of a daemon set that nobody has looked at yet', () => {
    const status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    expect(isRolledOut(object('DaemonSet', { generation: 1, status }))).toBe(false);
  });

  it('of what is never rolled out', () => {
    expect(isRolledOut(undefined)).toBe(false);
    const status = { ...deployed, ...set, ...daemons };
    for (const kind of ['Pod', 'ReplicaSet', 'ConfigMap']) {
      expect(isRolledOut(object(kind, { generation: 2, spec: { replicas: 3 }, status }))).toBe(false);
    }
  });
});

it('never throws, whatever an object is like', () => {
  const all = {
    exists,
    deleted: isDeleted('x'),
    isReady,
    isEstablished,
    isCompleted,
    isRunning,
    isRolledOut,
    hasLoadBalancer,
  };
  const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(null, 'text', 7, []));
  const status = fc.record(
    {
      phase: junk,
      conditions: fc.oneof(
        junk,
        fc.array(fc.oneof(junk, fc.record({ type: junk, status: junk, observedGeneration: junk }))),
      ),
      observedGeneration: junk,
      replicas: junk,
      updatedReplicas: junk,
      loadBalancer: fc.oneof(junk, fc.record({ ingress: fc.oneof(junk, fc.array(junk)) })),
    },
    { requiredKeys: [] },
  );
  const strange = fc.record(
    {
      kind: fc.constantFrom('Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', null, 7),
      metadata: fc.oneof(junk, fc.record({ generation: junk, uid: junk }, { requiredKeys: [] })),
      spec: fc.oneof(
        junk,
        fc.record(
          { replicas: junk, updateStrategy: fc.oneof(junk, fc.record({ type: junk, rollingUpdate: junk })) },
          { requiredKeys: [] },
        ),
      ),
      status: fc.oneof(junk, status),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(strange, (each) => {
      for (const condition of Object.values(all))
        expect(condition(each as unknown as KubernetesObject)).toBeTypeOf('boolean');
    }),
    { numRuns: 1000 },
  );
});
