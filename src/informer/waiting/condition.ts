import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';

/**
 * A predicate of an object, or of `undefined` if there is none. Conditions are plain functions: `and`, `or` and `not` combine them.
 * The built-in conditions never throw, whatever the object contains.
 */
export type Condition<T = KubernetesObject> = (object: T | undefined) => boolean;

/**
 * Holds if all of the conditions hold.
 *
 * ```ts
 * await pods.waitFor('default/web-0', and(exists, isReady));
 * ```
 */
export function and<T>(...conditions: readonly Condition<T>[]): Condition<T> {
  return (object) => conditions.every((condition) => condition(object));
}

/**
 * Holds if at least one of the conditions holds.
 *
 * ```ts
 * await pods.waitFor('default/batch-0', or(isCompleted, isDeleted()));
 * ```
 */
export function or<T>(...conditions: readonly Condition<T>[]): Condition<T> {
  return (object) => conditions.some((condition) => condition(object));
}

/**
 * Holds if the condition does not hold.
 *
 * ```ts
 * await nodes.waitFor('worker-1', not(isReady));
 * ```
 */
export function not<T>(condition: Condition<T>): Condition<T> {
  return (object) => !condition(object);
}

/**
 * Holds if there is an object.
 *
 * ```ts
 * await pods.waitFor('default/web-0', exists);
 * ```
 */
export const exists: Condition = (object) => object !== undefined;

/**
 * Holds if there is no object. With a uid, also if the object has another uid: it was deleted and created again.
 *
 * ```ts
 * await pods.waitFor('default/web-0', isDeleted(pod.metadata.uid));
 * ```
 */
export function isDeleted(uid?: string): Condition {
  return (object) => {
    const now = field(object, 'metadata', 'uid');
    return object === undefined || (uid !== undefined && now !== undefined && now !== uid);
  };
}

/**
 * Holds if `status.conditions` has this type with this status, by default `True`. If it has an `observedGeneration`, that must
 * be the current generation. `kubectl wait --for=condition=TYPE` does the same, but ignores the case of the type.
 *
 * ```ts
 * await nodes.waitFor('worker-1', hasCondition('MemoryPressure', 'False'));
 * ```
 */
export function hasCondition(type: string, status: 'True' | 'False' | 'Unknown' = 'True'): Condition {
  return (object) =>
    elements(object, 'status', 'conditions').some(
      (condition) =>
        field(condition, 'type') === type &&
        field(condition, 'status') === status &&
        !isOutdated(object, field(condition, 'observedGeneration') ?? field(object, 'status', 'observedGeneration')),
    );
}

/** Holds if the condition `Ready` is `True`: for pods, nodes, many custom resources. */
export const isReady: Condition = hasCondition('Ready');

/** Holds if the condition `Established` is `True`: for a CustomResourceDefinition that is served. */
export const isEstablished: Condition = hasCondition('Established');

/** Holds for a job with the condition `Complete` or `Failed`, and for a pod in the phase `Succeeded` or `Failed`. */
export const isCompleted: Condition = or(hasCondition('Complete'), hasCondition('Failed'), (object) => {
  const phase = field(object, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
});

/**
 * Holds for a pod in the phase `Running`.
 *
 * ```ts
 * await pods.waitFor('default/web-0', isRunning);
 * ```
 */
export const isRunning: Condition = (object) => field(object, 'status', 'phase') === 'Running';

/**
 * Holds for a service or an ingress that has an address or a host name of a load balancer.
 *
 * ```ts
 * const services = sharedInformer(listWatch(kubeConfig, 'v1/services'));
 * const web = await services.waitFor('default/web', hasLoadBalancer);
 * console.log(web?.status?.loadBalancer?.ingress?.[0]?.ip);
 * ```
 */
export const hasLoadBalancer: Condition = (object) =>
  elements(object, 'status', 'loadBalancer', 'ingress').some((each) =>
    Boolean(field(each, 'ip') ?? field(each, 'hostname')),
  );

/**
 * Holds for a deployment, stateful set or daemon set if its controller has seen the latest spec, and all replicas are updated
 * and available (of a stateful set: ready). In a stateful set with a partition, only the replicas from the partition on have to
 * be updated. `kubectl rollout status` waits for the same. It does not hold for other kinds.
 *
 * ```ts
 * const deployments = sharedInformer(listWatch(kubeConfig, 'apps/v1/deployments'));
 * await deployments.waitFor('default/web', isRolledOut, { timeout: minutes(5) });
 * ```
 */
export const isRolledOut: Condition = (object) => {
  const count = (name: string): number => numberOr(0, field(object, 'status', name));
  const replicas = numberOr(1, field(object, 'spec', 'replicas'));
  const updated = count('updatedReplicas');
  if (!(count('observedGeneration') >= numberOr(1, field(object, 'metadata', 'generation')))) return false;
  switch (field(object, 'kind')) {
    case 'Deployment':
      return updated >= replicas && updated >= count('replicas') && count('availableReplicas') >= updated;
    case 'StatefulSet': {
      const partition = numberOr(0, field(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'));
      return updated >= replicas - partition && count('readyReplicas') >= replicas;
    }
    case 'DaemonSet': {
      const desired = count('desiredNumberScheduled');
      return count('updatedNumberScheduled') >= desired && count('numberAvailable') >= desired;
    }
    default:
      return false;
  }
};

function isOutdated(object: KubernetesObject | undefined, observedGeneration: unknown): boolean {
  const generation = field(object, 'metadata', 'generation');
  return typeof generation === 'number' && typeof observedGeneration === 'number' && observedGeneration < generation;
}

/** The number, or `absent` if there is none. Anything else is NaN, so that every comparison with it is false. */
function numberOr(absent: number, value: unknown): number {
  return typeof value === 'number' ? value : value === undefined || value === null ? absent : NaN;
}

function elements(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = field(value, ...path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

/** The value at a path; `undefined` if a part of the path is missing. */
function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((each, name) => (each as Readonly<Record<string, unknown>> | null | undefined)?.[name], value);
}
