import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { Status } from '../../../protocol/errors/status.ts';
import { badRequest, type FieldFault, failureStatus, invalid, refusal } from '../../../serving/failure-status.ts';
import type { Revision } from '../../../serving/revision.ts';
import type { WrittenCache } from '../../../serving/served-cache.ts';
import { resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import type { ValueType } from '../apply/value-type.ts';
import { generateName } from '../../../protocol/objects/generate-name.ts';
import { DecodeFault, decodedObject } from './decoded-object.ts';
import { isTooDeep } from './json-depth.ts';
import type { JsonObject } from './json-object.ts';
import {
  checkIdentity,
  checkNamespace,
  checkPreconditions,
  isNoVersion,
  type Preconditions,
  typeFault,
} from './object-checks.ts';
import { changeFaults, creationFaults } from './object-faults.ts';
import { changesGeneration, givenMetadata, storedObject, type SystemMetadata, systemMetadata } from './object-rules.ts';
import type { ScalePaths } from '../requests/scale.ts';
import { alreadyExists, methodNotAllowed, notFound, tooDeep } from '../requests/refusals.ts';

/** Where the values come from that a server makes up. */
export interface ObjectOrigin {
  /** RFC 3339, in seconds. */
  readonly timestamp: () => string;
  readonly uid: () => string;
  readonly random: () => number;
}

/** What is known of a collection's resource beside its names. */
export interface CollectionTraits {
  readonly namespaced: boolean;
  readonly hasGeneration: boolean;
  readonly hasStatus: boolean;
  /** What belongs to whom is kept of every object, not only of those that were applied. */
  readonly managesFields: boolean;
  /** How the parts of its objects belong to managers. */
  readonly type: ValueType;
  /** Where its objects have what `/scale` tells; absent where there is no such part. */
  readonly scale?: ScalePaths | undefined;
}

/** A write whose content is checked. */
export interface CheckedWrite {
  readonly name: string;
  /** What is stored; absent for a new object. */
  readonly current?: KubernetesObject;
  /** Only the status is written. */
  readonly ofStatus: boolean;
}

/** What others have to say of the objects of a collection. */
export interface CollectionHooks {
  /** Reads an object as it is sent; throws what refuses it. */
  readonly read?: (content: JsonObject, isApplied?: boolean) => JsonObject;
  /** The fields of an object that is sent which it may not have, and which are left out. */
  readonly unknown?: (content: JsonObject) => readonly string[];
  /** Refuses a new object by throwing. */
  readonly checkNew?: (resource: ServedResource, name: string, namespace: string | undefined) => void;
  /** What a new object is stored as; `uid`: the one that it gets. */
  readonly created?: (content: JsonObject, name: string, uid: () => string) => JsonObject;
  /** What an object is stored as that was there before. */
  readonly changed?: (content: JsonObject, current: KubernetesObject) => JsonObject;
  /** What is wrong with the content of an object, beside what is wrong with that of any. */
  readonly faults?: (content: JsonObject, write: CheckedWrite) => readonly FieldFault[];
  /** What the client who writes an object is warned of. */
  readonly warnings?: (content: JsonObject) => readonly string[];
  /** Finalizers that an object gets when it is deleted for the first time. */
  readonly deletionFinalizers?: readonly string[];
  /** Refuses a deletion by throwing. */
  readonly checkDeletion?: (name: string) => void;
  /** What an object becomes that is to go, and is held; absent: nothing but its metadata changes. */
  readonly terminating?: (content: JsonObject) => JsonObject;
  /** Whether nothing holds an object. Default: no finalizer does. */
  readonly isReleased?: (object: KubernetesObject) => boolean;
}

/** What a deletion may ask for. */
export interface DeleteOptions {
  readonly preconditions?: Preconditions;
  readonly propagationPolicy?: string;
}

/** How a change is to be taken. */
export interface ChangeOptions {
  /** The object has to name the version it replaces, as a whole custom object has to. */
  readonly requiresVersion?: boolean;
  /** The object is what a patch made of the stored one, hence of the same uid. Default: false. */
  readonly isPatched?: boolean;
  /** The object is what an apply made: its nulls are kept. Default: false. */
  readonly isApplied?: boolean;
  /** Of the status, which counts for no generation. Default: false. */
  readonly ofStatus?: boolean;
  /** Answer, but store nothing: under the stored version, of a new object under none. */
  readonly dryRun?: boolean;
  /**
   * What is stored of an object that was read, of what was there before: with what belongs to whom. `before` is `undefined` for a
   * new object. Default: as it is.
   */
  readonly manage?: (before: JsonObject | undefined, after: JsonObject) => JsonObject;
}

/** How often a generated name is made anew when it is taken. Source: apiserver `registry/generic/registry/store.go`. */
const nameAttempts = 8;

const finalizerByPolicy: Readonly<Record<string, string>> = { Foreground: 'foregroundDeletion', Orphan: 'orphan' };

/** The objects of one resource, written by the rules of the API. Every refusal is a KubeError with the server's Status. */
export class Collection {
  readonly cache: WrittenCache;
  readonly traits: CollectionTraits;
  readonly #origin: ObjectOrigin;
  readonly #hooks: CollectionHooks;

  constructor(cache: WrittenCache, traits: CollectionTraits, origin: ObjectOrigin, hooks: CollectionHooks = {}) {
    this.cache = cache;
    this.traits = traits;
    this.#origin = origin;
    this.#hooks = hooks;
  }

  get resource(): ServedResource {
    return this.cache.resource;
  }

  /** The time that objects are stamped with. */
  timestamp(): string {
    return this.#origin.timestamp();
  }

  /** The fields of an object that is sent which are left out: `spec.list[0].field`, in their order. */
  unknownFields(content: JsonObject): readonly string[] {
    return this.#hooks.unknown?.(content) ?? [];
  }

  /** What the client who has written an object is warned of. */
  warnings(object: KubernetesObject): readonly string[] {
    return this.#hooks.warnings?.({ ...object }) ?? [];
  }

  has(namespace: string | undefined, name: string): boolean {
    return this.cache.get(keyOf(namespace, name)) !== undefined;
  }

  /** @throws KubeError 404. */
  get(namespace: string | undefined, name: string): Revision {
    return this.cache.get(keyOf(namespace, name)) ?? this.#refuse(notFound(this.resource, name));
  }

  /**
   * Stores a new object under a new uid and version; takes the content over, which must not be changed any more. Of a dry
   * run nothing is stored, and the object has no version.
   *
   * @throws KubeError 400, 405, 409, 422, or 500 where the object names a version.
   */
  create(
    namespace: string | undefined,
    whole: JsonObject,
    { dryRun = false, isApplied = false, manage = (_before, after) => after }: ChangeOptions = {},
  ): KubernetesObject {
    const { resource } = this;
    const read = manage(undefined, this.#decoded(resource, whole, isApplied));
    if (this.traits.namespaced !== (namespace !== undefined)) this.#refuse(methodNotAllowed());
    const given = givenMetadata(read);
    if (!isNoVersion(given['resourceVersion'])) {
      this.#refuse(failureStatus(500, undefined, 'resourceVersion should not be set on objects to be created'));
    }
    checkNamespace(this.resource, given, namespace);
    const name = this.#newName(given, namespace);
    this.#hooks.checkNew?.(resource, name, namespace);
    let id: string | undefined;
    const uid = (): string => (id ??= this.#origin.uid());
    const content = this.#hooks.created?.(read, name, uid) ?? read;
    this.#refuseFaults(name, [
      ...creationFaults(resource, content, name),
      ...(this.#hooks.faults?.(content, { name, ofStatus: false }) ?? []),
    ]);
    if (this.cache.get(keyOf(namespace, name)) !== undefined) this.#refuse(alreadyExists(resource, name));
    const { generation } = given;
    const system: SystemMetadata = {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: uid(),
      ...(!dryRun && { resourceVersion: String(this.cache.versions.next) }),
      ...(this.traits.hasGeneration ? { generation: 1 } : typeof generation === 'number' && { generation }),
      creationTimestamp: this.#origin.timestamp(),
    };
    const object = storedObject(resource, content, system);
    return dryRun ? object : this.cache.put(object).object;
  }

  /**
   * Replaces an object by what `edit` makes of it. A change that changes nothing keeps the version and is not told. An
   * object that was waiting for its last finalizer goes.
   *
   * @throws KubeError 400, 404, 409, 422.
   */
  update(
    namespace: string | undefined,
    name: string,
    edit: (current: KubernetesObject) => JsonObject,
    options: ChangeOptions = {},
  ): KubernetesObject {
    const { requiresVersion = false, isPatched = false, ofStatus = false, dryRun = false } = options;
    const { object: current, key } = this.get(namespace, name);
    const edited = edit(current);
    // A patch makes more of it than its body showed.
    if (isTooDeep(edited)) this.#refuse(tooDeep());
    const decoded = this.#decoded(this.resource, edited, options.isApplied);
    const read = options.manage?.({ ...current }, decoded) ?? decoded;
    checkIdentity(this.resource, givenMetadata(read), current, { requiresVersion, uidIsPrecondition: !isPatched });
    const content = this.#hooks.changed?.(read, current) ?? read;
    this.#refuseFaults(name, [
      ...changeFaults(this.resource, content, current),
      ...(this.#hooks.faults?.(content, { name, current, ofStatus }) ?? []),
    ]);
    const system = systemMetadata(current);
    const unstamped = storedObject(this.resource, content, system);
    if (isDeepStrictEqual(unstamped, current)) return current;
    const { generation, deletionTimestamp } = system;
    if (deletionTimestamp !== undefined && this.#isReleased(unstamped)) {
      if (!dryRun) this.cache.remove(key, this.cache.versions.next);
      return unstamped;
    }
    const counts =
      !ofStatus && this.traits.hasGeneration && changesGeneration({ ...current }, { ...unstamped }, this.resource);
    const object = storedObject(this.resource, content, {
      ...system,
      ...(!dryRun && { resourceVersion: String(this.cache.versions.next) }),
      ...(counts && { generation: (generation ?? 0) + 1 }),
    });
    return dryRun ? object : this.cache.put(object).object;
  }

  /**
   * Removes an object, or, while finalizers hold it, marks it as terminating. Returns it as it was last, and whether it
   * is gone. Grace periods are not waited for.
   *
   * @throws KubeError 404, 409, 422.
   */
  delete(
    namespace: string | undefined,
    name: string,
    { preconditions, propagationPolicy }: DeleteOptions = {},
    { dryRun = false }: ChangeOptions = {},
  ): { readonly object: KubernetesObject; readonly gone: boolean } {
    const { object, key } = this.get(namespace, name);
    const { generation, deletionTimestamp } = object.metadata;
    checkPreconditions(this.resource, object, preconditions);
    this.#hooks.checkDeletion?.(name);
    const added = finalizerByPolicy[propagationPolicy ?? 'Background'];
    const held = object.metadata.finalizers ?? [];
    const own = deletionTimestamp === undefined ? (this.#hooks.deletionFinalizers ?? []) : [];
    const finalizers = [...new Set([...held, ...own, ...(added === undefined ? [] : [added])])];
    if (this.#isReleased({ ...object, metadata: { ...object.metadata, finalizers } })) {
      if (!dryRun) this.cache.remove(key, this.cache.versions.next);
      return { object, gone: true };
    }
    if (deletionTimestamp !== undefined) return { object, gone: false };
    const marked = { ...object, metadata: { ...object.metadata, finalizers } };
    const terminating = storedObject(this.resource, this.#hooks.terminating?.(marked) ?? marked, {
      ...systemMetadata(object),
      ...(!dryRun && { resourceVersion: String(this.cache.versions.next) }),
      ...(generation !== undefined && { generation: generation + 1 }),
      deletionTimestamp: this.#origin.timestamp(),
      ...(this.#hooks.terminating === undefined && { deletionGracePeriodSeconds: 0 }),
    });
    return { object: dryRun ? terminating : this.cache.put(terminating).object, gone: false };
  }

  #isReleased(object: KubernetesObject): boolean {
    return this.#hooks.isReleased?.(object) ?? (object.metadata.finalizers ?? []).length === 0;
  }

  #refuse(status: Status): never {
    throw refusal(resourceWords(this.resource), status);
  }

  #refuseFaults(name: string, faults: readonly FieldFault[]): void {
    if (faults.length > 0) this.#refuse(invalid(qualifiedKind(this.resource), name, faults));
  }

  #decoded(resource: ServedResource, content: JsonObject, isApplied = false): JsonObject {
    const fault = typeFault(resource, content);
    if (fault !== undefined) this.#refuse(badRequest(fault));
    try {
      const decoded = decodedObject(resource, content);
      return this.#hooks.read?.(decoded, isApplied) ?? decoded;
    } catch (error) {
      if (!(error instanceof DecodeFault)) throw error;
      const { kind, version } = resource;
      const text = `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${error.message}`;
      return this.#refuse(badRequest(text));
    }
  }

  #newName(given: JsonObject, namespace: string | undefined): string {
    const { name, generateName: base } = given;
    if (typeof name === 'string') return name;
    if (typeof base !== 'string') {
      const message = 'Required value: name or generateName is required';
      const fault = { reason: 'FieldValueRequired', field: 'metadata.name', message } as const;
      return this.#refuse(invalid(qualifiedKind(this.resource), '', [fault]));
    }
    let generated = '';
    for (let attempt = 0; attempt < nameAttempts; attempt++) {
      generated = generateName(base, this.#origin.random);
      if (this.cache.get(keyOf(namespace, generated)) === undefined) return generated;
    }
    return generated;
  }
}

function qualifiedKind({ kind, group }: ServedResource): string {
  return group === '' ? kind : `${kind}.${group}`;
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
