import { type Observable, Subject } from 'rxjs';
import type { CacheChange } from '../../../serving/cache-change.ts';
import { ConvertedCache } from '../../../serving/converted-cache.ts';
import type { Revision } from '../../../serving/revision.ts';
import { ResourceVersions } from '../../../serving/resource-versions.ts';
import { refusal } from '../../../serving/failure-status.ts';
import type { WrittenCache } from '../../../serving/served-cache.ts';
import { metadataFields, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { defaultHistorySize, WatchCache } from '../../../serving/watch-cache.ts';
import { builtInObjectType } from '../apply/built-in-types.ts';
import { schemaType } from '../apply/schema-type.ts';
import type { ApiResource } from '../discovery/api-resource.ts';
import { Catalog, isBuiltInGroup } from '../discovery/catalog.ts';
import { type CustomResource, declaredResource } from '../discovery/declared-resource.ts';
import type { Release } from '../discovery/release.ts';
import { storageVersionHash } from '../discovery/storage-version-hash.ts';
import { builtInScale } from '../requests/scale.ts';
import { notDeclared } from '../requests/refusals.ts';
import { type ResourceName, parseResourceName } from '../requests/resource-path.ts';
import { builtInFields, builtInHasGeneration } from './built-in-resources.ts';
import { Collection, type CollectionHooks, type ObjectOrigin } from './collection.ts';
import type { CustomResourceDefinitions } from '../definitions/custom-resource-definitions.ts';
import { builtInHooks } from '../defaults/built-in-hooks.ts';
import type { Namespaces } from '../lifecycle/namespaces.ts';
import { conversionBetween } from './conversions.ts';

/** What {@link Collections} are made of. */
export interface CollectionsOptions {
  readonly origin: ObjectOrigin;
  /** By name: `example.io/v1/widgets`. */
  readonly resources?: Readonly<Record<string, CustomResource>>;
  readonly historySize?: number;
  /** Default: false. */
  readonly managedFields?: boolean;
  /** Default: the newest. */
  readonly release?: Release;
  /** Default: false. */
  readonly defaults?: boolean;
}

/** The objects of one resource at a version. */
export interface StoredState {
  readonly resource: ApiResource;
  readonly revisions: readonly Revision[];
}

/** All that was stored at a version. */
export interface Backup {
  readonly version: bigint;
  readonly states: ReadonlyMap<string, StoredState>;
}

/** Where objects of one resource are. */
export interface StoredObjects {
  readonly cache: WatchCache;
  /** The collection of them as they are defined now: a definition may change, and its collections with it. */
  readonly latest: () => Collection;
}

/** A change, and where it happened. */
export interface StoredChange {
  readonly collection: Collection;
  readonly change: CacheChange;
  /** The collection as it is defined when it is asked for. */
  readonly latest: () => Collection;
}

/** The objects of one resource, in however many versions and groups they are served. */
interface Storage extends StoredObjects {
  /** In which form they are stored. */
  resource: ApiResource;
  /** By the names of what is served of them. */
  readonly collections: Map<string, Collection>;
  /** The one of them in the form in which they are stored, once it was asked for. */
  current: Collection | undefined;
}

/** The first version: well above 1, as in any cluster that has come up. */
const firstVersion = 100n;

/**
 * All collections of a server, each made when it is first asked for; they share one counter of versions. Those of one resource in
 * several versions or groups share their objects.
 */
export class Collections {
  readonly versions: ResourceVersions = new ResourceVersions(firstVersion);
  /** What is served. */
  readonly catalog: Catalog;
  readonly #options: CollectionsOptions;
  readonly #storages = new Map<string, Storage>();
  /** The collections by what is served of them, as long as that is defined as it is: every request and change asks for one. */
  #found = new WeakMap<ApiResource, Collection>();
  readonly #changes$ = new Subject<StoredChange>();
  readonly #reloaded$ = new Subject<void>();
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
    this.catalog = new Catalog(options.release);
    for (const [name, declared] of Object.entries(options.resources ?? {})) this.#declare(name, declared);
  }

  /** Every change of every resource, once, however it is served. Never completes. */
  get changes$(): Observable<StoredChange> {
    return this.#changes$;
  }

  /** Emits when everything was replaced, without changes. Never completes. */
  get reloaded$(): Observable<void> {
    return this.#reloaded$;
  }

  /** One collection for each resource that was asked for; those that nobody has asked for are empty. */
  all(): readonly Collection[] {
    return Array.from(this.#storages.values(), ({ latest }) => latest());
  }

  /** Where the objects of each resource are that was asked for. */
  sources(): readonly StoredObjects[] {
    return [...this.#storages.values()];
  }

  /** Forgets what was before a version. */
  compact(version: bigint): void {
    if (version > this.#floor) this.#floor = version;
    for (const { cache } of this.#storages.values()) cache.compact(version);
  }

  /** Starts anew, one version later, as the first writes of a restarted server make it: streams end. */
  restart(): void {
    this.versions.jump(this.versions.next);
    this.#floor = this.versions.current;
    for (const { cache } of this.#storages.values()) cache.restart();
  }

  /** Sets the counter; backwards, everything starts anew. */
  jump(to: bigint): void {
    const isBack = to < this.versions.current;
    this.versions.jump(to);
    if (!isBack) return;
    this.#floor = to;
    for (const { cache } of this.#storages.values()) cache.restore();
  }

  backUp(): Backup {
    const states = Array.from(
      this.#storages,
      ([key, { resource, cache }]) => [key, { resource, revisions: cache.ordered() }] as const,
    );
    return { version: this.versions.current, states: new Map(states) };
  }

  /** Goes back to a backup: everything starts anew, with the state and the version of then. */
  restore({ version, states }: Backup): void {
    this.versions.jump(version);
    this.#floor = version;
    for (const [key, { cache }] of this.#storages) cache.load(states.get(key)?.revisions ?? []);
    // What is defined has changed without a word.
    this.definitions?.resume();
    for (const [key, { resource, revisions }] of states) {
      if (!this.#storages.has(key)) this.#storage(resource).cache.load(revisions);
    }
    this.#reloaded$.next();
  }

  /** `undefined` of a resource that is not served, or not stored. */
  find(name: ResourceName): Collection | undefined {
    const resource = this.catalog.get(name);
    return resource?.storageVersionHash === undefined ? undefined : this.#collection(resource);
  }

  /** The collection of a resource as it is stored, served or not. */
  stored(resource: ApiResource): Collection {
    return this.#collection(resource);
  }

  /** Takes requests for a resource as it is defined now. Its watches go on. */
  redefine(resource: ApiResource): void {
    const storage = this.#storages.get(storageKey(resource));
    if (storage === undefined) return;
    storage.resource = resource;
    storage.collections.clear();
    storage.current = undefined;
    this.#found = new WeakMap();
  }

  /** Reads the objects of a resource anew, in other versions or by another schema: its watches end. */
  reread(resource: ApiResource): void {
    this.redefine(resource);
    this.#storages.get(storageKey(resource))?.cache.restart();
  }

  /** Forgets the objects of a resource: its watches end. */
  drop(resource: ApiResource): void {
    const key = storageKey(resource);
    const storage = this.#storages.get(key);
    this.#storages.delete(key);
    this.#found = new WeakMap();
    this.#dropped.set(key, this.versions.current);
    storage?.cache.restart();
    // What is still there goes without a word.
    if ((storage?.cache.size ?? 0) > 0) this.#reloaded$.next();
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

  #storage(served: ApiResource): Storage {
    const key = storageKey(served);
    const existing = this.#storages.get(key);
    if (existing !== undefined) return existing;
    const resource = this.#storedAs(served);
    const { historySize = defaultHistorySize } = this.#options;
    const floor = this.#dropped.get(key) ?? this.#floor;
    const cache = new WatchCache({ resource: this.#served(resource), versions: this.versions, floor, historySize });
    const latest = (): Collection => (storage.current ??= this.#collectionIn(storage, storage.resource));
    const storage: Storage = { cache, latest, resource, collections: new Map(), current: undefined };
    this.#storages.set(key, storage);
    cache.changes$.subscribe({
      next: (change) => this.#changes$.next({ collection: latest(), change, latest }),
      error: (error: unknown) => {
        throw error;
      },
    });
    return storage;
  }

  /** In which version and group the objects of a resource are stored. */
  #storedAs(served: ApiResource): ApiResource {
    const { group, kind, storageVersionHash: hash } = served;
    if (!isBuiltInGroup(group)) return this.definitions?.find(resourceWords(served))?.storedAs ?? served;
    const isStored = (each: ApiResource): boolean => storageVersionHash(each.group, each.version, kind) === hash;
    const all = this.catalog.groups().flatMap(({ versions }) => versions.flatMap(({ resources }) => resources));
    return isStored(served) ? served : (all.find((each) => each.plural === served.plural && isStored(each)) ?? served);
  }

  #served({ group, version, plural, kind }: ApiResource): ServedResource {
    const name = resourceWords({ group, version, plural });
    const { resources = {} } = this.#options;
    const custom = Object.hasOwn(resources, name) ? resources[name] : undefined;
    const fields = [...(custom?.selectableFields ?? []), ...(this.definitions?.find(name)?.selectableFields ?? [])];
    const selectable = Object.fromEntries(fields.map((field) => [field, '']));
    return {
      group,
      version,
      plural,
      kind,
      builtIn: isBuiltInGroup(group),
      fields: builtInFields.get(name) ?? { ...metadataFields, ...selectable },
    };
  }

  #collection(served: ApiResource): Collection {
    const found = this.#found.get(served);
    if (found !== undefined) return found;
    const collection = this.#collectionIn(this.#storage(served), served);
    this.#found.set(served, collection);
    return collection;
  }

  #collectionIn(storage: Storage, served: ApiResource): Collection {
    const name = resourceWords(served);
    const existing = storage.collections.get(name);
    if (existing !== undefined) return existing;
    const { namespaced, subresources } = served;
    const defined = this.definitions?.find(name);
    const resource = this.#served(served);
    const hasPart = (part: string): boolean => subresources.some((each) => each.name === part);
    const traits = {
      namespaced,
      hasGeneration: resource.builtIn ? builtInHasGeneration(name) : true,
      scale: hasPart('scale') ? (defined?.scale ?? builtInScale) : undefined,
      managesFields: this.#options.managedFields ?? false,
      type: resource.builtIn
        ? builtInObjectType(resource.group, resource.version, resource.kind)
        : (defined?.type ?? schemaType({ 'x-kubernetes-preserve-unknown-fields': true })),
      hasStatus: hasPart('status'),
    };
    const hooks = this.#hooks(name, namespaced, resource, storage);
    const cache = this.#cache(storage, resource);
    const collection = new Collection(cache, traits, this.#options.origin, hooks);
    storage.collections.set(name, collection);
    return collection;
  }

  #cache({ cache, resource: stored }: Storage, resource: ServedResource): WrittenCache {
    const name = resourceWords(resource);
    const defined = this.definitions?.find(name);
    const conversion = conversionBetween(stored, resource, defined?.read);
    return conversion === undefined ? cache : new ConvertedCache(cache, resource, conversion);
  }

  #hooks(name: string, namespaced: boolean, resource: ServedResource, { cache }: Storage): CollectionHooks {
    const { namespaces, definitions } = this;
    if (name === 'apiextensions.k8s.io/v1/customresourcedefinitions') return definitions?.hooks ?? {};
    const { defaults = false, origin } = this.#options;
    const isFilled = defaults && resource.builtIn;
    const own = isFilled ? builtInHooks(resource, origin, () => cache.ordered().map(({ object }) => object)) : {};
    if (name === 'v1/namespaces') return { ...own, ...namespaces?.hooks };
    const defined = definitions?.find(name)?.hooks ?? own;
    if (namespaces === undefined || !namespaced) return defined;
    return {
      ...defined,
      checkNew: (served, object, namespace) => {
        if (namespace !== undefined) namespaces.checkNew(served, object, namespace);
        defined.checkNew?.(served, object, namespace);
      },
    };
  }
}

/** Resources of a group share their objects; built-in ones even with other groups. */
/** Under which key the objects of a resource are stored, in whatever versions it is served. */
export function storageKey({ group, plural, storageVersionHash: hash }: ApiResource): string {
  return isBuiltInGroup(group) ? `${plural} ${hash ?? ''}` : `${plural}.${group}`;
}
