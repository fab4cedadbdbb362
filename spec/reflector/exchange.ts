import {
  type CacheEvent,
  type KubernetesObject,
  type ListOptions,
  type ListPage,
  metaNamespaceKey,
  type WatchFrame,
  type WatchOptions,
} from 'kuberx';

/** A request and its answer, with the virtual time of each part. Without an end it is open, or was aborted. */
export interface Exchange {
  readonly verb: 'list' | 'watch';
  readonly options: ListOptions & WatchOptions;
  readonly at: number;
  readonly parts: { readonly at: number; readonly value: ListPage<KubernetesObject> | WatchFrame<KubernetesObject> }[];
  end?: { readonly at: number; readonly error?: unknown };
}

/** What a reflector has to tell, and when. */
export interface Told {
  readonly at: number;
  readonly event: Extract<CacheEvent<KubernetesObject>, { resourceVersion: string }>;
}

const changeType = { ADDED: 'Added', MODIFIED: 'Updated', DELETED: 'Deleted' } as const;

/**
 * What a correct reflector tells of its answers, progress and failures left out: the least code that says it, with no
 * regard for what was asked.
 */
export function toldOf(exchanges: readonly Exchange[]): Told[] {
  const told: Told[] = [];
  let listed: KubernetesObject[] = [];
  for (const { verb, options, parts, end } of exchanges) {
    const isStale = (version: string): boolean => Number(version) < Number(options.resourceVersion ?? 0);
    if (verb === 'list') {
      // One object, to see whether a version is known: nothing is told of it.
      if (options.limit !== undefined && options.resourceVersion !== undefined) continue;
      if (options.continue === undefined) listed = [];
      for (const { value } of parts) {
        if (!('items' in value) || end === undefined || end.error !== undefined) continue;
        listed.push(...value.items);
        const { resourceVersion } = value;
        if (!value.continue && !isStale(resourceVersion))
          told.push({ at: end.at, event: { type: 'Replaced', objects: listed, resourceVersion } });
      }
      continue;
    }
    let initial = options.sendInitialEvents ? new Map<string, KubernetesObject>() : undefined;
    let version = options.resourceVersion ?? '';
    for (const { at, value } of parts) {
      if ('items' in value || value.type === 'OPEN' || value.type === 'ERROR') continue;
      if (!initial) version = value.resourceVersion ?? version;
      const resourceVersion = value.resourceVersion ?? version;
      if (value.type === 'BOOKMARK' || value.type === 'REFUSED') {
        if (!initial && value.resourceVersion) told.push({ at, event: { type: 'Bookmark', resourceVersion } });
        else if (initial && value.type === 'BOOKMARK' && value.initialEventsEnd) {
          if (isStale(resourceVersion)) break;
          told.push({ at, event: { type: 'Replaced', objects: [...initial.values()], resourceVersion } });
          initial = undefined;
          version = resourceVersion;
        }
      } else if (!initial) {
        told.push({ at, event: { type: changeType[value.type], object: value.object, resourceVersion } });
      } else if (value.type === 'DELETED') initial.delete(metaNamespaceKey(value.object));
      else initial.set(metaNamespaceKey(value.object), value.object);
    }
  }
  return told;
}
