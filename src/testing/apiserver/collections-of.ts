import { randomUUID } from 'node:crypto';
import type { ApiServerOptions } from './api-server-options.ts';
import { CustomResourceDefinitions } from './definitions/custom-resource-definitions.ts';
import type { Release } from './discovery/release.ts';
import { GarbageCollector } from './lifecycle/garbage-collector.ts';
import { Namespaces } from './lifecycle/namespaces.ts';
import { Collections } from './objects/collections.ts';
import { timestamps } from './objects/timestamps.ts';
import { uuidsFrom } from './objects/uuids-from.ts';

/** The options that decide about what is stored. */
export interface StoringOptions extends Pick<
  ApiServerOptions,
  | 'resources'
  | 'historySize'
  | 'managedFields'
  | 'defaults'
  | 'namespaces'
  | 'garbageCollection'
  | 'scheduler'
  | 'random'
> {
  readonly release: Release;
  readonly now: () => number;
}

/** Makes the collections of a server, and what looks after them. */
export function collectionsOf(options: StoringOptions): Collections {
  const {
    release,
    now,
    historySize,
    managedFields = false,
    defaults = false,
    resources = {},
    scheduler,
    random,
  } = options;
  const collections = new Collections({
    origin: {
      timestamp: timestamps(now),
      uid: random === undefined ? randomUUID : uuidsFrom(random),
      random: random ?? Math.random,
    },
    resources,
    release,
    managedFields,
    defaults,
    ...(historySize !== undefined && { historySize }),
  });
  collections.definitions = new CustomResourceDefinitions(collections, scheduler);
  collections.definitions.start();
  if (options.namespaces === true) {
    collections.namespaces = new Namespaces(collections, scheduler);
    collections.namespaces.start();
  }
  if (options.garbageCollection === true) new GarbageCollector(collections, scheduler).start();
  return collections;
}
