import { kubernetesVersion } from './built-in-table.ts';

/** The releases of Kubernetes that the server behaves as. */
export const releases = ['1.33', '1.36'] as const;

/** A release of Kubernetes. */
export type Release = (typeof releases)[number];

/** The newest release, whose resources are served. */
export const newestRelease: Release = '1.36';

/** A release as it is told: `v1.36.3`. */
export function fullVersion(release: Release): string {
  return release === newestRelease ? kubernetesVersion : `v${release}.0`;
}

/** Whether streaming lists are on by default. Source: apiserver `pkg/features/kube_features.go`, WatchList: off in 1.33 alone of these. */
export function hasStreamingLists(release: Release): boolean {
  return release !== '1.33';
}

/**
 * The release of an option.
 *
 * @throws RangeError for one that the server does not know.
 */
export function checkedRelease(given: string): Release {
  const release = releases.find((each) => each === given);
  if (release !== undefined) return release;
  throw new RangeError(`invalid release ${JSON.stringify(given)}: expected ${releases.join(' or ')}`);
}
