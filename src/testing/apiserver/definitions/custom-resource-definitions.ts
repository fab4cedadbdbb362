import { isDeepStrictEqual } from 'node:util';
import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { resourceWords } from '../../../serving/served-resource.ts';
import type { CheckedWrite, Collection, CollectionHooks } from '../objects/collection.ts';
import type { Collections } from '../objects/collections.ts';
import type { JsonObject } from '../objects/json-object.ts';
import { givenMetadata } from '../objects/object-rules.ts';
import { attempt } from '../lifecycle/attempt.ts';
import { ruleWarnings } from '../rules/rule-faults.ts';
import { type Acceptance, acceptNames, noNames, takenNames } from './accepted-names.ts';
import { type Condition, isTrue, withCondition } from './conditions.ts';
import { type DefinedResource, definedResources } from './defined-resource.ts';
import { decodedDefinition, type Definition, definitionOf, storageVersion } from './definition.ts';
import { definitionChangeFaults, definitionFaults, storedVersionFaults } from './definition-faults.ts';
import { ajvPackage } from '../schema/schema-validator.ts';

const definitions = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions' };

/** Holds a definition until its objects are gone. Source: apiextensions-apiserver `apis/apiextensions/v1/types.go`. */
const cleanup = 'customresourcecleanup.apiextensions.k8s.io';

const deletionPending: Condition = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionPending',
  message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
};
const deletionInProgress: Condition = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionInProgress',
  message: 'CustomResource deletion is in progress',
};

/** A definition that is there, as it is served. */
interface Served {
  readonly definition: Definition;
  readonly acceptance: Acceptance;
  readonly isEstablished: boolean;
  readonly isTerminating: boolean;
  readonly resources: readonly DefinedResource[];
}

function isTerminating({ metadata }: KubernetesObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function statusOf(object: object): JsonObject {
  return (object as { readonly status?: JsonObject }).status ?? {};
}

function storedVersions(object: object): readonly string[] {
  return (statusOf(object)['storedVersions'] ?? []) as readonly string[];
}

/** What `NamesAccepted` and `Established` are of a definition. */
function conditionsOf({ acceptance: { conflict }, isEstablished }: Served): readonly Condition[] {
  const accepted = { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  const message = isEstablished ? 'the initial names have been accepted' : 'not all names are accepted';
  return [
    conflict === undefined ? accepted : { type: 'NamesAccepted', status: 'False', ...conflict },
    {
      type: 'Established',
      status: isEstablished ? 'True' : 'False',
      reason: isEstablished ? 'InitialNamesAccepted' : 'NotAccepted',
      message,
    },
  ];
}

/**
 * Serves what CustomResourceDefinitions define, for as long as they are there: each served version, with its schema, the parts
 * status and scale, short names, categories and selectable fields. A definition is served at once, if nobody else in its group
 * has its names, and says so in its status a turn of the scheduler later. One that changes ends the watches of its objects; one
 * that is deleted goes with its objects.
 *
 * Rules of `x-kubernetes-validations` are evaluated where the package that does so is installed; what is not is warned of. Of conversions there is `None`: objects of another version
 * have another apiVersion and are read by the schema of that version.
 */
export class CustomResourceDefinitions {
  readonly #collections: Collections;
  readonly #scheduler: SchedulerLike;
  /** By the names of definitions. */
  readonly #served = new Map<string, Served>();
  /** By the names of resources: `example.io/v1/widgets`. */
  readonly #resources = new Map<string, DefinedResource>();
  readonly #due = new Set<string>();

  constructor(collections: Collections, scheduler: SchedulerLike = asyncScheduler) {
    this.#collections = collections;
    this.#scheduler = scheduler;
  }

  /** What is special about definitions themselves. */
  readonly hooks: CollectionHooks = {
    read: (content) => ({ ...content, spec: decodedDefinition(content['spec']) }),
    created: (content) => ({
      ...content,
      status: {
        conditions: null,
        acceptedNames: { plural: '', kind: '' },
        storedVersions: [storageVersion(definitionOf(content))?.name].filter((name) => name !== undefined),
      },
    }),
    changed: (content, current) => this.#changed(content, current),
    faults: (content, write) => this.#faults(content, write),
    warnings: (content) =>
      definitionOf(content).versions.flatMap(({ schema }) => ruleWarnings(schema?.openAPIV3Schema ?? {})),
    deletionFinalizers: [cleanup],
    terminating: (content) => this.#withConditions(content, [deletionPending]),
  };

  /** Serves definitions from now on. */
  start(): Subscription {
    return this.#collections.changes$.subscribe({
      next: ({ collection, change: { previous, current } }) => {
        if (collection !== this.#definitions) {
          const { group, plural } = collection.resource;
          if (current === undefined) this.#look(`${plural}.${group}`);
        } else if (current !== undefined) this.#serve(current.object);
        else if (previous !== undefined) this.#end(previous.object.metadata.name);
      },
      error: (error: unknown) => {
        throw error;
      },
    });
  }

  /** Serves what is there after everything was replaced without changes, and nothing else. */
  resume(): void {
    const there = this.#definitions.cache.ordered();
    const names = new Set(there.map(({ object }) => object.metadata.name));
    for (const name of this.#served.keys()) if (!names.has(name)) this.#end(name);
    for (const { object } of there) this.#serve(object);
  }

  /** What a definition says of a resource, `example.io/v1/widgets`. */
  find(resource: string): DefinedResource | undefined {
    return this.#resources.get(resource);
  }

  get #definitions(): Collection {
    return this.#collections.of(definitions);
  }

  #faults(content: JsonObject, { name, current, ofStatus }: CheckedWrite): readonly FieldFault[] {
    if (ofStatus) return [];
    // Refused before it is stored: what is stored has to be served.
    ajvPackage();
    const definition = definitionOf(content);
    const isEstablished = this.#served.get(name)?.isEstablished ?? false;
    return [
      ...definitionFaults(definition, name, givenMetadata(content)['annotations']),
      ...storedVersionFaults(definition, storedVersions(content)),
      ...(current === undefined ? [] : definitionChangeFaults(definition, definitionOf(current), isEstablished)),
    ];
  }

  /** The version in which objects are stored from now on joins those in which some may be. */
  #changed(content: JsonObject, current: KubernetesObject): JsonObject {
    const stored = storageVersion(definitionOf(content))?.name;
    const status = statusOf(content['status'] === undefined ? current : content);
    const known = storedVersions({ status });
    const isNew = stored !== undefined && !known.includes(stored);
    return { ...content, status: isNew ? { ...status, storedVersions: [...known, stored] } : status };
  }

  #serve(object: KubernetesObject): void {
    const { name } = object.metadata;
    const definition = definitionOf(object);
    const before = this.#served.get(name);
    const acceptance = this.#accept(object, before);
    const served: Omit<Served, 'resources'> = {
      definition,
      acceptance,
      isEstablished: (before?.isEstablished ?? isTrue(object, 'Established')) || acceptance.conflict === undefined,
      isTerminating: isTerminating(object),
    };
    const { resources: _resources, ...known } = before ?? { resources: [] };
    if (before !== undefined && isDeepStrictEqual(known, served)) {
      this.#look(name);
      return;
    }
    const resources = definedResources(definition, acceptance.names, served.isTerminating);
    this.#forget(before?.resources ?? []);
    this.#served.set(name, { ...served, resources });
    // A definition that goes is the same as before, but for what may be done.
    const isSame = before !== undefined && isDeepStrictEqual({ ...known, isTerminating: served.isTerminating }, served);
    if (served.isEstablished) this.#offer(resources, isSame);
    this.#look(name);
    if (before === undefined || !isDeepStrictEqual(before.acceptance.names, acceptance.names)) this.#reconsider(name);
  }

  #accept({ metadata: { name }, ...object }: KubernetesObject, before: Served | undefined): Acceptance {
    const definition = definitionOf(object);
    const others = [...this.#served].filter(
      ([other, served]) => other !== name && served.definition.group === definition.group,
    );
    const taken = takenNames(others.map(([, { acceptance }]) => acceptance.names));
    return acceptNames(definition.names, before?.acceptance.names ?? noNames, taken);
  }

  /** Names may have become free for the others of a group. */
  #reconsider(changed: string): void {
    for (const [name, { acceptance }] of this.#served) {
      const object = this.#definitions.cache.get(name)?.object;
      if (name !== changed && acceptance.conflict !== undefined && object !== undefined) this.#serve(object);
    }
  }

  #offer(resources: readonly DefinedResource[], isSame: boolean): void {
    for (const defined of resources) {
      this.#resources.set(resourceWords(defined.resource), defined);
      if (defined.served) this.#collections.catalog.add(defined.resource);
    }
    const stored = resources[0]?.storedAs;
    if (stored === undefined) return;
    if (isSame) this.#collections.redefine(stored);
    else this.#collections.reread(stored);
  }

  #forget(resources: readonly DefinedResource[]): void {
    for (const { resource } of resources) {
      this.#resources.delete(resourceWords(resource));
      this.#collections.catalog.remove(resource);
    }
  }

  #end(name: string): void {
    const served = this.#served.get(name);
    if (served === undefined) return;
    this.#forget(served.resources);
    this.#served.delete(name);
    const stored = served.resources[0]?.storedAs;
    if (stored !== undefined) this.#collections.drop(stored);
    this.#reconsider(name);
  }

  #look(name: string): void {
    if (!this.#served.has(name) || this.#due.has(name)) return;
    this.#due.add(name);
    this.#scheduler.schedule(() => {
      this.#due.delete(name);
      const object = this.#definitions.cache.get(name)?.object;
      const served = this.#served.get(name);
      if (object === undefined || served === undefined) return;
      attempt(() => (isTerminating(object) ? this.#empty(object, served) : this.#tell(name, served)));
    });
  }

  /** Says in the status what was accepted. */
  #tell(name: string, served: Served): void {
    this.#definitions.update(
      undefined,
      name,
      (current) => {
        const told = this.#withConditions({ ...current }, conditionsOf(served));
        return { ...told, status: { ...statusOf(told), acceptedNames: served.acceptance.names } };
      },
      { ofStatus: true },
    );
  }

  /** Deletes the objects of a definition that is to go, and lets it go when none is left. */
  #empty({ metadata: { name } }: KubernetesObject, { resources }: Served): void {
    const stored = resources[0]?.storedAs;
    const collection = stored && this.#collections.stored(stored);
    for (const { object } of collection?.cache.ordered() ?? []) {
      if (!isTerminating(object)) collection?.delete(object.metadata.namespace, object.metadata.name);
    }
    const isEmpty = (collection?.cache.size ?? 0) === 0;
    this.#definitions.update(
      undefined,
      name,
      (current) => {
        const finalizers = (current.metadata.finalizers ?? []).filter((each) => !isEmpty || each !== cleanup);
        const told = this.#withConditions({ ...current }, [deletionInProgress]);
        return { ...told, metadata: { ...current.metadata, finalizers } };
      },
      { ofStatus: true },
    );
  }

  #withConditions(object: JsonObject, conditions: readonly Condition[]): JsonObject {
    const time = this.#definitions.timestamp();
    const status = conditions.reduce<JsonObject>(
      (each, condition) => ({ ...each, conditions: withCondition(each, condition, time) }),
      statusOf(object),
    );
    return { ...object, status };
  }
}
