import { createHash } from 'node:crypto';
import type { ObjectOf } from 'kuberx';

export type ConfigMap = ObjectOf<'v1/configmaps'>;

const suffix = '.sha256';
const keyOf = ({ metadata: { namespace = '', name } }: ConfigMap): string => `${namespace}/${name}`;

function sha256({ data = {}, binaryData = {} }: ConfigMap): string {
  const content = JSON.stringify([data, binaryData].map((part) => Object.entries(part).sort()));
  return createHash('sha256').update(content).digest('hex');
}

/** What is wrong with the digests among ConfigMaps, in words: nothing, once the controller has done its work. */
export function faultsOf(configMaps: readonly ConfigMap[]): string[] {
  const byKey = new Map(configMaps.map((configMap) => [keyOf(configMap), configMap]));
  const wanted = (key: string): ConfigMap | undefined => {
    const source = byKey.get(key);
    return source?.metadata.labels?.['digest'] === 'wanted' ? source : undefined;
  };
  return [...byKey].flatMap(([key, configMap]) => {
    if (key.endsWith(suffix)) {
      const isOwned = configMap.metadata.ownerReferences?.some(
        ({ controller, kind }) => controller && kind === 'ConfigMap',
      );
      return isOwned && !wanted(key.slice(0, -suffix.length)) ? [`${key} is left over`] : [];
    }
    if (!wanted(key)) return [];
    const digest = byKey.get(key + suffix);
    const owner = digest?.metadata.ownerReferences?.find(({ controller }) => controller);
    if (!digest) return [`${key} has no digest`];
    if (owner?.uid !== configMap.metadata.uid) return [`the digest of ${key} is not its own`];
    return digest.data?.['sha256'] === sha256(configMap) ? [] : [`the digest of ${key} is wrong`];
  });
}
