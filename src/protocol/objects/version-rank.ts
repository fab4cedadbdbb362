const stages = ['alpha', 'beta', undefined];

/**
 * The rank of an API version, higher for the one that a server prefers: `v2`, `v1`, `v1beta2`, `v1beta1`, `v1alpha1`
 * (apimachinery `pkg/version/helpers.go`). An invalid version has the lowest rank, 0.
 */
export function versionRank(version: string): number {
  const [, major, stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  if (major === undefined) return 0;
  return ((stages.indexOf(stage) + 1) * 1000 + Number(major)) * 1000 + Number(minor);
}
