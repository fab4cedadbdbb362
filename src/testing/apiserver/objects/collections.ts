import { map, type Observable, Subject } from 'rxjs';
import type { CacheChange } from '../../../serving/cache-change.ts';
import type { Revision } from '../../../serving/revision.ts';
import { ResourceVersions } from '../../../serving/resource-versions.ts';
import { refusal } from '../../../serving/failure-status.ts';
import { metadataFields, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { defaultHistorySize, WatchCache } from '../../../serving/watch-cache.ts';
import type { ApiResource } from '../discovery/api-resource.ts';
import { Catalog, isBuiltInGroup } from '../discovery/catalog.ts';
import { type CustomResource, declaredResource } from '../discovery/declared-resource.ts';
import { builtInScale } from '../requests/scale.ts';
import { notDeclared } from '../requests/refusals.ts';
import { type ResourceName, parseResourceName } from '../requests/resource-path.ts';
import { builtInFields, builtInHasGeneration } from './built-in-resources.ts';
import { Collection, type CollectionHooks, type ObjectOrigin } from './collection.ts';
import type { CustomResourceDefinitions } from '../lifecycle/custom-resource-definitions.ts';
import type { Namespaces } from '../lifecycle/namespaces.ts';

/** What {@link Collections} are made of. */
export interface CollectionsOptions {
  readonly origin: ObjectOrigin;
  /** By name: `example.io/v1/widgets`. */
  readonly resources?: Readonly<Record<string, CustomResource>>;
  readonly historySize?: number;
  /** Default: false. */
  readonly managedFields?: boolean;
}

/** All that was stored at a version. */
export interface Backup {
  readonly version: bigint;
  readonly states: ReadonlyMap<Collection, readonly Revision[]>;
}

/** A change, and where it happened. */
export interface StoredChange {
  readonly collection: Collection;
  readonly change: CacheChange;
}

/** The first version: well above 1, as in any cluster that has come up. */
const firstVersion = 100n;

/** All collections of a server, each made when it is first asked for; they share one counter of versions. */
export class Collections {
  readonly versions: ResourceVersions = new ResourceVersions(firstVersion);
  /** What is served. */
  readonly catalog: Catalog = new Catalog();
  readonly #options: CollectionsOptions;
  readonly #collections = new Map<string, Collection>();
  readonly #changes$ = new Subject<StoredChange>();
  /** What serves definitions; it is set before the first collection is made. */
  definitions: CustomResourceDefinitions | undefined;
  /** Since when resources have been there that were there before. */
  readonly #dropped = new Map<string, bigint>();
  /** What looks after namespaces, if anything does. It is set before the first collection is made. */
  namespaces: Namespaces | undefined;
  /** What is older is refused, by collections too that are yet to be made. */
  #floor: bigint = firstVersion;

  constructor(options: CollectionsOptions) {
    this.#options = options;
    for (const [name, declared] of Object.entries(options.resources ?? {})) this.#declare(name, declared);
  }

  /** Every change of every collection. Never completes. */
  get changes$(): Observable<StoredChange> {
    return this.#changes$;
  }

  /** The collections that there are; those that nobody has asked for are empty. */
  all(): readonly Collection[] {
    return [...this.#collections.values()];
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

  /** `undefined` of a resource that is not served, or not stored. */
  find(name: ResourceName): Collection | undefined {
    const words = resourceWords(name);
    const existing = this.#collections.get(words);
    if (existing !== undefined) return existing;
    const resource = this.catalog.get(name);
    if (resource?.storageVersionHash === undefined) return undefined;
    const collection = this.#made(resource, words);
    this.#collections.set(words, collection);
    collection.cache.changes$.pipe(map((change) => ({ collection, change }))).subscribe(this.#changes$);
    return collection;
  }

  /** Serves a resource no more: its watches end. */
  drop(name: ResourceName): void {
    const words = resourceWords(name);
    this.catalog.remove(name);
    const collection = this.#collections.get(words);
    this.#collections.delete(words);
    this.#dropped.set(words, this.versions.current);
    collection?.cache.restart();
  }

  /** @throws KubeError 404 of a resource that is not served. */
  of(name: ResourceName): Collection {
    const found = this.find(name);
    if (found === undefined) throw refusal(resourceWords(name), notDeclared());
    return found;
  }

  #declare(name: string, declared: CustomResource): void {
    const parsed = parseResourceName(name);
    if (isBuiltInGroup(parsed.group) && this.catalog.version(parsed.group, parsed.version) !== undefined) {
      throw new TypeError(`${JSON.stringify(name)} is of a group version that the server has of its own`);
    }
    this.catalog.add(declaredResource(parsed, declared));
  }

  #made(served: ApiResource, name: string): Collection {
    const { origin, resources = {}, historySize = defaultHistorySize } = this.#options;
    const { group, version, plural, kind, namespaced, subresources } = served;
    const builtIn = isBuiltInGroup(group);
    const custom = Object.hasOwn(resources, name) ? resources[name] : undefined;
    const defined = this.definitions?.traitsOf(name);
    const selectable = Object.fromEntries(
      [...(custom?.selectableFields ?? []), ...(defined?.selectableFields ?? [])].map((field) => [field, '']),
    );
    const resource: ServedResource = {
      group,
      version,
      plural,
      kind,
      builtIn,
      fields: builtInFields.get(name) ?? { ...metadataFields, ...selectable },
    };
    return new Collection(
      new WatchCache({ resource, versions: this.versions, floor: this.#dropped.get(name) ?? this.#floor, historySize }),
      {
        namespaced,
        hasGeneration: builtIn ? builtInHasGeneration(name) : true,
        scale: subresources.some((part) => part.name === 'scale') ? (defined?.scale ?? builtInScale) : undefined,
        managesFields: this.#options.managedFields ?? false,
        hasStatus: subresources.some((part) => part.name === 'status'),
      },
      origin,
      this.#hooks(name, namespaced),
    );
  }

  #hooks(name: string, namespaced: boolean): CollectionHooks {
    const { namespaces, definitions } = this;
    if (name === 'apiextensions.k8s.io/v1/customresourcedefinitions') return definitions?.hooks ?? {};
    if (namespaces === undefined) return {};
    if (name === 'v1/namespaces') return namespaces.hooks;
    return namespaced ? { checkNew: (...given) => namespaces.checkNew(...given) } : {};
  }
}
