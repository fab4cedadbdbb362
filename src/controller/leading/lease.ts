import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';

/** A Lease of `coordination.k8s.io/v1`, with what leadership reads of it. All else of it is kept. */
export interface Lease extends KubernetesObject {
  readonly spec?: LeaseSpec;
}

/** What a Lease says. */
export interface LeaseSpec {
  /** Who holds it. Absent or empty: nobody. */
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
  /** Set where the control plane chooses the holder. */
  readonly strategy?: string;
  /** Whom the control plane wants as the holder. */
  readonly preferredHolder?: string;
}
