import type { ControlPlane } from '../controlplane/control-plane.ts';
import type { Scene } from './scene.ts';

/** A fault, and the settings of its measurement. */
export interface RecoveryFault {
  /** For the log. */
  readonly title: string;
  /** The resource that is followed. Default `v1/configmaps`. */
  readonly resource?: string;
  /** The number of followed namespaces, each by an informer of its own. Default 1. */
  readonly namespaces?: number;
  /** Only the fault itself writes. Default: a heartbeat every 2 seconds. */
  readonly quiet?: true;
  /** It happens to the server, and so to everybody: nothing else is measured at the same time. */
  readonly disruptive?: true;
  /** The preparations before a consumer connects. */
  readonly arrange: (controlPlane: ControlPlane) => Promise<Arrangement>;
}

/** The preparations of a fault, and the fault itself. */
export interface Arrangement {
  /** For each consumer, what says to which loopback port its next connection goes. Default to the server's. */
  readonly ports?: () => () => number;
  readonly happen: (scene: Scene) => Promise<void>;
  /** Ends the parts that were started for it. */
  readonly end?: () => Promise<void>;
}

/** A fault for which nothing has to stand before. */
export function happens(happen: (scene: Scene) => Promise<void>): () => Promise<Arrangement> {
  return () => Promise.resolve({ happen });
}
