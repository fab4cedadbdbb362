import type { KubernetesObject } from '#src/protocol/objects/kubernetes-object.ts';
import { parseCollectionQuery, type CollectionQuery } from '#src/serving/collection-query.ts';
import { ResourceVersions } from '#src/serving/resource-versions.ts';
import { metadataFields, type ServedResource } from '#src/serving/served-resource.ts';
import { WatchCache } from '#src/serving/watch-cache.ts';

export const configMaps: ServedResource = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  builtIn: true,
  fields: metadataFields,
};

/** A cache of ConfigMaps whose counter is at 100, and the writes that specs make to it. */
export class ConfigMaps {
  readonly cache: WatchCache;

  constructor(historySize?: number) {
    const versions = new ResourceVersions(100n);
    this.cache = new WatchCache({ resource: configMaps, versions, ...(historySize !== undefined && { historySize }) });
  }

  /** Sets an object by its key, `namespace/name`. */
  put(key: string, labels: Record<string, string> = {}): KubernetesObject {
    const [namespace = '', name = ''] = key.split('/');
    const resourceVersion = String(this.cache.versions.next);
    const metadata = { name, namespace, resourceVersion, labels };
    return this.cache.put({ kind: 'ConfigMap', apiVersion: 'v1', metadata }).object;
  }

  remove(key: string): void {
    this.cache.remove(key, this.cache.versions.next);
  }

  query(parameters: string, namespace?: string): CollectionQuery {
    return parseCollectionQuery(configMaps, namespace, new URLSearchParams(parameters));
  }
}

/** What the events of a stream say in short: type, name and version. */
export function inShort(line: string): string {
  const { type, object } = JSON.parse(line) as {
    type: string;
    object: { metadata: Partial<KubernetesObject['metadata']>; code?: number };
  };
  const { annotations, resourceVersion = '', name = '' } = object.metadata;
  if (type === 'BOOKMARK') return `${annotations ? 'MARKER' : type} ${resourceVersion}`;
  return type === 'ERROR' ? `ERROR ${String(object.code)}` : `${type} ${name} ${resourceVersion}`;
}
