import { type KubernetesObject, printable } from 'kuberx';
import { type Health, healthOf } from './health.ts';
import { podColumns } from './pod-columns.ts';

/** What is shown of an object. */
export interface Row {
  /** Empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;
  /** Of a pod its STATUS as kubectl has it, of others the phase. `Terminating` once it is being deleted, `-` for none. */
  readonly status: string;
  readonly health: Health | undefined;
  /** What only pods have. */
  readonly pod: PodRow | undefined;
  /** When it was created, as the server says it. */
  readonly created: string | undefined;
}

/** What is shown of a pod besides. */
export interface PodRow {
  /** `1/2`. */
  readonly ready: string;
  readonly restarts: number;
  /** When a container ended last, as the server says it. */
  readonly restartedAt: string | undefined;
  /** `-` where there is none. */
  readonly node: string;
}

/** The row of an object, its texts safe for a terminal. Whatever else the object holds is not looked at. */
export function rowOf(object: KubernetesObject): Row {
  const { namespace = '', name, creationTimestamp } = object.metadata;
  const shared = { namespace: printable(namespace), name: printable(name), created: creationTimestamp };
  if (!isPod(object)) {
    const status = statusOf(object);
    return { ...shared, status, health: healthOf(status, false), pod: undefined };
  }
  const { status, ready, restarts, restartedAt } = podColumns(object);
  const shown = printable(status) || '-';
  const pod = { ready, restarts, restartedAt, node: text(object, 'spec', 'nodeName') ?? '-' };
  return { ...shared, status: shown, health: healthOf(shown, true), pod };
}

function isPod({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === 'v1' && kind === 'Pod';
}

function statusOf(object: KubernetesObject): string {
  if (object.metadata.deletionTimestamp !== undefined) return 'Terminating';
  return text(object, 'status', 'phase') ?? '-';
}

/** A field of a part of an object, if it is a text that is not empty: other resources may have anything there. */
function text(object: KubernetesObject, part: 'spec' | 'status', field: string): string | undefined {
  const parts = object as { readonly [name in typeof part]?: Readonly<Record<string, unknown>> | null };
  const value = parts[part]?.[field];
  return typeof value === 'string' && value !== '' ? printable(value) : undefined;
}
