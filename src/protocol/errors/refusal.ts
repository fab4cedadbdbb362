import type { KubeError } from './kube-error.ts';

/** Objects that were left out because no cache can hold them: they have no key. */
export interface Refusal {
  /** The `KubeError` Malformed of the first one: its place and what is wrong with it, never its content. */
  readonly error: KubeError;
  /** How many objects were left out. */
  readonly count: number;
}
