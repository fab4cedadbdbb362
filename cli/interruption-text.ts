import { type Interrupted, printable } from 'kuberx';

/** A failure in one line: `watching v1/pods: connect ECONNREFUSED 127.0.0.1:6443 (ConnectionRefused)`. */
export function interruptionText({ phase, error }: Pick<Interrupted, 'phase' | 'error'>): string {
  return `${phase} ${printable(error.message)} (${error.reason})`;
}
