import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';

/** Objects that a page was rendered with, as JSON: what `dehydrate` returns and `KubeProvider` takes as `hydrate`. */
export interface Dehydrated {
  /** The version of this format. */
  readonly kuberx: 1;
  readonly sources: readonly DehydratedSource[];
  /** What was not taken along; the page lists it by itself. */
  readonly left: readonly {
    readonly resource: string;
    readonly reason: 'secret' | 'too many objects' | 'no version' | 'not synced';
  }[];
}

/** The objects of one resource and scope. */
export interface DehydratedSource {
  /** What tells it from others. */
  readonly name: string;
  /** When the state was up to date, in milliseconds since 1970. */
  readonly asOf: number;
  readonly stale: boolean;
  /** True where components that did not wait were rendered before there was a state. */
  readonly isLate: boolean;
  readonly denied: readonly string[];
  readonly parts: readonly DehydratedPart[];
}

/** The objects of one namespace, or of all, and the version that they are watched from. */
export interface DehydratedPart {
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
  readonly resourceVersion: string;
}
