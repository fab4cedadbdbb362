import type { Pod } from './pods.ts';

/** The phase of a pod, or the word for a pod that is being deleted. */
export function phaseOf(pod: Pod): string {
  return pod.metadata.deletionTimestamp === undefined ? (pod.status?.phase ?? 'Unknown') : 'Terminating';
}

/** The number of its ready containers: `1/2`. */
export function readinessOf(pod: Pod): string {
  const containers = pod.status?.containerStatuses ?? [];
  return `${containers.filter(({ ready }) => ready).length}/${containers.length}`;
}

/** The number of restarts of its containers. */
export function restartsOf(pod: Pod): number {
  return (pod.status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
] as const;

/** Its age, in its biggest unit: `3d`. */
export function ageOf(pod: Pod, now: number): string {
  const age = Math.max(0, now - Date.parse(pod.metadata.creationTimestamp ?? ''));
  if (Number.isNaN(age)) return '';
  const [size, unit] = units.find(([milliseconds]) => age >= milliseconds) ?? [1000, 's'];
  return `${Math.floor(age / size)}${unit}`;
}

/** The order of the table: by namespace, then by name. */
export function byNamespaceAndName({ metadata: a }: Pod, { metadata: b }: Pod): number {
  if (a.namespace !== b.namespace) return (a.namespace ?? '') < (b.namespace ?? '') ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}
