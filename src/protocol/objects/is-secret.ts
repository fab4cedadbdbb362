/**
 * The rule about Secrets: what is in one is kept by nobody but who holds the object. Whatever keeps texts or parts of objects
 * to find them in others again asks here first.
 */

const kind = 'Secret';
const plural = 'secrets';

/** True for an object that says that it is a Secret, of whichever group. */
export function isSecret(object: object): boolean {
  return (object as { readonly kind?: unknown }).kind === kind;
}

/**
 * True where a path is that of Secrets, of whichever group, all or of a namespace: the items of a list do not say their kind,
 * nor does their metadata alone, whose annotations may have what kubectl applied.
 */
export function isPathOfSecrets(path: string): boolean {
  return path.endsWith(`/${plural}`);
}
