import type { KubernetesObject } from '../protocol/kubernetes-object.ts';

/**
 * A question about one object, which may not be there. Conditions are plain functions: `and`, `or` and `not` combine them.
 * They must not throw.
 */
export type Condition<T = KubernetesObject> = (object: T | undefined) => boolean;

interface WithStatus {
  readonly spec?: { readonly replicas?: unknown } | null;
  readonly status?: {
    readonly phase?: unknown;
    readonly conditions?: readonly ({ readonly type?: unknown; readonly status?: unknown } | null)[];
    readonly observedGeneration?: unknown;
    readonly updatedReplicas?: unknown;
    readonly availableReplicas?: unknown;
    readonly replicas?: unknown;
    readonly loadBalancer?: { readonly ingress?: unknown } | null;
  } | null;
}

/** All of the conditions hold. */
export function and<T>(...conditions: readonly Condition<T>[]): Condition<T> {
  return (object) => conditions.every((condition) => condition(object));
}

/** One of the conditions holds, or more. */
export function or<T>(...conditions: readonly Condition<T>[]): Condition<T> {
  return (object) => conditions.some((condition) => condition(object));
}

/** The condition does not hold. */
export function not<T>(condition: Condition<T>): Condition<T> {
  return (object) => !condition(object);
}

/** The object is there. */
export const exists: Condition = (object) => object !== undefined;

/** The object is gone. With a uid, also where another one has its name now: deleted and created again. */
export function isDeleted(uid?: string): Condition {
  return (object) => object === undefined || (uid !== undefined && object.metadata.uid !== uid);
}

/** `status.conditions` has this type with this status, `True` by default. What `kubectl wait --for=condition=TYPE` asks. */
export function hasCondition(type: string, status: 'True' | 'False' | 'Unknown' = 'True'): Condition {
  return (object) => {
    const conditions = statusOf(object)?.conditions;
    return (
      Array.isArray(conditions) &&
      conditions.some(
        (each: { type?: unknown; status?: unknown } | null) => each?.type === type && each.status === status,
      )
    );
  };
}

/** Its condition `Ready` is `True`: pods, nodes, many custom resources. */
export const isReady: Condition = hasCondition('Ready');

/** Its condition `Established` is `True`: a CustomResourceDefinition that is served. */
export const isEstablished: Condition = hasCondition('Established');

/** It has run to its end, well or not: a job with the condition `Complete` or `Failed`, a pod that `Succeeded` or `Failed`. */
export const isCompleted: Condition = or(hasCondition('Complete'), hasCondition('Failed'), (object) =>
  ['Succeeded', 'Failed'].includes(String(statusOf(object)?.phase)),
);

/** A pod in the phase `Running`. */
export const isRunning: Condition = (object) => statusOf(object)?.phase === 'Running';

/**
 * A workload whose controller has seen its latest spec, and all of whose replicas are updated and available, with none of
 * an old one left: what `kubectl rollout status` waits for.
 */
export const isRolledOut: Condition = (object) => {
  const status = statusOf(object);
  const replicas = (object as WithStatus | undefined)?.spec?.replicas ?? 1;
  return (
    status != null &&
    Number(status.observedGeneration ?? 0) >= (object?.metadata.generation ?? 0) &&
    (status.updatedReplicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas
  );
};

/** A service or an ingress that has an address of a load balancer. */
export const hasLoadBalancer: Condition = (object) => {
  const ingress = statusOf(object)?.loadBalancer?.ingress;
  return Array.isArray(ingress) && ingress.length > 0;
};

function statusOf(object: KubernetesObject | undefined): WithStatus['status'] {
  return (object as WithStatus | undefined)?.status;
}
