import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { type FieldFault, invalid, refusal } from '../../../serving/failure-status.ts';
import { type ApiResource, type ApiSubresource, partVerbs } from '../discovery/api-resource.ts';
import { storageVersionHash } from '../discovery/storage-version-hash.ts';
import type { Collection, CollectionHooks } from '../objects/collection.ts';
import type { Collections } from '../objects/collections.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import type { ScalePaths } from '../requests/scale.ts';

const words = 'apiextensions.k8s.io/v1/customresourcedefinitions';
const definitions = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions' };

/** Holds a definition until its objects are gone. Source: apiextensions-apiserver `apis/apiextensions/v1/types.go`. */
const cleanup = 'customresourcecleanup.apiextensions.k8s.io';

/** In the order of apiextensions-apiserver `customresource_discovery_controller.go`. */
const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

interface Names {
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly subresources?: {
    readonly status?: object;
    readonly scale?: {
      readonly specReplicasPath: string;
      readonly statusReplicasPath: string;
      readonly labelSelectorPath?: string;
    };
  };
  readonly selectableFields?: readonly { readonly jsonPath: string }[];
}

interface Definition {
  readonly group: string;
  readonly names: Names;
  readonly scope: string;
  readonly versions: readonly Version[];
}

/** What a definition says of its resource beside its names. */
export interface DefinedTraits {
  readonly scale?: ScalePaths | undefined;
  readonly selectableFields: readonly string[];
}

function steps(path: string): string[] {
  return path.split('.').filter((step) => step !== '');
}

function definitionOf(object: object): Definition {
  return (object as { readonly spec: Definition }).spec;
}

function storedVersion({ versions }: Definition): Version | undefined {
  return versions.find(({ storage }) => storage);
}

function fault(field: string, message: string): FieldFault {
  return { reason: 'FieldValueInvalid', field, message };
}

/** What is wrong with a definition, of what has to be right for its resource to be served. */
function faultsOf(spec: unknown, name: string): FieldFault[] {
  if (!isJsonObject(spec)) return [fault('spec', 'Required value')];
  const { group, names, versions, scope } = spec;
  const { plural, kind } = isJsonObject(names) ? names : {};
  if (typeof group !== 'string' || group === '') return [fault('spec.group', 'Required value')];
  if (typeof plural !== 'string' || plural === '') return [fault('spec.names.plural', 'Required value')];
  if (typeof kind !== 'string' || kind === '') return [fault('spec.names.kind', 'Required value')];
  if (scope !== 'Namespaced' && scope !== 'Cluster') {
    const message = `Unsupported value: ${JSON.stringify(scope ?? '')}: supported values: "Cluster", "Namespaced"`;
    return [{ reason: 'FieldValueNotSupported', field: 'spec.scope', message }];
  }
  const stored = Array.isArray(versions)
    ? versions.filter((each) => isJsonObject(each) && each['storage'] === true)
    : [];
  if (stored.length !== 1) {
    const message = 'Invalid value: must have exactly one version marked as storage version';
    return [fault('spec.versions', message)];
  }
  if (name === `${plural}.${group}`) return [];
  const message = `Invalid value: ${JSON.stringify(name)}: must be spec.names.plural+"."+spec.group`;
  return [fault('metadata.name', message)];
}

/**
 * Serves what CustomResourceDefinitions define, for as long as they are there: the version that is stored, with the parts
 * status and scale, short names, categories and selectable fields. A definition is Established a turn of the scheduler later;
 * one that is deleted goes with its objects, which ends their watches.
 *
 * Schemas are not looked at: content is taken as it comes. Versions other than the stored one are not served.
 */
export class CustomResourceDefinitions {
  readonly #collections: Collections;
  readonly #scheduler: SchedulerLike;
  readonly #traits = new Map<string, DefinedTraits>();
  readonly #due = new Set<string>();

  constructor(collections: Collections, scheduler: SchedulerLike = asyncScheduler) {
    this.#collections = collections;
    this.#scheduler = scheduler;
  }

  /** What is special about definitions themselves. */
  readonly hooks: CollectionHooks = { created: (content, name) => this.#created(content, name) };

  /** Serves definitions from now on. */
  start(): Subscription {
    return this.#collections.changes$.subscribe({
      next: ({ collection, change: { previous, current } }) => {
        if (collection !== this.#definitions) {
          const { group, plural } = collection.resource;
          if (current === undefined) this.#look(`${plural}.${group}`);
          return;
        }
        if (current !== undefined) this.#serve(current.object);
        else if (previous !== undefined) this.#end(previous.object);
      },
      error: (error: unknown) => {
        throw error;
      },
    });
  }

  /** What a definition says of a resource, `example.io/v1/widgets`. */
  traitsOf(resource: string): DefinedTraits | undefined {
    return this.#traits.get(resource);
  }

  get #definitions(): Collection {
    return this.#collections.of(definitions);
  }

  #created(content: JsonObject, name: string): JsonObject {
    const faults = faultsOf(content['spec'], name);
    if (faults.length > 0) throw refusal(words, invalid('CustomResourceDefinition.apiextensions.k8s.io', name, faults));
    const spec = definitionOf(content);
    const { kind } = spec.names;
    const given: Partial<Names> = spec.names;
    const names = { singular: kind.toLowerCase(), listKind: `${kind}List`, ...given };
    return {
      ...content,
      spec: { conversion: { strategy: 'None' }, ...spec, names },
      status: {
        conditions: null,
        acceptedNames: { plural: '', kind: '' },
        storedVersions: [storedVersion(spec)?.name],
      },
    };
  }

  #serve(object: KubernetesObject): void {
    const definition = definitionOf(object);
    const version = storedVersion(definition);
    if (version === undefined) return;
    const resource = apiResource(definition, version);
    const name = `${resource.group}/${resource.version}/${resource.plural}`;
    const scale = version.subresources?.scale;
    this.#traits.set(name, {
      selectableFields: (version.selectableFields ?? []).map(({ jsonPath }) => steps(jsonPath).join('.')),
      scale: scale && {
        specReplicas: steps(scale.specReplicasPath),
        statusReplicas: steps(scale.statusReplicasPath),
        ...(scale.labelSelectorPath !== undefined && { selector: steps(scale.labelSelectorPath) }),
      },
    });
    if (version.served) this.#collections.catalog.add(resource);
    this.#look(object.metadata.name);
  }

  #look(name: string): void {
    const object = this.#definitions.cache.get(name)?.object;
    if (object === undefined || this.#due.has(name)) return;
    const isTerminating = object.metadata.deletionTimestamp !== undefined;
    if (!isTerminating && isEstablished(object)) return;
    this.#due.add(name);
    this.#scheduler.schedule(() => {
      this.#due.delete(name);
      const current = this.#definitions.cache.get(name)?.object;
      if (current === undefined) return;
      if (current.metadata.deletionTimestamp !== undefined) this.#empty(current);
      else if (!isEstablished(current)) this.#establish(current);
    });
  }

  #establish({ metadata: { name } }: KubernetesObject): void {
    const lastTransitionTime = this.#definitions.timestamp();
    const condition = (type: string, reason: string, message: string): object => ({
      type,
      status: 'True',
      lastTransitionTime,
      reason,
      message,
    });
    this.#definitions.update(undefined, name, (current) => ({
      ...current,
      metadata: { ...current.metadata, finalizers: [...new Set([...(current.metadata.finalizers ?? []), cleanup])] },
      status: {
        conditions: [
          condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
          condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
        ],
        acceptedNames: definitionOf(current).names,
        storedVersions: [storedVersion(definitionOf(current))?.name],
      },
    }));
  }

  /** Deletes the objects of a definition that is to go, and lets it go when none is left. */
  #empty(object: KubernetesObject): void {
    const definition = definitionOf(object);
    const collection = this.#collections.find({
      group: definition.group,
      version: storedVersion(definition)?.name ?? '',
      plural: definition.names.plural,
    });
    for (const { object: each } of collection?.cache.ordered() ?? []) {
      const { namespace, name, deletionTimestamp } = each.metadata;
      if (deletionTimestamp === undefined) collection?.delete(namespace, name);
    }
    if ((collection?.cache.size ?? 0) > 0) return;
    this.#definitions.update(undefined, object.metadata.name, (current) => ({
      ...current,
      metadata: {
        ...current.metadata,
        finalizers: (current.metadata.finalizers ?? []).filter((each) => each !== cleanup),
      },
    }));
  }

  #end(object: KubernetesObject): void {
    const { group, names, ...definition } = definitionOf(object);
    const version = storedVersion({ group, names, ...definition })?.name ?? '';
    const name = { group, version, plural: names.plural };
    this.#traits.delete(`${group}/${version}/${names.plural}`);
    this.#collections.drop(name);
  }
}

function isEstablished(object: KubernetesObject): boolean {
  const { status } = object as {
    readonly status?: { readonly conditions?: readonly { readonly type: string }[] | null };
  };
  return (status?.conditions ?? []).some(({ type }) => type === 'Established');
}

function apiResource({ group, names, scope }: Definition, { name: version, subresources }: Version): ApiResource {
  const { plural, singular, kind, listKind, shortNames = [], categories = [] } = names;
  const status: ApiSubresource = { name: 'status', group: '', version: '', kind, verbs: partVerbs };
  const scale: ApiSubresource = { name: 'scale', group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: partVerbs };
  return {
    group,
    version,
    plural,
    singular,
    kind,
    listKind,
    namespaced: scope === 'Namespaced',
    verbs,
    shortNames,
    categories,
    storageVersionHash: storageVersionHash(group, version, kind),
    subresources: [...(subresources?.status ? [status] : []), ...(subresources?.scale ? [scale] : [])],
  };
}
