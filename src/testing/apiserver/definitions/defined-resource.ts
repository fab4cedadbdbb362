import type { FieldFault } from '../../../serving/failure-status.ts';
import { failureStatus, refusal } from '../../../serving/failure-status.ts';
import { apiVersionOf, qualifiedResource, resourceWords } from '../../../serving/served-resource.ts';
import { schemaType } from '../apply/schema-type.ts';
import type { ValueType } from '../apply/value-type.ts';
import { type ApiResource, type ApiSubresource, partVerbs } from '../discovery/api-resource.ts';
import { storageVersionHash } from '../discovery/storage-version-hash.ts';
import type { CollectionHooks } from '../objects/collection.ts';
import type { JsonObject } from '../objects/json-object.ts';
import type { ScalePaths } from '../requests/scale.ts';
import { CustomContent } from '../schema/custom-content.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { type DefinedNames, type DefinedVersion, type Definition, pathSteps, storageVersion } from './definition.ts';
import { scaleFaults } from './scale-faults.ts';

/** What a definition says of one version of its resource. */
export interface DefinedResource {
  readonly resource: ApiResource;
  readonly served: boolean;
  /** In which version its objects are stored. */
  readonly storedAs: ApiResource;
  /** How the parts of its objects belong to managers. */
  readonly type: ValueType;
  readonly scale?: ScalePaths | undefined;
  readonly selectableFields: readonly string[];
  readonly hooks: CollectionHooks;
  /** Reads a stored object by the schema of the version in which it is stored, without what this version does not know. */
  readonly read: (stored: JsonObject) => JsonObject;
}

const anySchema: StructuralSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

// In the order of apiextensions-apiserver `customresource_discovery_controller.go`.
const allVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const verbsOfTheEnd = ['delete', 'deletecollection', 'get', 'list', 'watch'];

function apiResource(
  { group, scope, ...definition }: Definition,
  { plural, singular, kind, listKind, shortNames = [], categories = [] }: DefinedNames,
  { name: version, subresources }: DefinedVersion,
  isTerminating: boolean,
): ApiResource {
  const status: ApiSubresource = { name: 'status', group: '', version: '', kind, verbs: partVerbs };
  const scale: ApiSubresource = { name: 'scale', group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: partVerbs };
  const stored = storageVersion({ group, scope, ...definition })?.name ?? version;
  return {
    group,
    version,
    plural,
    singular,
    kind,
    listKind,
    namespaced: scope === 'Namespaced',
    verbs: allVerbs,
    ...(isTerminating && { toldVerbs: verbsOfTheEnd }),
    shortNames,
    categories,
    storageVersionHash: storageVersionHash(group, stored, kind),
    subresources: [...(subresources?.status ? [status] : []), ...(subresources?.scale ? [scale] : [])],
  };
}

function scalePaths({ subresources }: DefinedVersion): ScalePaths | undefined {
  const scale = subresources?.scale;
  if (scale === undefined) return undefined;
  const { specReplicasPath = '', statusReplicasPath = '', labelSelectorPath } = scale;
  return {
    specReplicas: pathSteps(specReplicasPath),
    statusReplicas: pathSteps(statusReplicasPath),
    ...(labelSelectorPath !== undefined && { selector: pathSteps(labelSelectorPath) }),
  };
}

/** Nothing new may come while a definition goes. */
const refuseNew: NonNullable<CollectionHooks['checkNew']> = (resource, name) => {
  const why = 'create not allowed while custom resource definition is terminating';
  const { group, plural } = resource;
  const message = `${qualifiedResource(resource)} ${JSON.stringify(name)} is forbidden: ${why}`;
  throw refusal(resourceWords(resource), failureStatus(403, 'Forbidden', message, { name, group, kind: plural }));
};

/**
 * What a definition says of each of its versions, under the names that were accepted.
 *
 * @throws KubeError 501 where the package that checks schemas is not installed.
 */
export function definedResources(
  definition: Definition,
  names: DefinedNames,
  isTerminating: boolean,
): readonly DefinedResource[] {
  const resources = definition.versions.map((version) => apiResource(definition, names, version, isTerminating));
  const stored = definition.versions.findIndex(({ storage }) => storage);
  const schemas = definition.versions.map(({ schema }) => schema?.openAPIV3Schema ?? anySchema);
  const contents = schemas.map((schema) => new CustomContent(schema));
  const readAs = (served: number, object: JsonObject): JsonObject => {
    const named = resources.findIndex((resource) => apiVersionOf(resource) === object['apiVersion']);
    // What was stored in a version that is gone is read as the others are.
    const of = named < 0 ? stored : named;
    const read = contents[of]?.read(object) ?? object;
    return of === served ? read : (contents[served]?.known(read) ?? read);
  };
  return definition.versions.map((version, index): DefinedResource => {
    const resource = resources[index] as ApiResource;
    const content = contents[index] as CustomContent;
    const scale = scalePaths(version);
    const faults: NonNullable<CollectionHooks['faults']> = (object, write): readonly FieldFault[] => [
      ...content.faults(object, write),
      ...(scale === undefined ? [] : scaleFaults(object, scale, write.ofStatus)),
    ];
    return {
      resource,
      served: version.served,
      storedAs: resources[stored] ?? resource,
      type: schemaType(schemas[index] as StructuralSchema),
      scale,
      selectableFields: (version.selectableFields ?? []).map(({ jsonPath = '' }) => pathSteps(jsonPath).join('.')),
      hooks: {
        read: (object, isApplied) => content.read(object, isApplied),
        unknown: (object) => content.unknown(object),
        faults,
        ...(isTerminating && { checkNew: refuseNew }),
      },
      read: (object) => readAs(index, object),
    };
  });
}
