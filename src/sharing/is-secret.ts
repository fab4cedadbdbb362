/**
 * The rule about Secrets: the text of a Secret is in memory for as long as its object is, and no longer.
 *
 * - What stays in memory without an object asks here first: `siblingParser` keeps texts and parts, so it learns nothing from
 *   an object that is a Secret, and the collections of Secrets are parsed by `JSON.parse` (`objectParser`).
 * - All the rest is held weakly and asks nothing, because a transform or `metadataOnly` may leave out what says that an object
 *   is a Secret: `interner` refers to siblings, to equal parts and to its table of texts by references that a garbage
 *   collection clears.
 *
 * `spec/informer/secrets.spec.ts` looks for the text of deleted Secrets in heap snapshots.
 */

const kindOfSecrets = 'Secret';
const pluralOfSecrets = 'secrets';

/** True for an object that says that it is a Secret, of any group. */
export function isSecret(object: object): boolean {
  return (object as { readonly kind?: unknown }).kind === kindOfSecrets;
}

/**
 * True for the path of a collection of Secrets, of any group, of all namespaces or of one. The path has to tell, because
 * neither the items of a list nor PartialObjectMetadata have the kind of the object.
 */
export function isPathOfSecrets(path: string): boolean {
  return path.endsWith(`/${pluralOfSecrets}`);
}
