import { podJson } from '../store/pod.ts';

/** The resource that is measured. */
export const resource = 'v1/pods';

/** Where an object is. */
export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

/** A pod to create, and its status to change. */
export interface BenchPod {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: PodName & Record<string, unknown>;
  readonly spec: object;
  readonly status: object;
}

/**
 * The pods of 50 namespaces and of an owner for each hundred, with managedFields of two managers: those of the store's
 * benchmark with one probe and three variables for each container, between 7 and 8 kB as a server sends them.
 */
export function benchPod(index: number): BenchPod {
  const { metadata, ...rest } = JSON.parse(podJson(index, 0)) as BenchPod;
  const { resourceVersion: _, ...given } = metadata;
  const pod = { ...rest, metadata: given };
  prune(pod);
  return pod;
}

const variables = ['CLUSTER', 'FEATURES', 'DATABASE_HOST'];
const pruned = new Set(['readinessProbe', ...variables.map((name) => `k:{"name":"${name}"}`)]);

/** Takes them out wherever they are, from the fields that managers own too. */
function prune(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const fields = node as Record<string, unknown>;
  if (Array.isArray(fields['env'])) {
    fields['env'] = fields['env'].filter(({ name }: { name: string }) => !variables.includes(name));
  }
  for (const key of Object.keys(fields)) {
    if (pruned.has(key.replace(/^f:/u, ''))) Reflect.deleteProperty(fields, key);
    else prune(fields[key]);
  }
}

/** The namespaces of this number of pods. */
export function namespacesOf(count: number): string[] {
  const owners = Array.from({ length: Math.ceil(count / 100) }, (_, owner) => benchPod(owner * 100));
  return [...new Set(owners.map(({ metadata }) => metadata.namespace))];
}

/** A change as a kubelet makes it: a JSON patch of `pods/status` that carries the marker. */
export function statusPatch(sequence: number, marker: string): object[] {
  const minutes = String(sequence % 60).padStart(2, '0');
  return [
    { op: 'replace', path: '/metadata/annotations/marker', value: marker },
    { op: 'replace', path: '/status/conditions/2/lastTransitionTime', value: `2026-11-24T10:${minutes}:00Z` },
    { op: 'replace', path: '/status/containerStatuses/0/restartCount', value: sequence + 7 },
  ];
}
