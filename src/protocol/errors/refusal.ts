import type { KubeError } from './kube-error.ts';

/** Objects that no cache can hold, because they have no key: they are left out, and told of. */
export interface Refusal {
  /** The `KubeError` Malformed of the first of them: its place and what is wrong with it, never its content. */
  readonly error: KubeError;
  /** How many they are. */
  readonly count: number;
}
