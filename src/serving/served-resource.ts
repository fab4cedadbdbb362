/** A resource as it is served: its place, the kind of its objects, and the fields by which it can be selected. */
export interface ServedResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  /** True for a built-in resource. Typed encoders print those: the items of their lists have no kind and apiVersion. */
  readonly builtIn: boolean;
  /** The fields that a field selector may name, with the value of a field that an object lacks. */
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

/** The resource as server texts name it: `pods`, `deployments.apps`. */
export function qualifiedResource({ group, plural }: Pick<ServedResource, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}
