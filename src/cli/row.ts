import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { printable } from './printable.ts';

/** What is shown of an object. */
export interface Row {
  /** Empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;
  /** `Terminating` once it is being deleted, `-` where the object has none. */
  readonly phase: string;
  /** The node of a pod, `-` where there is none. */
  readonly node: string;
  /** When it was created, as the server says it. */
  readonly created: string | undefined;
}

/** The row of an object, its texts safe for a terminal. Whatever else the object holds is not looked at. */
export function rowOf(object: KubernetesObject): Row {
  const { namespace = '', name, creationTimestamp, deletionTimestamp } = object.metadata;
  const phase = deletionTimestamp === undefined ? text(object, 'status', 'phase') : 'Terminating';
  return {
    namespace: printable(namespace),
    name: printable(name),
    phase: phase ?? '-',
    node: text(object, 'spec', 'nodeName') ?? '-',
    created: creationTimestamp,
  };
}

/** A field of a part of an object, if it is a text that is not empty: other resources may have anything there. */
function text(object: KubernetesObject, part: 'spec' | 'status', field: string): string | undefined {
  const parts = object as { readonly [name in typeof part]?: Readonly<Record<string, unknown>> | null };
  const value = parts[part]?.[field];
  return typeof value === 'string' && value !== '' ? printable(value) : undefined;
}
