/** A part of a resource's objects that has a path of its own, as discovery tells of it. */
export interface ApiSubresource {
  /** `status`. */
  readonly name: string;
  /** Empty together with {@link version} where they are those of the resource. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

/** A resource that a server serves, as discovery tells of it. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** Those that it tells of, where they are others: of a resource that goes. */
  readonly toldVerbs?: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Tells in which version it is stored; `undefined` of what is not stored. */
  readonly storageVersionHash: string | undefined;
  readonly subresources: readonly ApiSubresource[];
}

/** The verbs of what can be stored, in the order in which built-in resources list them. */
export const storedVerbs: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** The verbs of a part that can be read and written. */
export const partVerbs: readonly string[] = ['get', 'patch', 'update'];
