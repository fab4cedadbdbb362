import type { Revision } from '../../../serving/revision.ts';
import { ResourceVersions } from '../../../serving/resource-versions.ts';
import { metadataFields, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { defaultHistorySize, WatchCache } from '../../../serving/watch-cache.ts';
import { builtInFields, builtInResources } from './built-in-resources.ts';
import { Collection, type ObjectOrigin } from './collection.ts';
import type { ResourcePath } from '../requests/resource-path.ts';

/** What a server is told of a resource that is not built in. */
export interface CustomResource {
  /** Default: the kind of its first object, and until there is one, a guess from the plural. */
  readonly kind?: string;
  /** Which fields can be selected by, beside `metadata.name` and `metadata.namespace`. */
  readonly selectableFields?: readonly string[];
  /** Whether status is written through `/status` only. Default: true. */
  readonly status?: boolean;
}

/** What {@link Collections} are made of. */
export interface CollectionsOptions {
  readonly origin: ObjectOrigin;
  /** By name: `example.io/v1/widgets`. */
  readonly resources?: Readonly<Record<string, CustomResource>>;
  readonly historySize?: number;
}

/** All that was stored at a version. */
export interface Backup {
  readonly version: bigint;
  readonly states: ReadonlyMap<Collection, readonly Revision[]>;
}

/** The first version: well above 1, as in any cluster that has come up. */
const firstVersion = 100n;

function guessedKind(plural: string): string {
  const singular = plural
    .replace(/ies$/, 'y')
    .replace(/(s|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}

/** All collections of a server, each made when it is first asked for; they share one counter of versions. */
export class Collections {
  readonly versions: ResourceVersions = new ResourceVersions(firstVersion);
  readonly #options: CollectionsOptions;
  readonly #collections = new Map<string, Collection>();
  /** What is older is refused, by collections too that are yet to be made. */
  #floor: bigint = firstVersion;

  constructor(options: CollectionsOptions) {
    this.#options = options;
  }

  /** Forgets what was before a version. */
  compact(version: bigint): void {
    if (version > this.#floor) this.#floor = version;
    for (const { cache } of this.#collections.values()) cache.compact(version);
  }

  /** Starts anew, one version later, as the first writes of a restarted server make it: streams end. */
  restart(): void {
    this.versions.jump(this.versions.next);
    this.#floor = this.versions.current;
    for (const { cache } of this.#collections.values()) cache.restart();
  }

  /** Sets the counter; backwards, everything starts anew. */
  jump(to: bigint): void {
    const isBack = to < this.versions.current;
    this.versions.jump(to);
    if (!isBack) return;
    this.#floor = to;
    for (const { cache } of this.#collections.values()) cache.restore();
  }

  backUp(): Backup {
    const states = Array.from(this.#collections.values(), (each) => [each, each.cache.ordered()] as const);
    return { version: this.versions.current, states: new Map(states) };
  }

  /** Goes back to a backup: everything starts anew, with the state and the version of then. */
  restore({ version, states }: Backup): void {
    this.versions.jump(version);
    this.#floor = version;
    for (const collection of this.#collections.values()) collection.cache.load(states.get(collection) ?? []);
  }

  of(path: Pick<ResourcePath, 'group' | 'version' | 'plural'>): Collection {
    const name = resourceWords(path);
    const existing = this.#collections.get(name);
    if (existing !== undefined) return existing;
    const collection = this.#made(path, name);
    this.#collections.set(name, collection);
    return collection;
  }

  #made({ group, version, plural }: Pick<ResourcePath, 'group' | 'version' | 'plural'>, name: string): Collection {
    const { origin, resources = {}, historySize = defaultHistorySize } = this.#options;
    const rules = builtInResources.get(name);
    const custom = Object.hasOwn(resources, name) ? resources[name] : undefined;
    const selectable = Object.fromEntries((custom?.selectableFields ?? []).map((field) => [field, '']));
    const resource: ServedResource = {
      group,
      version,
      plural,
      kind: rules?.kind ?? custom?.kind ?? guessedKind(plural),
      builtIn: rules !== undefined,
      fields: builtInFields.get(name) ?? { ...metadataFields, ...selectable },
    };
    return new Collection(
      new WatchCache({ resource, versions: this.versions, floor: this.#floor, historySize }),
      {
        namespaced: rules?.namespaced,
        hasGeneration: rules?.hasGeneration ?? true,
        hasStatus: rules?.hasStatus ?? custom?.status ?? true,
        learnsKind: rules === undefined && custom?.kind === undefined,
      },
      origin,
    );
  }
}
