import { KubeError } from '../../../protocol/errors/kube-error.ts';

/**
 * Does what a part of the cluster does by itself. What the server refuses is left as it is, as such a part does that has no one to
 * tell, and would try again: a turn of the scheduler that throws would end the process.
 */
export function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
  }
}
