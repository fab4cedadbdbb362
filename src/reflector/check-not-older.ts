import { KubeError } from '../protocol/errors/kube-error.ts';
import { compareResourceVersions } from '../protocol/objects/resource-version.ts';

/** Throws the `KubeError` Stale where the answer to a list is older than it was asked to be at least. An answer without a version passes. */
export function checkNotOlder(resource: string, answered: string, asked: string | undefined): void {
  if (asked === undefined || (compareResourceVersions(answered, asked) ?? 0) >= 0) return;
  const message = `the server answered with version ${answered} where at least ${asked} was asked for`;
  throw new KubeError({ reason: 'Stale', resource, message });
}
