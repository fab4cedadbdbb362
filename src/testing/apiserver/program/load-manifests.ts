import { KubeError } from '../../../protocol/errors/kube-error.ts';
import type { ApiServer } from '../api-server.ts';
import type { Manifest } from './manifests.ts';
import { ProgramError } from './program-error.ts';

/** What others need: a definition before its objects, a namespace before what is in it. */
const early = ['CustomResourceDefinition', 'Namespace'];

/**
 * Stores manifests: definitions first, then namespaces, then all others in their order.
 *
 * @throws ProgramError for what the server refuses, with the path.
 */
export function loadManifests(server: Pick<ApiServer, 'applyManifest'>, manifests: readonly Manifest[]): void {
  const rank = ({ object }: Manifest): number => {
    const index = early.indexOf(String(object['kind']));
    return index < 0 ? early.length : index;
  };
  for (const { path, object } of manifests.toSorted((a, b) => rank(a) - rank(b))) {
    try {
      server.applyManifest(object);
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      throw new ProgramError(`${path}: ${error.message}`);
    }
  }
}
