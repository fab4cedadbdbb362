/** The part of an object's metadata that a cache relies on, as the server sends it: times are RFC 3339 strings. */
export interface ObjectMeta {
  readonly name: string;
  /** Absent for cluster-scoped resources. */
  readonly namespace?: string;
  /** Decides identity: the same name with another uid is another object. For objects without a uid the key decides. */
  readonly uid?: string;
  /** The version of this object, see `compareResourceVersions`. */
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly generateName?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  /** Who set which fields; `dropManagedFields` drops them. */
  readonly managedFields?: readonly object[];
}

/** A reference from an object to the object that owns it. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Any object in this library: raw JSON, deeply read-only. {@link Raw} gives the typed form of a built-in. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** An object of a metadata-only watch: everything but spec, status and data. */
export interface PartialObjectMetadata extends KubernetesObject {
  readonly apiVersion: 'meta.k8s.io/v1';
  readonly kind: 'PartialObjectMetadata';
}
