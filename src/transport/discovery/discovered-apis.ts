import type { KubeError } from '../../protocol/errors/kube-error.ts';

/** A part of a resource's objects that has a path of its own, as a server's discovery describes it. */
export interface DiscoveredSubresource {
  /** `status`, `scale`. */
  readonly name: string;
  /** The type of what is read and written there: `autoscaling/v1` of `scale`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

/** A resource as a server's discovery describes it. */
export interface DiscoveredResource {
  /** The name that `listWatch` and `resourceClient` take: `v1/pods`, `apps/v1/deployments`. */
  readonly name: string;
  /** The `apiVersion` of its objects: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** Empty where an old server does not tell. */
  readonly singular: string;
  readonly kind: string;
  /** False: its objects are in no namespace. */
  readonly namespaced: boolean;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. */
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  /** The sets that it is listed with, such as `all`. */
  readonly categories: readonly string[];
  readonly subresources: readonly DiscoveredSubresource[];
  /** True in the version of its group that the server prefers, of those that have it. */
  readonly preferred: boolean;
}

/** A part of a server's discovery that could not be read. */
export interface DiscoveryFailure {
  /** The group version, `metrics.k8s.io/v1beta1`; or the path, `/api` or `/apis`. */
  readonly where: string;
  readonly error: KubeError;
}

/** All that a server serves. */
export interface DiscoveredApis {
  /** The core group first, then groups in the order of the server, and of each group the preferred version first. */
  readonly resources: readonly DiscoveredResource[];
  /** The parts that could not be read. Of these, {@link resources} has what the server still tells, or told last. */
  readonly failures: readonly DiscoveryFailure[];
}
