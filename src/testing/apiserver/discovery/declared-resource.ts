import { type ApiResource, partVerbs, storedVerbs } from './api-resource.ts';
import { storageVersionHash } from './storage-version-hash.ts';

/** What a server is told of a resource that is not built in, and that no CustomResourceDefinition defines. */
export interface CustomResource {
  /** Default: a guess from the plural, `Widget` of `widgets`. */
  readonly kind?: string;
  /** Default: true. */
  readonly namespaced?: boolean;
  /** Which fields can be selected by, beside `metadata.name` and `metadata.namespace`. */
  readonly selectableFields?: readonly string[];
  /** Whether status is written through `/status` only. Default: true. */
  readonly status?: boolean;
  /** What kubectl takes for the plural too. Default: none. */
  readonly shortNames?: readonly string[];
  /** Default: none. */
  readonly categories?: readonly string[];
}

function guessedKind(plural: string): string {
  const singular = plural
    .replace(/ies$/, 'y')
    .replace(/(s|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}

/** A resource as it was declared, with what was left out. */
export function declaredResource(
  { group, version, plural }: Pick<ApiResource, 'group' | 'version' | 'plural'>,
  declared: CustomResource,
): ApiResource {
  const { kind = guessedKind(plural), namespaced = true, status = true, shortNames = [], categories = [] } = declared;
  return {
    group,
    version,
    plural,
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    namespaced,
    verbs: storedVerbs,
    shortNames,
    categories,
    storageVersionHash: storageVersionHash(group, version, kind),
    subresources: status ? [{ name: 'status', group: '', version: '', kind, verbs: partVerbs }] : [],
  };
}
