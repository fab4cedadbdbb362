/** A resource as it is served: where it is found, what its objects are called, and by which fields it can be selected. */
export interface ServedResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  /** Built-in resources are printed by typed encoders: the items of their lists go without kind and apiVersion. */
  readonly builtIn: boolean;
  /** What a field selector may name, and the value of a field that an object lacks. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The fields by which every resource can be selected. */
export const metadataFields: Readonly<Record<string, string>> = { 'metadata.name': '', 'metadata.namespace': '' };

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<ServedResource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The resource in words: `v1/pods`, `apps/v1/deployments`. */
export function resourceWords(resource: Pick<ServedResource, 'group' | 'version' | 'plural'>): string {
  return `${apiVersionOf(resource)}/${resource.plural}`;
}

/** The resource as server texts have it: `pods`, `deployments.apps`. */
export function qualifiedResource({ group, plural }: Pick<ServedResource, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}
